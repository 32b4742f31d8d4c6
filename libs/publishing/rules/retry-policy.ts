import { type FailureKind } from '#platforms/core';

/** What happens after a failure of one kind. */
export interface RetryRule {
  /** Tries in all, the first included. 1 = never by itself. */
  tries: number;
  /** The first wait at the most, in milliseconds; it doubles with each further try, with full jitter. */
  baseMs: number;
  /** No wait is longer, in milliseconds. A platform's own `Retry-After` is always honoured, however long. */
  capMs: number;
  /** In words, for documentation and people. */
  explanation: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const AFTER_HINT_MS = SECOND;
/** What failed a moment ago fails again: no wait is shorter, in milliseconds. */
export const LEAST_WAIT_MS = 250;

/** The retry policy: one row a failure kind. */
export const RETRY_POLICY: Readonly<Record<FailureKind, RetryRule>> = {
  auth: {
    tries: 1,
    baseMs: 0,
    capMs: 0,
    explanation: 'Sent with renewed tokens where there are any, else held until the account is reconnected.',
  },
  permission: { tries: 1, baseMs: 0, capMs: 0, explanation: 'Fails at once: a person has to give the permission.' },
  'rate-limit': {
    tries: 12,
    baseMs: MINUTE,
    capMs: 60 * MINUTE,
    explanation: 'Tried again when the platform says so, else after growing waits; the channel waits too.',
  },
  media: { tries: 1, baseMs: 0, capMs: 0, explanation: 'Fails at once: another file is needed.' },
  content: { tries: 1, baseMs: 0, capMs: 0, explanation: 'Fails at once: another text or setting is needed.' },
  duplicate: { tries: 1, baseMs: 0, capMs: 0, explanation: 'Fails at once, after looking whether the post is there.' },
  unavailable: {
    tries: 12,
    baseMs: 4 * SECOND,
    capMs: 15 * MINUTE,
    explanation:
      'Tried again after growing waits. While the whole platform is away, nothing is tried and nothing is counted.',
  },
  unknown: {
    tries: 3,
    baseMs: 10 * SECOND,
    capMs: 5 * MINUTE,
    explanation: 'Tried again twice; what may already be out is looked for first, never sent blindly.',
  },
};

/**
 * When to try again, or undefined when it is over.
 * @param tries how often it was tried, this failure included
 * @param random 0 to 1, for the jitter
 */
export function nextTry(input: {
  kind: FailureKind;
  tries: number;
  now: Date;
  retryAt?: Date | undefined;
  random: number;
}): Date | undefined {
  const rule = RETRY_POLICY[input.kind];
  if (input.tries >= rule.tries) return undefined;
  // Where the platform says when, only as much is added as keeps a wrong hint from being asked for without end.
  const baseMs = input.retryAt ? Math.min(rule.baseMs, AFTER_HINT_MS) : rule.baseMs;
  const ceiling = Math.min(rule.capMs, baseMs * 2 ** (input.tries - 1));
  // Full jitter, but never at once.
  const wait = Math.max(LEAST_WAIT_MS, ceiling * input.random);
  const own = input.now.getTime() + wait;
  return new Date(Math.max(own, input.retryAt?.getTime() ?? 0));
}

/** How long to wait before looking again when a look at the platform was not possible, in milliseconds. */
export function nextLookMs(looks: number, random: number): number {
  return longestLookMs(looks) * (0.5 + random / 2);
}

/** The longest such wait after so many looks that were not possible, in milliseconds. */
export function longestLookMs(looks: number): number {
  return Math.min(10 * MINUTE, 2 * SECOND * 2 ** Math.min(looks, 12));
}
