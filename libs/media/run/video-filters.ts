import { type ImageFacts, type VideoFacts } from '../plan/facts.js';
import { fitWithin, type Size } from '../plan/fit.js';
import { type VideoStep } from '../plan/video.js';

/** From what the matrix of an untagged video is told by its height: what players do. */
const HD_HEIGHT = 720;
/** Frames a second where they come at uneven times, or where nobody asks for a rate. */
export const USUAL_RATE = 30;

/** The names that swscale has for the matrices of ffprobe; what is not here is taken for that of standard definition. */
const MATRICES: Readonly<Record<string, string>> = {
  bt709: 'bt709',
  fcc: 'fcc',
  smpte240m: 'smpte240m',
  bt2020nc: 'bt2020',
  bt2020c: 'bt2020',
  bt470bg: 'bt470',
  smpte170m: 'smpte170m',
};

/** Pixels; no network takes a cover that is larger. */
const STILL_SIDE = 3840;

/** One frame of two fields. */
const DEINTERLACE = 'yadif=mode=send_frame:parity=auto:deint=all';

/** What the filters have to know of the original. */
export type FilteredFacts = VideoFacts | ImageFacts;

/**
 * The filters that carry out the steps of a plan on the picture, in the language of ffmpeg, without those that ffmpeg
 * does by itself: it turns the picture upright before anything else. Frames always come at even times: otherwise ffmpeg
 * guesses a rate. Pure.
 */
export function pictureFilters(steps: readonly VideoStep[], facts: FilteredFacts): string[] {
  const rate = rateOf(steps, facts);
  const fewer = facts.kind === 'video' && !facts.variableFrameRate && rate < facts.frameRate;
  const even = [`fps=${rateWords(rate)}:start_time=0`];
  const deinterlaced = steps.some((step) => step.kind === 'deinterlace');
  return [
    ...(deinterlaced ? [DEINTERLACE] : []),
    ...(fewer ? even : []),
    ...(facts.kind === 'video' && !facts.squarePixels ? [`scale=${facts.width}:${facts.height}`, 'setsar=1'] : []),
    ...ordered(steps, facts).flatMap((step) => filtersOf(step, facts)),
    ...(steps.some((step) => step.kind === 'tonemap' || step.kind === 'scale') ? [] : [`scale=${colours(facts)}`]),
    ...(fewer ? [] : even),
    'setsar=1',
    'format=yuv420p',
  ];
}

/** The filters that make a still image, in the colours of screens, of a video that ffmpeg has turned upright. Pure. */
export function stillFilters(facts: VideoFacts): string[] {
  const { width, height } = fitWithin(facts, { maxWidth: STILL_SIDE, maxHeight: STILL_SIDE });
  return [
    ...(facts.interlaced ? [DEINTERLACE] : []),
    ...(width === facts.width && facts.squarePixels ? [] : [`scale=${width}:${height}`, 'setsar=1']),
    ...(facts.hdr ? toneMapping(facts.hdr) : []),
    `scale=in_color_matrix=${facts.hdr ? 'bt709' : matrixOf(facts)}:flags=bicubic+accurate_rnd+full_chroma_int`,
    'format=rgb24',
  ];
}

/** Frames a second of the result. */
export function rateOf(steps: readonly VideoStep[], facts: FilteredFacts): number {
  const step = steps.find((one) => one.kind === 'frameRate');
  if (step) return step.framesPerSecond;
  if (facts.kind === 'image') return USUAL_RATE;
  return facts.variableFrameRate ? Math.max(USUAL_RATE, facts.frameRate) : facts.frameRate;
}

/** A picture that becomes smaller does so before its colours are worked out in floating point, which takes the longest. */
function ordered(steps: readonly VideoStep[], facts: Size): readonly VideoStep[] {
  const tonemap = steps.find((step) => step.kind === 'tonemap');
  const scale = steps.find((step) => step.kind === 'scale');
  if (!tonemap || !scale || scale.width * scale.height >= facts.width * facts.height) return steps;
  const rest = steps.filter((step) => step !== tonemap);
  const after = rest.indexOf(scale) + 1;
  return [...rest.slice(0, after), tonemap, ...rest.slice(after)];
}

function filtersOf(step: VideoStep, facts: FilteredFacts): string[] {
  switch (step.kind) {
    case 'tonemap':
      return toneMapping(step.from);
    case 'crop':
      return [`crop=${step.width}:${step.height}:${step.x}:${step.y}`];
    case 'scale':
      return [
        `scale=${step.width}:${step.height}:flags=lanczos${facts.kind === 'video' && facts.hdr ? '' : `:${colours(facts)}`}`,
      ];
    case 'pad':
      return [
        `pad=${step.width}:${step.height}:trunc((ow-iw)/4)*2:trunc((oh-ih)/4)*2:color=${step.colour.replace('#', '0x')}`,
      ];
    // Done elsewhere: before or after all others, by seeking, by ffmpeg itself, or not to the picture.
    case 'deinterlace':
    case 'frameRate':
    case 'trim':
    case 'rotate':
    case 'encode':
    case 'audio':
    case 'silence':
    case 'container':
    case 'fastStart':
    case 'editList':
    case 'strip':
      return [];
  }
}

/** From whatever matrix and range it has to those of high definition. */
function colours(facts: FilteredFacts): string {
  const from = facts.kind === 'video' ? `in_color_matrix=${matrixOf(facts)}:` : '';
  return `${from}out_color_matrix=bt709:out_range=tv`;
}

function matrixOf({ colourSpace, height, width }: VideoFacts): string {
  if (colourSpace === undefined) return Math.min(width, height) >= HD_HEIGHT ? 'bt709' : 'smpte170m';
  return MATRICES[colourSpace] ?? 'smpte170m';
}

/** In linear light, so that colours keep their hue; 100 candela are the white of standard range. */
function toneMapping(from: 'pq' | 'hlg'): string[] {
  const transfer = from === 'pq' ? 'smpte2084' : 'arib-std-b67';
  return [
    `zscale=pin=bt2020:tin=${transfer}:min=bt2020nc:rin=tv:p=bt2020:m=bt2020nc:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
    'format=yuv420p',
  ];
}

/** The rates of NTSC as the fractions that they are: 29.97 = 30000/1001. */
export function rateWords(framesPerSecond: number): string {
  const whole = Math.round((framesPerSecond * 1001) / 1000);
  const isNtsc = !Number.isInteger(framesPerSecond) && Math.abs((whole * 1000) / 1001 - framesPerSecond) < 0.005;
  return isNtsc ? `${whole}000/1001` : String(Number(framesPerSecond.toFixed(3)));
}
