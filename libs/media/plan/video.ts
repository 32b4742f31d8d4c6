import { type Size } from './fit.js';
import { type VideoLimit } from './limits.js';

/** One thing that is done to a video, in this order, and why, in words for people. */
export type VideoStep = { reason: string } & (
  | { kind: 'trim'; startMs: number; endMs: number }
  | { kind: 'deinterlace' }
  | { kind: 'tonemap'; from: 'pq' | 'hlg' }
  /** The rotation becomes part of the picture. */
  | { kind: 'rotate'; degrees: 90 | 180 | 270 }
  /** Cuts this rectangle out of the picture as displayed, in its pixels. */
  | { kind: 'crop'; x: number; y: number; width: number; height: number }
  | { kind: 'scale'; width: number; height: number }
  /** Puts the picture into the middle of a larger one. */
  | { kind: 'pad'; width: number; height: number; colour: string }
  | { kind: 'frameRate'; framesPerSecond: number }
  /** @param maxBitRate bits a second on average, so that the file meets its size; a good quality takes less. */
  | { kind: 'encode'; codec: 'h264'; profile: 'high'; level: number; maxBitRate: number }
  | { kind: 'audio'; codec: 'aac'; sampleRate: number; channels: number; bitRate: number }
  | { kind: 'silence'; sampleRate: number; channels: number; bitRate: number }
  | { kind: 'container'; container: 'mp4' }
  | { kind: 'fastStart' }
  /** Location, camera, subtitles and whatever else is neither picture nor sound. */
  | { kind: 'strip' }
);

/** The streams are copied into a new file. */
export interface RemuxPlan extends Size {
  output: 'video';
  action: 'remux';
  limit: VideoLimit;
  steps: readonly VideoStep[];
}

/** Picture, sound or both are encoded anew. Width and height are those of the result. */
export interface TranscodePlan extends Size {
  output: 'video';
  action: 'transcode';
  limit: VideoLimit;
  /** How long the result is, in milliseconds. */
  durationMs: number;
  steps: readonly VideoStep[];
}

/** The file goes out untouched, byte for byte. */
export interface KeepVideoPlan {
  output: 'video';
  action: 'keep';
  limit: VideoLimit;
  reason: string;
}

export type VideoRule =
  'media.video-too-long' | 'media.video-too-short' | 'media.video-cannot-fit' | 'media.trim-outside';

/** The video cannot go out under this limit. */
export interface RefuseVideoPlan {
  output: 'video';
  action: 'refuse';
  limit: VideoLimit;
  rule: VideoRule;
  reason: string;
  remedy: string;
}

export type VideoPlan = KeepVideoPlan | RemuxPlan | TranscodePlan | RefuseVideoPlan;
