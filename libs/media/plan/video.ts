import { type MediaChoices } from './choices.js';
import { type ImageFacts, type VideoFacts } from './facts.js';
import { type Size } from './fit.js';
import { type VideoLimit } from './limits.js';
import { encodeAnew } from './video-encode.js';
import { choosePart, isRefused } from './video-part.js';
import { copyReasons, needsNewPicture, streamReasons, type Wrapping, wrappingOf } from './video-reasons.js';
import { planSound, type Sound, soundStep } from './video-sound.js';
import { typeWords } from './words.js';

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
  | { kind: 'editList' }
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

/**
 * Decides what has to be done so that a video, or an animation that becomes one, meets a limit. Pure. Only what must
 * change changes: a file that conforms goes out untouched, one in the wrong wrapping is copied into another, and the rest
 * is encoded anew as H.264 with AAC in MP4. Planning the planned result is always `keep`.
 */
export function planVideo(facts: VideoFacts | ImageFacts, limit: VideoLimit, choices: MediaChoices = {}): VideoPlan {
  const source = facts.kind === 'image' ? animationAsVideo(facts) : facts;
  const part = choosePart(source, limit, choices);
  if (isRefused(part)) return { output: 'video', action: 'refuse', limit, ...part };
  const wrapping = wrappingOf(source, limit);
  const rewrapped = Object.values(wrapping).includes(true);
  const reasons = streamReasons(source, limit);
  const anew = part.trim !== undefined || reasons.length > 0 || needsNewPicture(source, limit);
  const sound = planSound(source.audio, limit, anew || rewrapped);
  if (!anew && !rewrapped && !sound) return { output: 'video', action: 'keep', limit, reason: KEPT };
  const uncopied = anew ? [] : copyReasons(source, limit, sound);
  if (!anew && uncopied.length === 0) return copied(source, limit, wrapping, sound);
  const why = facts.kind === 'image' ? [BECOMES_VIDEO] : [...reasons, ...uncopied];
  // What is made anew goes into MP4, where not every sound belongs.
  const plan = encodeAnew({ source, limit, choices, part, why, sound: sound ?? planSound(source.audio, limit, true) });
  if (plan.action === 'refuse') return plan;
  const outside = wrappingSteps(source, limit, wrapping);
  return { ...plan, steps: [...plan.steps, ...outside] };
}

const KEPT = 'Passed through: it meets every limit and carries nothing besides picture and sound.';
const BECOMES_VIDEO = 'An animation is not accepted as it is: it becomes a video.';

/** The streams go into a new file; the sound is made anew where it has to be. */
function copied(
  source: VideoFacts,
  limit: VideoLimit,
  wrapping: Wrapping,
  sound: Sound | undefined,
): RemuxPlan | TranscodePlan {
  const { width, height, durationMs } = source;
  const outside = wrappingSteps(source, limit, wrapping);
  if (!sound) return { output: 'video', action: 'remux', limit, width, height, steps: outside };
  return {
    output: 'video',
    action: 'transcode',
    limit,
    width,
    height,
    durationMs,
    steps: [soundStep(sound), ...outside],
  };
}

/** What happens to the file around the streams; whatever is written is MP4. */
function wrappingSteps(
  source: VideoFacts,
  limit: VideoLimit,
  { container, fastStart, editList, extras }: Wrapping,
): VideoStep[] {
  const steps: (VideoStep | false)[] = [
    source.container !== 'mp4' && {
      kind: 'container',
      container: 'mp4',
      reason: container
        ? `${typeWords(source.contentType)} is not accepted; MP4 is.`
        : 'It is written anew, and what is written is MP4.',
    },
    fastStart && {
      kind: 'fastStart',
      reason: 'Its index comes behind its data: it comes first, so that playing can begin at once.',
    },
    editList && {
      kind: 'editList',
      reason:
        'It says when its first picture begins by an edit list, which is not accepted: its pictures say it themselves.',
    },
    extras && { kind: 'strip', reason: stripReason(source) },
  ];
  return steps.filter((step) => step !== false);
}

function stripReason({ metadata, hasLocation }: VideoFacts): string {
  const others = metadata.filter((name) => name !== 'location');
  if (!hasLocation) return `It carries more than picture and sound (${others.join(', ')}), which is left out.`;
  const more = others.length > 0 ? `, and more (${others.join(', ')})` : '';
  return `It says where it was recorded${more}, which nobody should see.`;
}

/** How fast an animation runs that does not say it: a tenth of a second for each frame. */
const FRAME_MS = 100;

function animationAsVideo(facts: ImageFacts): VideoFacts {
  const { width, height, bytes, pages, hasLocation, metadata, contentType } = facts;
  const durationMs = Math.max(1, facts.durationMs ?? pages * FRAME_MS);
  return {
    ...{ kind: 'video', container: 'matroska', contentType, width, height, bytes, durationMs, codec: facts.format },
    ...{ pixelFormat: 'rgba', frameRate: (pages * 1000) / durationMs, variableFrameRate: true, interlaced: false },
    ...{ rotation: 0, squarePixels: true, bitRate: (bytes * 8000) / durationMs, fastStart: true, editList: false },
    ...{ hasLocation, metadata },
  };
}
