import { type VideoContainer, type VideoFacts } from '../plan/facts.js';
import { type RemuxPlan, type TranscodePlan, type VideoStep } from '../plan/video.js';
import { type FilteredFacts, pictureFilters } from './video-filters.js';

/** What ffmpeg reads. */
export type VideoInput =
  | { kind: 'video'; path: string; facts: VideoFacts }
  /** Numbered pictures, such as `000001.ppm`, at even times. */
  | { kind: 'frames'; pattern: string; framesPerSecond: number; facts: FilteredFacts };

/** How ffmpeg writes. */
export interface VideoOutput {
  path: string;
  /** Bits a second of the picture; left out = as the plan says. */
  maxBitRate?: number;
  /** The first pass only measures, for the second; left out = one alone. */
  pass?: { number: 1 | 2; log: string };
  /** Milliseconds at which the result ends at the latest. */
  endMs?: number;
  threads: number;
}

/** 18 cannot be told from the original, 23 is the default of x264. */
const CRF = 20;
const PRESET = 'fast';
/** Seconds between two frames at which one can begin to watch. */
const KEY_FRAME_SECONDS = 2;

/** The name of the reader of each container. No other is tried, so that a file cannot be taken for what names others. */
const DEMUXERS: Readonly<Record<VideoContainer, string>> = {
  mp4: 'mov',
  mov: 'mov',
  webm: 'matroska',
  matroska: 'matroska',
};

/**
 * The name of a container's reader and what it may do: the names of other files, which MP4 and MOV can carry, are never
 * followed, whatever a later build may make its default.
 */
export function readerArguments(container: VideoContainer): string[] {
  const demuxer = DEMUXERS[container];
  return ['-f', demuxer, ...(demuxer === 'mov' ? ['-enable_drefs', '0', '-use_absolute_path', '0'] : [])];
}

/** The first picture that moves: a cover inside the file is a stream, too. */
export const PICTURE_MAP = ['-map', '0:V:0'] as const;

/** What every run begins with: no questions, no words but errors, files and nothing else as input. */
export const QUIET = ['-nostdin', '-hide_banner', '-loglevel', 'error', '-y'] as const;

/** The steps of this kind in a plan; each is there once at most. */
export function stepOf<K extends VideoStep['kind']>(
  steps: readonly VideoStep[],
  kind: K,
): Extract<VideoStep, { kind: K }> | undefined {
  return steps.find((step): step is Extract<VideoStep, { kind: K }> => step.kind === kind);
}

/** The words with which ffmpeg carries out a plan. Pure. */
export function ffmpegArguments(plan: RemuxPlan | TranscodePlan, input: VideoInput, output: VideoOutput): string[] {
  const measuring = output.pass?.number === 1;
  return [
    ...QUIET,
    ...['-progress', 'pipe:1', '-filter_threads', String(output.threads)],
    ...inputArguments(plan, input, output),
    ...PICTURE_MAP,
    ...(measuring ? ['-an'] : soundMap(plan, input)),
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn'],
    ...pictureArguments(plan, input, output),
    ...(measuring ? [] : soundArguments(plan)),
    ...(output.endMs === undefined ? [] : ['-t', seconds(output.endMs)]),
    ...(measuring ? ['-f', 'null', '-'] : fileArguments(output)),
  ];
}

/** How a file is opened: by one reader, and from the disk alone. */
export function openArguments(input: VideoInput): string[] {
  const file = ['-protocol_whitelist', 'file'];
  switch (input.kind) {
    case 'video':
      return [...file, ...readerArguments(input.facts.container), '-i', local(input.path)];
    case 'frames':
      return [...file, '-framerate', String(input.framesPerSecond), '-f', 'image2', '-i', local(input.pattern)];
  }
}

/** A path that cannot be read as the address of something else. */
const local = (path: string): string => `file:${path}`;

function inputArguments(plan: RemuxPlan | TranscodePlan, input: VideoInput, output: VideoOutput): string[] {
  const trim = stepOf(plan.steps, 'trim');
  const silence = stepOf(plan.steps, 'silence');
  return [
    ...['-threads', String(output.threads)],
    ...(trim ? ['-ss', seconds(trim.startMs), '-t', seconds(trim.endMs - trim.startMs)] : []),
    ...openArguments(input),
    ...(silence && plan.action === 'transcode' && output.pass?.number !== 1
      ? [
          ...['-f', 'lavfi', '-t', seconds(plan.durationMs)],
          ...['-i', `anullsrc=r=${silence.sampleRate}:cl=${silence.channels === 1 ? 'mono' : 'stereo'}`],
        ]
      : []),
  ];
}

function soundMap({ steps }: RemuxPlan | TranscodePlan, input: VideoInput): string[] {
  if (stepOf(steps, 'silence')) return ['-map', '1:a:0'];
  return input.kind === 'video' && input.facts.audio ? ['-map', '0:a:0'] : ['-an'];
}

function pictureArguments({ steps }: RemuxPlan | TranscodePlan, input: VideoInput, output: VideoOutput): string[] {
  const encode = stepOf(steps, 'encode');
  if (!encode) return ['-c:v', 'copy', ...copiedTag(input)];
  const rate = output.maxBitRate ?? encode.maxBitRate;
  return [
    ...['-vf', pictureFilters(steps, input.facts).join(',')],
    ...['-c:v', 'libx264', '-preset', PRESET, '-threads', String(output.threads)],
    ...['-profile:v', encode.profile, '-level:v', (encode.level / 10).toFixed(1)],
    ...(output.pass ? twoPasses(rate, output.pass) : ['-crf', String(CRF)]),
    ...['-maxrate', String(Math.round(rate)), '-bufsize', String(Math.round(rate * bufferSeconds(output.endMs)))],
    ...['-force_key_frames', `expr:gte(t,n_forced*${KEY_FRAME_SECONDS})`],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
  ];
}

/** HEVC under its other name in MP4, `hev1`, is what players of Apple do not open. */
function copiedTag({ facts }: VideoInput): string[] {
  return facts.kind === 'video' && facts.codec === 'hevc' ? ['-tag:v', 'hvc1'] : [];
}

function twoPasses(rate: number, { number, log }: { number: 1 | 2; log: string }): string[] {
  return ['-b:v', String(Math.round(rate)), '-pass', String(number), '-passlogfile', log];
}

/** What the buffer holds may be spent beyond the rate, so in a short video it has to be small. */
function bufferSeconds(endMs: number | undefined): number {
  return endMs === undefined ? 2 : Math.min(2, Math.max(0.1, endMs / 25_000));
}

function soundArguments({ steps }: RemuxPlan | TranscodePlan): string[] {
  const sound = stepOf(steps, 'audio') ?? stepOf(steps, 'silence');
  // What comes before the first picture that is shown, as where an edit list or a trim begins, would delay all the rest.
  if (!sound) return ['-c:a', 'copy', '-copypriorss:a', '0'];
  const { sampleRate, channels, bitRate } = sound;
  return ['-c:a', 'aac', '-b:a', String(bitRate), '-ar', String(sampleRate), '-ac', String(channels)];
}

/**
 * The index first, and no edit list: where frames are stored in another order than they are shown, their times say so
 * themselves, with offsets that may be negative.
 */
function fileArguments({ path }: VideoOutput): string[] {
  return [
    ...['-movflags', '+faststart+negative_cts_offsets', '-use_editlist', '0', '-avoid_negative_ts', 'disabled'],
    ...['-max_muxing_queue_size', '4096', '-f', 'mp4', local(path)],
  ];
}

/** Milliseconds as ffmpeg writes times. */
export const seconds = (ms: number): string => (ms / 1000).toFixed(3);
