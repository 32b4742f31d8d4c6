import { execFileSync } from 'node:child_process';
import { Redis } from 'ioredis';
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

  it('loses nothing when Redis is flushed under its feet', async () => {
    const tenant = await engine.tenant();
    const channel = await engine.connect(tenant, 'mastodon');
    const client = new Redis(redis.url);
    // Invitations are on their way while this stands in the queue: it is due in a moment.
    const due = new Date(Date.now() + 4_000).toISOString();
    const { publications } = await engine.post(tenant, [channel], 'Flushed', { at: due, timeZone: 'UTC' });
    const id = publications[0]!.id;
    await untilInvited(engine, id);
    await client.flushall();
    await client.quit();
    const published = await engine.until(id, 'published');
    expect(published.published_at!.getTime() - Date.parse(due)).toBeLessThan(30_000);
    expect(engine.sandbox.visible('mastodon').map((post) => post.text)).toEqual(['Flushed']);
  });
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
