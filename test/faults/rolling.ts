import { Customer, PracticeNetworks } from '../support/customer.js';
import { type Program } from '../support/processes.js';
import { Apart } from './apart.js';

const CHANNELS = 10;
const POSTS = 4;
const ALL = CHANNELS * POSTS;
/** A post comes due every so many seconds. */
const EVERY_SECONDS = 2;
const STOP_WITHIN_MS = 30_000;

/**
 * Two workers at a stream of 40 publications; three times one of them is stopped in the middle of its work and another one
 * started. Everything is published once, by one request each, and no stop takes longer than 30 s.
 */
export async function rollThrough(more: Record<string, string> = {}): Promise<void> {
  const apart = await Apart.start(more);
  try {
    const workers: Program[] = [apart.worker(), apart.worker()];
    await Promise.all(workers.map((worker) => worker.says(/at work/)));
    const customer = await Customer.signUp(apart.at);
    const channels = await apart.channels(customer, CHANNELS);
    // So slow that there is always a request in flight.
    await new PracticeNetworks(apart.at).fault({ kind: 'slow', operation: 'commit', delayMs: 400, probability: 1 });
    const publications = await schedule(customer, channels);
    for (let round = 1; round <= 3; round += 1) {
      await apart.untilShown(round * CHANNELS - CHANNELS / 2);
      const [oldest] = workers.splice(0, 1);
      const asked = performance.now();
      const stopping = oldest!.kill('SIGTERM');
      workers.push(apart.worker());
      expect(await stopping).toEqual({ code: 0, signal: null });
      expect(performance.now() - asked).toBeLessThan(STOP_WITHIN_MS);
      expect(oldest!.output).toContain('Stopped. Nothing is lost');
      await workers.at(-1)!.says(/at work/);
    }
    for (const id of publications) await customer.untilState(id, 'published');
    const shown = (await apart.shown()).map(({ account, text }) => `${account} ${text}`);
    expect(shown).toHaveLength(ALL);
    expect(new Set(shown).size).toBe(ALL);
    const stories = await Promise.all(publications.map((id) => customer.story(id)));
    for (const story of stories) expect(story.filter((kind) => kind === 'fenced')).toHaveLength(1);
    expect(stories.flat()).not.toContain('failed');
  } finally {
    await apart.end();
  }
}

/** The ids of all publications. */
async function schedule(customer: Customer, channels: readonly string[]): Promise<string[]> {
  const begin = Date.now() + 2_000;
  const ids: string[] = [];
  for (let i = 0; i < POSTS; i += 1) {
    const at = new Date(begin + i * EVERY_SECONDS * 1_000).toISOString();
    const { body } = await customer.post({
      content: { text: `Post ${i} of a stream` },
      channels: channels.map((id) => ({ id })),
      schedule: { at, timeZone: 'UTC' },
    });
    ids.push(...(body.publications as { id: string }[]).map(({ id }) => id));
  }
  expect(ids).toHaveLength(ALL);
  return ids;
}
