import { type MediaChoices } from './choices.js';
import { type VideoFacts } from './facts.js';
import { type Size } from './fit.js';
import { type VideoLimit } from './limits.js';
import { aspectReason, fitShape, type Fitting, shapeProblems, type ShapeLimit, sizeReason } from './shape.js';
import { type Part } from './video-part.js';
import {
  bitRateToFit,
  ENCODED,
  frameRateFor,
  goodBitRate,
  leastBitRate,
  levelFor,
  longestToFit,
  mostFrames,
  smallerShortSides,
} from './video-rate.js';
import { isOdd, rateLimit } from './video-reasons.js';
import { encodedSound, type Sound, soundStep } from './video-sound.js';
import { type RefuseVideoPlan, type TranscodePlan, type VideoStep } from './video.js';
import { bitRateWords, bytesWords, durationWords, frameRateWords } from './words.js';

/** What is known when the picture has to be encoded anew. */
export interface Encoding {
  source: VideoFacts;
  limit: VideoLimit;
  choices: MediaChoices;
  part: Part;
  /** Why, where no step of its own says it. */
  why: readonly string[];
  sound: Sound | undefined;
}

/** How the picture comes out: in what frame, how many of them, in how many bits. */
interface Picture {
  fitting: Fitting;
  framesPerSecond: number;
  bitRate: number;
  sound: Sound | undefined;
  /** Why it is smaller than it could be. */
  smaller?: string;
}

/** What a container adds to a file that is encoded anew: the delay of the first frame, the last block of sound. */
const ENDS_MS = 150;
/** Bits a second of a sound that does not say how many it takes. */
const UNKNOWN_SOUND = 192_000;
/** Smaller pictures encoders do not take. */
const LEAST_SIDE = 16;

/** The plan of a picture that is encoded anew, or why none meets the limit. Pure. */
export function encodeAnew(encoding: Encoding): TranscodePlan | RefuseVideoPlan {
  const { source, limit, part } = encoding;
  const durationMs = Math.max(1, Math.min(part.durationMs, (limit.maxDurationMs ?? Infinity) - ENDS_MS));
  const fitting = fitShape(source, encodable(limit), encoding.choices, 2);
  if (!fitting) return noFrame(source, limit);
  const picture = choosePicture(encoding, fitting, durationMs);
  if ('rule' in picture) return picture;
  const { width, height } = picture.fitting.frame;
  return { output: 'video', action: 'transcode', limit, width, height, durationMs, steps: stepsOf(encoding, picture) };
}

/** The limit, and what can be written at all. */
function encodable(limit: VideoLimit, shortSide = Infinity): ShapeLimit {
  return {
    ...limit,
    minWidth: Math.max(limit.minWidth ?? 1, LEAST_SIDE),
    minHeight: Math.max(limit.minHeight ?? 1, LEAST_SIDE),
    maxLongSide: Math.min(limit.maxLongSide ?? Infinity, ENCODED.longSide),
    maxShortSide: Math.min(limit.maxShortSide ?? Infinity, shortSide),
    maxPixels: Math.min(limit.maxPixels ?? Infinity, ENCODED.pixels),
  };
}

function noFrame(source: Size, limit: VideoLimit): RefuseVideoPlan {
  return {
    output: 'video',
    action: 'refuse',
    limit,
    rule: 'media.video-cannot-fit',
    reason: `${sizeReason(source, encodable(limit))} No size of any shape meets that.`,
    remedy: 'Use another video, or leave this one out here.',
  };
}

/** In full size where the bits are enough for it, else smaller, in steps. */
function choosePicture(encoding: Encoding, full: Fitting, durationMs: number): Picture | RefuseVideoPlan {
  const { source, limit, choices, sound } = encoding;
  const sounds = [sound, ...lowSound(encoding)];
  const first = pictureOf(encoding, full, durationMs, sound);
  if (first.bitRate >= leastBitRate(full.frame, first.framesPerSecond)) return first;
  const sizes = smallerShortSides(full.frame).flatMap(
    (side) => fitShape(source, encodable(limit, side), choices, 2) ?? [],
  );
  for (const fitting of [full, ...sizes]) {
    for (const each of sounds) {
      const picture = pictureOf(encoding, fitting, durationMs, each);
      if (picture.bitRate < leastBitRate(fitting.frame, picture.framesPerSecond)) continue;
      return fitting === full
        ? picture
        : { ...picture, smaller: smallerReason(limit, durationMs, first.bitRate, fitting.frame) };
    }
  }
  const last = pictureOf(encoding, sizes.at(-1) ?? full, durationMs, sounds.at(-1));
  return cannotFit(encoding, last, durationMs);
}

/** The same sound in fewer bits, where it takes more. */
function lowSound({ source, limit, sound }: Encoding): Sound[] {
  if (!source.audio || sound?.kind === 'silence') return [];
  const low = encodedSound(source.audio, limit, 'So that more of the bits are left for the picture.', true);
  return low.bitRate < soundBitRate(source, sound) ? [low] : [];
}

const soundBitRate = ({ audio }: VideoFacts, sound: Sound | undefined): number =>
  sound?.bitRate ?? (audio ? (audio.bitRate ?? UNKNOWN_SOUND) : 0);

function pictureOf(
  { source, limit }: Encoding,
  fitting: Fitting,
  durationMs: number,
  sound: Sound | undefined,
): Picture {
  const rates = rateLimit(limit, mostFrames(fitting.frame));
  const framesPerSecond = frameRateFor(source.frameRate, source.variableFrameRate, rates);
  const bitRate = Math.min(
    goodBitRate(fitting.frame, framesPerSecond),
    bitRateToFit(limit, durationMs, soundBitRate(source, sound)),
  );
  return { fitting, framesPerSecond, bitRate, sound };
}

function smallerReason({ maxBytes }: VideoLimit, durationMs: number, bitRate: number, { width, height }: Size): string {
  const words = `${durationWords(durationMs)} in ${bytesWords(maxBytes)} leave ${bitRateWords(Math.max(0, bitRate))} for the picture`;
  return `${words}: it looks better at ${width} x ${height}.`;
}

function cannotFit({ source, limit }: Encoding, last: Picture, durationMs: number): RefuseVideoPlan {
  const { fitting, framesPerSecond, sound } = last;
  const longest = longestToFit(limit, leastBitRate(fitting.frame, framesPerSecond), soundBitRate(source, sound));
  const left =
    last.bitRate > 0 ? `leave ${bitRateWords(last.bitRate)} for the picture` : 'leave nothing for the picture';
  return {
    output: 'video',
    action: 'refuse',
    limit,
    rule: 'media.video-cannot-fit',
    reason: `${durationWords(durationMs)} in ${bytesWords(limit.maxBytes)} ${left}, too little to see what is shown.`,
    remedy:
      longest >= Math.max(1000, limit.minDurationMs ?? 0)
        ? `Choose a part of at most ${durationWords(Math.floor(longest / 1000) * 1000)}.`
        : 'Use another video, or leave this one out here.',
  };
}

function stepsOf(encoding: Encoding, picture: Picture): VideoStep[] {
  const { source, limit, part } = encoding;
  const { sound, framesPerSecond, bitRate } = picture;
  const otherRate = source.variableFrameRate || framesPerSecond !== source.frameRate;
  const steps: (VideoStep | false | undefined)[] = [
    part.trim && { kind: 'trim', ...part.trim },
    source.interlaced && {
      kind: 'deinterlace',
      reason: 'Its frames are made of alternating lines, which would be seen as combs.',
    },
    source.hdr !== undefined && { kind: 'tonemap', from: source.hdr, reason: hdrReason(limit) },
    source.rotation !== 0 && {
      kind: 'rotate',
      degrees: source.rotation,
      reason: `It is stored turned by ${source.rotation} degrees, and not every network turns it back.`,
    },
    ...frameSteps(encoding, picture),
    otherRate && { kind: 'frameRate', framesPerSecond, reason: frameRateReason(encoding, framesPerSecond) },
    {
      kind: 'encode',
      codec: 'h264',
      profile: 'high',
      level: levelFor(picture.fitting.frame, framesPerSecond, bitRate),
      maxBitRate: bitRate,
      reason:
        encoding.why.length > 0 ? encoding.why.join(' ') : 'What changes is in every frame, so that all are made anew.',
    },
    sound && soundStep(sound),
  ];
  return steps.filter((step) => step !== false && step !== undefined);
}

const hdrReason = (limit: VideoLimit): string =>
  limit.acceptsHdr === true
    ? 'Its high dynamic range (HDR) becomes standard range, as it has to be made anew.'
    : 'Its high dynamic range (HDR) would look pale or wrong: it becomes standard range.';

/** Cutting, scaling and adding bars. */
function frameSteps({ source, limit, choices }: Encoding, { fitting, smaller }: Picture): VideoStep[] {
  const { crop, content, frame } = fitting;
  const shown = crop ?? source;
  const scaled = content.width !== shown.width || content.height !== shown.height || !source.squarePixels;
  const barred = content.width !== frame.width || content.height !== frame.height;
  const allowed = encodable(limit);
  const steps: (VideoStep | false | undefined)[] = [
    crop && { kind: 'crop', ...crop, reason: aspectReason(source, allowed, 'crop') },
    scaled && { kind: 'scale', ...content, reason: smaller ?? scaleReason(source, shown, content, allowed) },
    barred && { kind: 'pad', ...frame, colour: '#000000', reason: aspectReason(source, allowed, choices.fit ?? 'pad') },
  ];
  return steps.filter((step) => step !== false && step !== undefined);
}

function scaleReason(source: VideoFacts, shown: Size, content: Size, limit: ShapeLimit): string {
  const problems = shapeProblems(shown, { ...limit, aspect: { min: 0, max: Infinity } });
  if (problems.length > 0) return sizeReason(shown, limit);
  if (!source.squarePixels)
    return `Its pixels are not square: it is stored as it is shown, with ${source.width} x ${source.height}.`;
  if (isOdd(source)) {
    return `Sides have to be even: ${shown.width} x ${shown.height} becomes ${content.width} x ${content.height}.`;
  }
  return `Its ${shown.width} x ${shown.height} pixels become ${content.width} x ${content.height}, which fit into the frame.`;
}

function frameRateReason({ source, limit }: Encoding, framesPerSecond: number): string {
  const rate = frameRateWords(source.frameRate);
  const { minFrameRate = 0, maxFrameRate = Infinity } = limit;
  if (source.variableFrameRate) {
    return `Its frames come at uneven times: ${frameRateWords(framesPerSecond)} a second are shown evenly.`;
  }
  if (source.frameRate > maxFrameRate) return `${rate} frames a second; ${frameRateWords(maxFrameRate)} are allowed.`;
  if (source.frameRate < minFrameRate) return `${rate} frames a second; ${frameRateWords(minFrameRate)} are needed.`;
  return `${rate} frames a second of this size are more than players show.`;
}
