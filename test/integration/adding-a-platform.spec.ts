import { join } from 'node:path';
import { loadPlatforms } from '#platforms';
import { TestEngine } from '../support/engine.js';

const BUILT_IN = join(import.meta.dirname, '../../libs/platforms');
const FIXTURES = join(import.meta.dirname, '../fixtures/platforms');

describe('a platform folder that is dropped in', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await TestEngine.start({}, await loadPlatforms([BUILT_IN, FIXTURES]));
    await engine.startWorker();
  });
  afterAll(async () => {
    await engine.close();
  });

  it('is found by its name beside the others', () => {
    expect(engine.platforms.manifests().map((manifest) => manifest.id)).toEqual(
      expect.arrayContaining(['bluesky', 'facebook', 'mastodon', 'postcard', 'webhook']),
    );
  });

  it('connects, publishes, and finds again what was lost on the way', async () => {
    const tenant = await engine.tenant();
    const channel = await engine.connect(tenant, 'postcard');
    engine.sandbox.faults.add({ platform: 'postcard', operation: 'commit', kind: 'accept-then-reset' });
    const { publications } = await engine.post(tenant, [channel], 'Greetings from the test');
    const published = await engine.until(publications[0]!.id, 'published');
    expect(engine.sandbox.visible('postcard').map((post) => post.text)).toEqual(['Greetings from the test']);
    expect(published.permalink).toContain('/postcard/api/walls/wall/cards/');
    expect(await engine.story(published.id)).toMatch(/fenced retry-planned reconciled published$/);
  });

  it('has its own limits checked before anything is scheduled', async () => {
    const tenant = await engine.tenant();
    const channel = await engine.connect(tenant, 'postcard');
    await expect(engine.post(tenant, [channel], 'x'.repeat(51))).rejects.toMatchObject({
      status: 422,
      errors: [expect.objectContaining({ field: 'content/text', rule: 'postcard.text-too-long' })],
    });
  });
});
