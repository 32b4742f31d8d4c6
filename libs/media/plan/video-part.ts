import { type MediaChoices } from './choices.js';
import { type VideoFacts } from './facts.js';
import { type VideoLimit } from './limits.js';
import { type VideoRule } from './video.js';
import { durationWords } from './words.js';

/** The part of a video that is used. */
export interface Part {
  /** How long it is. */
  durationMs: number;
  /** Left out = the whole. */
  trim?: { startMs: number; endMs: number; reason: string };
}

/** Why none can be used. */
export interface Refused {
  rule: VideoRule;
  reason: string;
  remedy: string;
}

export const isRefused = (part: Part | Refused): part is Refused => 'rule' in part;

/** So much beyond a limit is cut off without asking: nobody chooses between 60 and 60.2 seconds. */
const CUT_MS = 500;
/** A person's choice may lie so far behind the end, as players and files round differently. */
const ROUNDING_MS = 100;

/** Which part of a video is used, as a person chose it and as its limits of time allow. Pure. */
export function choosePart(
  { durationMs: whole }: VideoFacts,
  limit: VideoLimit,
  { trim }: MediaChoices,
): Part | Refused {
  const { minDurationMs = 0, maxDurationMs = Infinity } = limit;
  const startMs = trim?.startMs ?? 0;
  const endMs = Math.min(trim?.endMs ?? whole, whole);
  if (trim && (startMs < 0 || startMs >= endMs || trim.endMs > whole + ROUNDING_MS)) return outside(trim, whole);
  const durationMs = endMs - startMs;
  if (durationMs > maxDurationMs + CUT_MS) return tooLong(durationMs, maxDurationMs, trim !== undefined);
  if (durationMs < minDurationMs) return tooShort(durationMs, minDurationMs, whole);
  if (durationMs > maxDurationMs) {
    const reason = `It is ${durationWords(durationMs)} long; ${durationWords(maxDurationMs)} are allowed: the very end is cut off.`;
    return { durationMs: maxDurationMs, trim: { startMs, endMs: startMs + maxDurationMs, reason } };
  }
  if (startMs === 0 && endMs === whole) return { durationMs };
  const reason = `Of its ${durationWords(whole)} the part from ${clock(startMs)} to ${clock(endMs)} is used, as chosen.`;
  return { durationMs, trim: { startMs, endMs, reason } };
}

function outside({ startMs, endMs }: { startMs: number; endMs: number }, whole: number): Refused {
  return {
    rule: 'media.trim-outside',
    reason: `The chosen part, from ${clock(startMs)} to ${clock(endMs)}, is not within the video, which is ${durationWords(whole)} long.`,
    remedy: `Choose a part that ends by ${clock(whole)}, or use the whole video.`,
  };
}

function tooLong(durationMs: number, most: number, chosen: boolean): Refused {
  const allowed = durationWords(most);
  return {
    rule: 'media.video-too-long',
    reason: `${chosen ? 'The chosen part' : 'It'} is ${durationWords(durationMs)} long; ${allowed} are allowed: choose which part to use.`,
    remedy: `Choose a part of at most ${allowed}.`,
  };
}

function tooShort(durationMs: number, least: number, whole: number): Refused {
  const longer = whole >= least;
  return {
    rule: 'media.video-too-short',
    reason: `${longer ? 'The chosen part' : 'It'} is ${durationWords(durationMs)} long; at least ${durationWords(least)} are needed.`,
    remedy: longer ? `Choose a part of at least ${durationWords(least)}.` : 'Choose a longer video.',
  };
}

/** 75500 -> `1:15.5`. */
function clock(ms: number): string {
  const seconds = Number(((ms / 1000) % 60).toFixed(1));
  const text = Number.isInteger(seconds) ? String(seconds).padStart(2, '0') : seconds.toFixed(1).padStart(4, '0');
  return `${Math.floor(ms / 60_000)}:${text}`;
}
