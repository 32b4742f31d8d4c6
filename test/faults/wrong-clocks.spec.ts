import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Customer, PracticeNetworks } from '../support/customer.js';
import { Apart } from './apart.js';

const PRELOAD = pathToFileURL(resolve(import.meta.dirname, '../../dist/test/chaos/preload/clock.js')).href;
const CHANNELS = 8;
const FIVE_MINUTES_MS = 300_000;

const clock = (offsetMs: number): Record<string, string> => ({
  NODE_OPTIONS: `--import ${PRELOAD}`,
  CHAOS_CLOCK_OFFSET_MS: String(offsetMs),
});

test('rule 19: workers five minutes ahead and behind, beside a right one: nothing early, no lease stolen', async () => {
  // Few at a time, so that each of them has to take its share.
  const apart = await Apart.start({ PUBLISH_CONCURRENCY: '2' });
  try {
    const [ahead, behind, right] = [
      apart.worker(clock(FIVE_MINUTES_MS)),
      apart.worker(clock(-FIVE_MINUTES_MS)),
      apart.worker(),
    ];
    await Promise.all([ahead, behind, right].map((worker) => worker.says(/at work/)));
    const customer = await Customer.signUp(apart.at);
    const channels = await apart.channels(customer, CHANNELS);
    // Long in the hand of one worker, while another one believes that the lease is long over.
    await new PracticeNetworks(apart.at).fault({ kind: 'slow', operation: 'commit', delayMs: 500, probability: 1 });
    const due = new Map<string, number>();
    const ids: string[] = [];
    for (const [i, seconds] of [3, 5].entries()) {
      const at = new Date(Date.now() + seconds * 1_000);
      due.set(`Post ${i}`, at.getTime());
      const { body } = await customer.post({
        content: { text: `Post ${i}` },
        channels: channels.map((id) => ({ id })),
        schedule: { at: at.toISOString(), timeZone: 'UTC' },
      });
      ids.push(...(body.publications as { id: string }[]).map(({ id }) => id));
    }
    for (const id of ids) await customer.untilState(id, 'published');

    const shown = await apart.shown();
    expect(shown).toHaveLength(2 * CHANNELS);
    for (const { text, at } of shown) {
      const late = Date.parse(at) - due.get(text)!;
      expect(late).toBeGreaterThanOrEqual(-50);
      expect(late).toBeLessThan(30_000);
    }
    const logs = await Promise.all(ids.map((id) => customer.log(id)));
    for (const log of logs) {
      const kinds = log.map(({ kind }) => kind as string);
      expect(kinds.filter((kind) => kind === 'fenced')).toHaveLength(1);
      expect(kinds).not.toContain('reconciled');
      expect(kinds).not.toContain('retry-planned');
    }
    // Every one of them had a part in it.
    const workers = new Set(logs.flat().flatMap(({ kind, actor }) => (kind === 'fenced' ? [actor.id as string] : [])));
    for (const { pid } of [ahead, behind]) expect([...workers].some((id) => id.endsWith(`:${pid}`))).toBe(true);
  } finally {
    await apart.end();
  }
}, 240_000);
