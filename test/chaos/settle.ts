import { setTimeout as sleep } from 'node:timers/promises';
import { type Customers } from './customers.js';
import { type Installation } from './installation.js';
import { type Sandbox } from './sandbox-control.js';

const LOOK_EVERY_MS = 1_000;
/** Whatever a process was in the middle of when the disturbances ended is over after this: S, T and a lease. */
const LAST_WORDS_MS = 11_000;
/** Whoever sent the same as the one that came last is cut off by now: T, and a little. */
const LAST_REQUESTS_MS = 4_000;

/** However slowly it goes on, it is waited for no longer than so many times the bound. */
export const MOST_BOUNDS = 4;

/**
 * When to wait no longer: when for the bound nothing has come to its end. On a slow machine, or where a channel has many unknown
 * outcomes to wait for one after the other, all of it together may well take longer, and nothing is wrong.
 */
export class Deadline {
  private least = Infinity;
  private end: number;
  private readonly last: number;

  /** @param begun milliseconds of a clock; @param bound milliseconds */
  constructor(
    begun: number,
    private readonly bound: number,
  ) {
    this.end = begun + bound;
    this.last = begun + MOST_BOUNDS * bound;
  }

  /** @param left how many have not come to their end */
  isPast(now: number, left: number): boolean {
    if (left < this.least) this.end = now + this.bound;
    this.least = Math.min(this.least, left);
    return now > Math.min(this.end, this.last);
  }
}

/** What still moves, or waits for something that is over by now. */
const RESTLESS = `
  select p.state || coalesce(':' || p.held_reason, '') as state, count(*)::int as count from publications p
   where p.state in ('scheduled', 'preparing', 'ready', 'committing')
      or (p.state = 'held' and p.held_reason in
            ('channel-disconnected', 'channel-paused', 'workspace-paused', 'organization-paused', 'installation-paused'))
   group by 1`;

/**
 * Waits until every publication has come to its end or needs a person, and the networks have done what they were asked.
 * Returns what had not when nothing had come to its end for so many seconds.
 */
export async function settle(
  installation: Installation,
  customers: Customers,
  sandbox: Sandbox,
  seconds: number,
  tell: (sentence: string) => void,
): Promise<string[]> {
  const begun = performance.now();
  const left = await untilCalm(installation, customers, new Deadline(begun, seconds * 1000), tell);
  const rest = left.length > 0 ? 0 : LAST_WORDS_MS - (performance.now() - begun);
  await sleep(Math.max(LAST_REQUESTS_MS, rest));
  await sandbox.hasApplied();
  return left;
}

async function untilCalm(
  installation: Installation,
  customers: Customers,
  deadline: Deadline,
  tell: (sentence: string) => void,
): Promise<string[]> {
  let told = '';
  for (;;) {
    const down = await customers.reconnect();
    const restless = await installation.query<{ state: string; count: number }>(RESTLESS);
    const left = restless.map(({ state, count }) => `${count} ${state}`);
    if (left.length === 0 && down === 0) return [];
    const count = restless.reduce((sum, state) => sum + state.count, down);
    if (deadline.isPast(performance.now(), count)) return left;
    if (left.join() !== told) tell(`still ${left.join(', ') || `${down} channels without their connection`}`);
    told = left.join();
    await sleep(LOOK_EVERY_MS);
  }
}
