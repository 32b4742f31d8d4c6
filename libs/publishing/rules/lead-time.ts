import { type PublicationContent } from './content.js';

/** The runner starts this long before the due instant, in milliseconds, so that the commit itself happens on time. */
export const PREPARE_AHEAD_MS = 3_000;
/** So much earlier for each image, and for each video, which a platform takes its time to process. */
const IMAGE_AHEAD_MS = 2_000;
const VIDEO_AHEAD_MS = 120_000;
/** A video is sent at eight megabits a second where the line is slow, and it takes a platform as long again to process it. */
const VIDEO_BYTES_PER_MS = 1_000 / 2;
/**
 * Nothing is prepared earlier: people still change their minds, and addresses that networks give out for an upload last an
 * hour. Most videos are small, and are begun far later.
 */
const LONGEST_AHEAD_MS = 45 * 60_000;
/** What is ready longer before its time does not stay in a runner's hand. */
export const STAYS_IN_HAND_MS = 30_000;

/** How long before its due instant a publication is begun, in milliseconds. Only its first message has to be on time. */
export function leadMs({ segments: [first] }: Pick<PublicationContent, 'segments'>): number {
  const ahead = (first?.media ?? []).reduce(
    (sum, { kind, bytes = 0 }) =>
      sum + (kind === 'video' ? VIDEO_AHEAD_MS + Math.ceil(bytes / VIDEO_BYTES_PER_MS) : IMAGE_AHEAD_MS),
    PREPARE_AHEAD_MS,
  );
  return Math.min(LONGEST_AHEAD_MS, ahead);
}

/**
 * Not before this instant, where what is prepared would have run out by the due instant, or shortly after.
 * @param ttlMs how long a prepared set stays good
 */
export function freshFrom(due: Date, ttlMs: number): Date {
  return new Date(due.getTime() - Math.max(PREPARE_AHEAD_MS, ttlMs / 2));
}
