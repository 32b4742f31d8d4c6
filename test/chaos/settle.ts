import { setTimeout as sleep } from 'node:timers/promises';
import { type Customers } from './customers.js';
import { type Installation } from './installation.js';

const LOOK_EVERY_MS = 1_000;
/** Whatever a process was in the middle of when the disturbances ended is over after this: S, T and a lease. */
const LAST_WORDS_MS = 11_000;

/** What still moves, or waits for something that is over by now. */
const RESTLESS = `
  select p.state || coalesce(':' || p.held_reason, '') as state, count(*)::int as count from publications p
   where p.state in ('scheduled', 'preparing', 'ready', 'committing')
      or (p.state = 'held' and p.held_reason in
            ('channel-disconnected', 'channel-paused', 'workspace-paused', 'organization-paused', 'installation-paused'))
   group by 1`;

/** Waits until every publication has come to its end or needs a person. Returns what had not within the bound. */
export async function settle(
  installation: Installation,
  customers: Customers,
  seconds: number,
  tell: (sentence: string) => void,
): Promise<string[]> {
  const end = performance.now() + seconds * 1000;
  let told = '';
  for (;;) {
    const down = await customers.reconnect();
    const restless = await installation.query<{ state: string; count: number }>(RESTLESS);
    const left = restless.map(({ state, count }) => `${count} ${state}`);
    if (left.length === 0 && down === 0) break;
    if (performance.now() > end) return left;
    if (left.join() !== told) tell(`still ${left.join(', ')}`);
    told = left.join();
    await sleep(LOOK_EVERY_MS);
  }
  await sleep(LAST_WORDS_MS);
  return [];
}
