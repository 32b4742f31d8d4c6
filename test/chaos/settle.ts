import { setTimeout as sleep } from 'node:timers/promises';
import { type Customers } from './customers.js';
import { type Installation } from './installation.js';
import { type Sandbox } from './sandbox-control.js';

const LOOK_EVERY_MS = 1_000;
/** Whatever a process was in the middle of when the disturbances ended is over after this: S, T and a lease. */
const LAST_WORDS_MS = 11_000;
/** Whoever sent the same as the one that came last is cut off by now: T, and a little. */
const LAST_REQUESTS_MS = 4_000;

/** What still moves, or waits for something that is over by now. */
const RESTLESS = `
  select p.state || coalesce(':' || p.held_reason, '') as state, count(*)::int as count from publications p
   where p.state in ('scheduled', 'preparing', 'ready', 'committing')
      or (p.state = 'held' and p.held_reason in
            ('channel-disconnected', 'channel-paused', 'workspace-paused', 'organization-paused', 'installation-paused'))
   group by 1`;

/**
 * Waits until every publication has come to its end or needs a person, and the networks have done what they were asked.
 * Returns what had not within the bound.
 */
export async function settle(
  installation: Installation,
  customers: Customers,
  sandbox: Sandbox,
  seconds: number,
  tell: (sentence: string) => void,
): Promise<string[]> {
  const begun = performance.now();
  const left = await untilCalm(installation, customers, begun + seconds * 1000, tell);
  const rest = left.length > 0 ? 0 : LAST_WORDS_MS - (performance.now() - begun);
  await sleep(Math.max(LAST_REQUESTS_MS, rest));
  await sandbox.hasApplied();
  return left;
}

async function untilCalm(
  installation: Installation,
  customers: Customers,
  end: number,
  tell: (sentence: string) => void,
): Promise<string[]> {
  let told = '';
  for (;;) {
    const down = await customers.reconnect();
    const restless = await installation.query<{ state: string; count: number }>(RESTLESS);
    const left = restless.map(({ state, count }) => `${count} ${state}`);
    if (left.length === 0 && down === 0) return [];
    if (performance.now() > end) return left;
    if (left.join() !== told) tell(`still ${left.join(', ') || `${down} channels without their connection`}`);
    told = left.join();
    await sleep(LOOK_EVERY_MS);
  }
}
