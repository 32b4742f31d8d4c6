/** What is known of an outside server in trouble. One that is well has none of it. */
export interface Breaker {
  /** Publications that failed without a success between them. */
  failed: readonly string[];
  failedAt: Date;
  /** How often it opened since it last answered, that time included. */
  opened: number;
  /** Since when it is not closed. */
  openedAt: Date | null;
  /** Until then nothing goes out; from then on one probe at a time. */
  openUntil: Date | null;
  /** It came back then. */
  drainFrom: Date | null;
  /** Invited since it came back. */
  drained: number;
  /** The last change of state: whatever began earlier says nothing about now. */
  changedAt: Date;
}

/** `open` = nothing goes out; `half-open` = one probe; `draining` = more every second; `closed` = no limit. */
export type BreakerPhase = 'closed' | 'open' | 'half-open' | 'draining';

/** What a publication met: which one, and when the call began that showed it. */
export interface Sighting {
  publicationId: string;
  startedAt: Date;
}

/** So many publications fail, one after another and none longer ago than `withinMs`, before a server counts as away. */
export const FAILURES_TO_OPEN = 5;
const WITHIN_MS = 60_000;
const FIRST_OPEN_MS = 5_000;
const LONGEST_OPEN_MS = 60_000;
/** The last second of the ramp lets 128 out; after it there is no limit. */
const DRAIN_MS = 8_000;

/** Where a breaker stands; undefined is closed. */
export function phaseOf(breaker: Pick<Breaker, 'openUntil' | 'drainFrom'> | undefined, now: Date): BreakerPhase {
  if (breaker?.openUntil) return now < breaker.openUntil ? 'open' : 'half-open';
  if (breaker?.drainFrom && since(breaker.drainFrom, now) < DRAIN_MS) return 'draining';
  return 'closed';
}

/** After the server could not be reached or had a fault of its own. Returns the very same object where nothing changes. */
export function afterUnavailable(
  breaker: Breaker | undefined,
  { publicationId, startedAt }: Sighting,
  now: Date,
): Breaker {
  const phase = phaseOf(breaker, now);
  if (!breaker || phase === 'closed') return closedAfterFailure(breaker, publicationId, now);
  if (phase === 'open') return breaker;
  // It began before the break was over, or before the server came back: an echo.
  const news = breaker.openUntil ?? breaker.changedAt;
  if (startedAt < news) return breaker;
  return phase === 'half-open' ? open(breaker, now) : drainingAfterFailure(breaker, publicationId, now);
}

/** After an answer, whatever it said. Undefined = it is closed, and nothing has to be remembered. */
export function afterReached(
  breaker: Breaker | undefined,
  { startedAt }: Pick<Sighting, 'startedAt'>,
  now: Date,
): Breaker | undefined {
  switch (phaseOf(breaker, now)) {
    case 'closed':
      return undefined;
    case 'draining':
      return breaker && breaker.failed.length > 0 ? { ...breaker, failed: [] } : breaker;
    case 'open':
    case 'half-open':
      if (!breaker || startedAt < breaker.changedAt) return breaker;
      return { ...breaker, failed: [], opened: 1, openUntil: null, drainFrom: now, drained: 0, changedAt: now };
  }
}

/**
 * How many may be invited now, beside what only has to be looked up; undefined = no limit.
 * @param probing a probe is invited or in somebody's hand
 */
export function allowance(breaker: Breaker | undefined, now: Date, probing: boolean): number | undefined {
  switch (phaseOf(breaker, now)) {
    case 'closed':
      return undefined;
    case 'open':
      return 0;
    case 'half-open':
      return probing ? 0 : 1;
    case 'draining':
      // 1 in the first second, 2 in the next, then 4, 8 and so on.
      return Math.max(
        0,
        2 ** (Math.floor(since(breaker?.drainFrom ?? now, now) / 1000) + 1) - 1 - (breaker?.drained ?? 0),
      );
  }
}

/** Whether there is nothing left to remember. */
export function isOver(breaker: Breaker, now: Date): boolean {
  if (phaseOf(breaker, now) !== 'closed') return false;
  return breaker.drainFrom !== null || since(breaker.failedAt, now) > WITHIN_MS;
}

function closedAfterFailure(breaker: Breaker | undefined, publicationId: string, now: Date): Breaker {
  const failed = breaker && !isOver(breaker, now) ? breaker.failed : [];
  if (breaker && failed.includes(publicationId)) return breaker;
  const fresh: Breaker = {
    failed: [...failed, publicationId],
    failedAt: now,
    opened: 0,
    openedAt: null,
    openUntil: null,
    drainFrom: null,
    drained: 0,
    changedAt: now,
  };
  return fresh.failed.length < FAILURES_TO_OPEN ? fresh : open(fresh, now);
}

/** One request that fails is no outage, neither before nor after one: it takes as many in a row to open again. */
function drainingAfterFailure(breaker: Breaker, publicationId: string, now: Date): Breaker {
  if (breaker.failed.includes(publicationId)) return breaker;
  const failed = [...breaker.failed, publicationId];
  return failed.length < FAILURES_TO_OPEN ? { ...breaker, failed, failedAt: now } : open(breaker, now);
}

function open(breaker: Breaker, now: Date): Breaker {
  const ms = Math.min(LONGEST_OPEN_MS, FIRST_OPEN_MS * 2 ** breaker.opened);
  return {
    ...breaker,
    failed: [],
    failedAt: now,
    opened: breaker.opened + 1,
    openedAt: breaker.openedAt ?? now,
    openUntil: new Date(now.getTime() + ms),
    drainFrom: null,
    drained: 0,
    changedAt: now,
  };
}

function since(then: Date, now: Date): number {
  return now.getTime() - then.getTime();
}
