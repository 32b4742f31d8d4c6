import { buffer } from 'node:stream/consumers';
import { planHash, type ImagePlan, RenditionNotReadyError, Renditions } from '#media';
import { type TestTenant } from '../support/engine.js';
import { atOnce, NEVER, PLAN, Workshop } from './renditions-workshop.js';

describe('what goes out', () => {
  let shop: Workshop;
  let renditions: Renditions;
  let tenant: TestTenant;
  beforeAll(async () => {
    shop = await Workshop.start();
    renditions = shop.engine.service(Renditions);
    tenant = await shop.engine.tenant();
  });
  afterAll(() => shop.close());

  it('is the video once it is made: whole, in parts, and at an address', async () => {
    const item = await shop.wanted(tenant);
    await shop.jobs(atOnce).workOne(NEVER);
    const source = await renditions.source(tenant.organizationId, { ...item, altText: 'A cup' });
    expect(source).toMatchObject({
      kind: 'video',
      contentType: 'video/mp4',
      bytes: 4,
      width: 64,
      height: 64,
      durationMs: 1_000,
      altText: 'A cup',
      digest: (await shop.row(item)).digest,
    });
    expect(String(await buffer(await source.open()))).toBe('made');
    expect(String(await buffer(await source.open({ start: 1, end: 2 })))).toBe('ad');
    expect(String(Buffer.from(await source.read()))).toBe('made');
    expect(await source.address()).toMatch(/^http.+\/media\/.+\.mp4$/);
  });

  it('is no video that is not made: it says how far it is, and makes none itself', async () => {
    const item = await shop.item(tenant);
    const state = () =>
      renditions.source(tenant.organizationId, item).then(
        () => 'ready',
        (error: unknown) => (error instanceof RenditionNotReadyError ? error.state : error),
      );
    expect(await state()).toBe('missing');
    await shop.want(tenant, [item], null);
    expect(await state()).toBe('waiting');
    await shop.engine.owner.query(`update renditions set state = 'cancelled' where source_digest = $1`, [item.digest]);
    expect(await state()).toBe('cancelled');
  });

  it('is the original, byte for byte, where nothing has to be changed', async () => {
    const digest = await shop.original(tenant, 'untouched');
    const plan = { ...PLAN, action: 'keep' };
    const source = await renditions.source(tenant.organizationId, { digest, planHash: 'keep', plan });
    expect(source.digest).toBe(digest);
    expect(String(await buffer(await source.open()))).toBe('untouched');
    expect(await shop.files(tenant)).toHaveLength(1);
  });

  it('is an image that is made on the spot, whoever was to make it, and then nobody else makes it', async () => {
    const mediaId = await shop.engine.image(tenant);
    const { rows } = await shop.engine.owner.query<{ digest: string }>(
      'select digest from media_assets where id = $1',
      [mediaId],
    );
    const plan: ImagePlan = {
      output: 'image',
      action: 'render',
      limit: { types: ['image/webp'], maxBytes: 100_000 },
      format: 'webp',
      animated: false,
      width: 20,
      height: 20,
      steps: [],
    };
    const item = { digest: String(rows[0]?.digest), planHash: planHash(plan), plan };
    await shop.want(tenant, [item], null);
    const source = await renditions.source(tenant.organizationId, item);
    expect(source).toMatchObject({ kind: 'image', contentType: 'image/webp' });
    expect((await shop.row(item)).state).toBe('ready');
    expect(await shop.told(item)).toEqual(['ready']);
    expect(await shop.jobs(atOnce).workOne(NEVER)).toBe(false);
  });
});
