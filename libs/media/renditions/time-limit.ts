import { type MediaFacts } from '../plan/facts.js';

/** Starting, reading and writing take their time, however short the video. */
const BASE_MS = 60_000;
/** Ten times as long as Full HD plays: slow machines at low priority take three times. */
const TIMES_FULL_HD = 10;
const FULL_HD = 1920 * 1080;
/** Bytes a millisecond that even a slow disk copies. */
const BYTES_A_MS = 5_000;
/** Whatever takes longer keeps others waiting for too long. */
export const MAX_TIME_MS = 3 * 3_600_000;

/** How long making a version of a file may take, in milliseconds: longer for what is longer, wider or larger. Pure. */
export function timeLimitMs(facts: MediaFacts): number {
  const copying = facts.bytes / BYTES_A_MS;
  return Math.min(MAX_TIME_MS, Math.round(BASE_MS + copying + playing(facts)));
}

function playing(facts: MediaFacts): number {
  switch (facts.kind) {
    case 'video':
      return facts.durationMs * TIMES_FULL_HD * Math.max(0.25, (facts.width * facts.height) / FULL_HD);
    case 'image':
      return (facts.durationMs ?? 0) * TIMES_FULL_HD;
    case 'document':
      return 0;
  }
}
