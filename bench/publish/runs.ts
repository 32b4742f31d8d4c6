import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BareOrder, type BareResult } from './bare-loop.js';
import { type Installation } from './installation.js';
import { type Batch } from './seed.js';

/** Requests of a worker, or of a bare loop, at the same time: as `PUBLISH_CONCURRENCY` is where nobody sets it. */
export const CONCURRENCY = 50;
/** Publications are given their time so long before it, in milliseconds. */
export const AHEAD_MS = 10_000;
/** Far longer than an engine takes that anybody would keep. */
const PATIENCE_MS = 600_000;

/**
 * Waits until all are published, looking every 300 ms; a look ends at the first that is not. Throws after ten minutes.
 * @param due when the first is due, in milliseconds since 1970
 */
export async function untilPublished({ pool }: Installation, { postIds }: Batch, due: number): Promise<void> {
  for (;;) {
    await sleep(Math.max(300, due - Date.now()));
    const { rows } = await pool.query<{ left: boolean }>(
      `select exists (select 1 from publications where post_id = any($1) and state <> 'published') as left`,
      [postIds],
    );
    if (rows[0]?.left === false) return;
    if (Date.now() < due + PATIENCE_MS) continue;
    const states = await pool.query<{ state: string; count: string }>(
      'select state, count(*) from publications where post_id = any($1) group by state',
      [postIds],
    );
    throw new Error(`Not everything was published in time: ${JSON.stringify(states.rows)}`);
  }
}

/** Runs a bare loop in a process of its own. Throws when it ends before it is done. */
export async function bareLoop(installation: Installation, order: Omit<BareOrder, 'databaseUrl'>): Promise<BareResult> {
  const child = fork(new URL('./bare-loop.js', import.meta.url));
  const ended = once(child, 'exit');
  child.send({ ...order, databaseUrl: installation.postgres.ownerUrl });
  const result = await Promise.race([
    once(child, 'message').then(([message]) => message as BareResult),
    ended.then(() => {
      throw new Error('The bare loop ended before it was done.');
    }),
  ]);
  await ended;
  return result;
}
