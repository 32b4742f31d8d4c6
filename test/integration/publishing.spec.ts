import { TestEngine, type TestTenant } from '../support/engine.js';

describe('publishing, from a scheduled post to its outcome', () => {
  let engine: TestEngine;
  let tenant: TestTenant;

  beforeAll(async () => {
    engine = await TestEngine.start();
    await engine.startWorker();
  });
  beforeEach(async () => {
    engine.sandbox.reset();
    tenant = await engine.tenant();
  });
  afterAll(async () => {
    await engine.close();
  });

  it.each(['bluesky', 'mastodon', 'webhook'])('publishes on %s and tells the story', async (platform) => {
    const channel = await engine.connect(tenant, platform);
    const { publications } = await engine.post(tenant, [channel], `Hello from ${platform}`);
    const published = await engine.until(publications[0]!.id, 'published');
    expect(published.published_at).toBeInstanceOf(Date);
    expect(engine.sandbox.visible(platform).map((post) => post.text)).toEqual([`Hello from ${platform}`]);
    expect(await engine.story(published.id)).toMatch(
      /^scheduled cleared attempt-started (step-done )+fenced committed published$/,
    );
  });
});
