import { execFileSync } from 'node:child_process';
import { Redis } from 'ioredis';
import { rollThrough } from '../faults/rolling.js';
import { TestEngine } from '../support/engine.js';
import { startTestRedis, type TestRedis } from '../support/redis.js';

const installed = isInstalled();
const title = 'publishing with Redis as the job queue';

(installed || process.env['CI'] ? describe : describe.skip)(title, () => {
  let redis: TestRedis;
  let engine: TestEngine;

  beforeAll(async () => {
    redis = await startTestRedis();
    engine = await TestEngine.start({ REDIS_URL: redis.url });
    await engine.startWorker();
    await engine.startWorker();
  });
  afterAll(async () => {
    await engine.close();
    await redis.stop();
  });

  it('publishes on every channel once, with two workers', async () => {
    const tenant = await engine.tenant();
    const channels = await Promise.all([engine.connect(tenant, 'bluesky'), engine.connect(tenant, 'webhook')]);
    const { publications } = await engine.post(tenant, channels, 'Over Redis');
    for (const { id } of publications) await engine.until(id, 'published');
    expect(engine.sandbox.visible('bluesky').map((post) => post.text)).toEqual(['Over Redis']);
    expect(engine.sandbox.visible('webhook')).toHaveLength(1);
  });

  it('loses nothing when Redis is flushed under its feet: what is scheduled, invited and in flight', async () => {
    const tenant = await engine.tenant();
    const client = new Redis(redis.url);
    const dues = [0, 1, 4];
    const publications = [];
    for (const [i, dueIn] of dues.entries()) {
      const channel = await engine.account(tenant, 'mastodon', `flushed${i}`);
      publications.push(await engine.publication(tenant, channel, `Flushed ${i}`, { dueIn }));
    }
    engine.sandbox.faults.add({ kind: 'slow', operation: 'commit', match: 'Flushed 0', delayMs: 800 });
    await engine.sandbox.waitForRequest((request) => request.operation === 'commit' && request.platform === 'mastodon');
    await untilInvited(engine, publications[2]!.id);
    await client.flushall();
    await client.quit();
    for (const [i, { id, due_at }] of publications.entries()) {
      const published = await engine.until(id, 'published');
      expect(published.published_at!.getTime() - due_at.getTime()).toBeLessThan(30_000);
      expect(engine.shown(`Flushed ${i}`)).toHaveLength(1);
    }
  });

  it('rule 15: workers are replaced one after the other while they publish: everything once, nothing failed', async () => {
    // Another installation, so another Redis: two of them would take each other's jobs.
    const own = await startTestRedis();
    try {
      await rollThrough({ REDIS_URL: own.url });
    } finally {
      await own.stop();
    }
  }, 240_000);
});

/** The test's own time limit ends it. */
async function untilInvited(engine: TestEngine, id: string): Promise<void> {
  while ((await engine.find(id)).invitation === null) await new Promise((resolve) => setTimeout(resolve, 20));
}

function isInstalled(): boolean {
  try {
    execFileSync('redis-server', ['--version']);
    return true;
  } catch {
    process.stderr.write(`Left out: ${title}, because redis-server is not installed. apt-get install redis-server\n`);
    return false;
  }
}
