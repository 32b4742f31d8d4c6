import { type VideoFacts } from './facts.js';
import { type VideoLimit } from './limits.js';
import { frameRateFor, type FrameRateLimit } from './video-rate.js';
import { type Sound } from './video-sound.js';
import { shapeProblems } from './shape.js';
import { bitRateWords, bytesWords, tooManyBytes } from './words.js';

/** What is wrong with the file around the streams: each can be mended by copying them into a new one. */
export interface Wrapping {
  /** The type is not accepted. */
  container: boolean;
  fastStart: boolean;
  /** An edit list that changes nothing, and is refused all the same. */
  editList: boolean;
  /** It carries something besides picture and sound. */
  extras: boolean;
}

export function wrappingOf(facts: VideoFacts, limit: VideoLimit): Wrapping {
  return {
    container: !limit.types.includes(facts.contentType),
    fastStart: limit.needsFastStart === true && !facts.fastStart,
    editList: limit.refusesEditLists === true && facts.plainEditList === true,
    extras: facts.metadata.length > 0 || facts.hasLocation,
  };
}

/** Is there a step of its own for what is wrong with the picture? Then its reason stands there. */
export function needsNewPicture(facts: VideoFacts, limit: VideoLimit): boolean {
  return (
    (facts.hdr !== undefined && limit.acceptsHdr !== true) ||
    facts.interlaced ||
    facts.rotation !== 0 ||
    !facts.squarePixels ||
    isOdd(facts) ||
    shapeProblems(facts, limit).length > 0 ||
    needsOtherRate(facts, limit)
  );
}

export const isOdd = ({ width, height }: VideoFacts): boolean => width % 2 !== 0 || height % 2 !== 0;

/** The rates that are allowed; both left out = any, uneven ones too. */
export function rateLimit({ minFrameRate, maxFrameRate }: VideoLimit, most = Infinity): FrameRateLimit {
  return { ...(minFrameRate !== undefined && { min: minFrameRate }), max: Math.min(maxFrameRate ?? Infinity, most) };
}

function needsOtherRate(facts: VideoFacts, limit: VideoLimit): boolean {
  if (limit.minFrameRate === undefined && limit.maxFrameRate === undefined) return false;
  const { frameRate, variableFrameRate } = facts;
  return variableFrameRate || frameRateFor(frameRate, false, rateLimit(limit)) !== frameRate;
}

/** Why the streams of the picture cannot stay as they are, where no step of its own says it. */
export function streamReasons(facts: VideoFacts, limit: VideoLimit): string[] {
  const { codec, pixelFormat, editList, bytes } = facts;
  const rate = pictureBitRate(facts);
  const { maxVideoBitRate = Infinity } = limit;
  const reasons = [
    !limit.videoCodecs.some((accepted) => accepted === codec) &&
      `Its picture is ${codecName(codec)}; ${limit.videoCodecs.map(codecName).join(', ')} ${limit.videoCodecs.length > 1 ? 'are' : 'is'} accepted.`,
    colourReason(pixelFormat, limit),
    editList &&
      limit.refusesEditLists === true &&
      'It holds parts that are not shown (an edit list), which is not accepted.',
    bytes > limit.maxBytes && `${tooManyBytes(bytes, limit.maxBytes)}.`,
    rate > maxVideoBitRate && `Its picture takes ${bitRateWords(rate)}; ${bitRateWords(maxVideoBitRate)} are allowed.`,
  ];
  return reasons.filter((reason) => typeof reason === 'string');
}

/** Why the picture cannot simply be copied, where the file around it changes. */
export function copyReasons(facts: VideoFacts, limit: VideoLimit, sound: Sound | undefined): string[] {
  const seconds = facts.durationMs / 1000;
  const moreSound = sound ? Math.max(0, ((sound.bitRate - (facts.audio?.bitRate ?? 0)) * seconds) / 8) : 0;
  const otherHeads = facts.container === 'mp4' ? 0 : facts.bytes * 0.01 + 50_000;
  const reasons = [
    !IN_MP4.has(facts.codec) && `Its picture is ${codecName(facts.codec)}, which belongs into another kind of file.`,
    facts.editList && 'It holds parts that are not shown (an edit list), which would be seen in a copy.',
    facts.bytes + moreSound + otherHeads > limit.maxBytes &&
      `As a copy it could have more than the ${bytesWords(limit.maxBytes)} that are allowed.`,
  ];
  return reasons.filter((reason) => typeof reason === 'string');
}

/** Pictures that every player finds in MP4. */
const IN_MP4 = new Set(['h264', 'hevc']);

/** Bits a second of the picture alone. */
export const pictureBitRate = ({ bitRate, audio }: VideoFacts): number => Math.max(0, bitRate - (audio?.bitRate ?? 0));

function colourReason(pixelFormat: string, limit: VideoLimit): string | undefined {
  if (pixelFormat === 'yuv420p' || pixelFormat === 'yuvj420p') return undefined;
  const deep = /(10|12|14|16)(le|be)$|^p01/.exec(pixelFormat);
  if (deep && limit.acceptsHdr === true && /^(yuv420p|p010)/.test(pixelFormat)) return undefined;
  return deep
    ? `Its colours have ${deep[1] ?? '10'} bits; 8 are what is shown everywhere.`
    : `Its colours are stored as ${pixelFormat}; yuv420p is what is shown everywhere.`;
}

export function codecName(codec: string): string {
  const names: Readonly<Record<string, string>> = { h264: 'H.264', hevc: 'HEVC', prores: 'ProRes', mpeg4: 'MPEG-4' };
  return names[codec] ?? codec.toUpperCase();
}
