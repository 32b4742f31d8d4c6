import { UnacceptableMediaError, type UnacceptableMediaRule } from '../problem.js';

/** What an uploaded file may be at all, whatever a network takes: more is not worked on. */
export const PROBE_LIMITS = {
  /** Bytes of an image, of a document (three times the largest that any network takes), and of a video. */
  imageBytes: 50_000_000,
  documentBytes: 300_000_000,
  bytes: 5_000_000_000,
  /** Frames of an animation. */
  frames: 10_000,
  /** Tracks of a video. */
  tracks: 32,
  /** Bytes of a video's index. */
  indexBytes: 256 * 1024 * 1024,
  /** Pixels of a video: a side, and a frame. */
  videoSide: 8192,
  videoPixels: 8192 * 4352,
  /** Milliseconds: 12 hours. */
  durationMs: 12 * 3_600_000,
  /** Frames a second. */
  frameRate: 240,
} as const;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;

export const refuse = (
  rule: UnacceptableMediaRule,
  message: string,
  remedy: string,
  cause?: unknown,
): UnacceptableMediaError => new UnacceptableMediaError(rule, message, remedy, { cause });

export const tooManyBytes = (what: string, bytes: number, allowed: number): UnacceptableMediaError =>
  refuse(
    'media.too-many-bytes',
    `The ${what} has ${megabytes(bytes)}; ${megabytes(allowed)} are allowed.`,
    'Export a smaller version and upload that.',
  );

export const damagedVideo = (cause?: unknown): UnacceptableMediaError =>
  refuse(
    'media.damaged',
    'The video is damaged or incomplete: not all of it is there.',
    'Open the original, export it again, and upload that.',
    cause,
  );

export const tooManyTracks = (): UnacceptableMediaError =>
  refuse(
    'media.too-many-tracks',
    `The video has more than ${PROBE_LIMITS.tracks} tracks.`,
    'Export it with its picture and its sound alone, and upload that.',
  );

export const tooComplex = (cause?: unknown): UnacceptableMediaError =>
  refuse(
    'media.too-complex',
    'The video could not be read with the time and memory that there are for one file.',
    'Export it again as MP4 (H.264), and upload that.',
    cause,
  );
