import { randomUUID } from 'node:crypto';
import { type WantedRendition } from '#media';
import { type TestTenant } from '../support/engine.js';
import { atOnce, NEVER, Workshop } from './renditions-workshop.js';

describe('files that nobody needs any more', () => {
  let shop: Workshop;
  let tenant: TestTenant;
  beforeAll(async () => {
    shop = await Workshop.start();
  });
  beforeEach(async () => {
    await shop.empty();
    tenant = await shop.engine.tenant();
  });
  afterAll(() => shop.close());

  const query = (sql: string, parameters: unknown[] = []) => shop.engine.owner.query(sql, parameters);
  const tidy = () => shop.tidying().tidy();

  /** One that was made, and not used for so many days. */
  const unused = async (days: number): Promise<WantedRendition> => {
    const item = await shop.wanted(tenant);
    await shop.jobs(atOnce).workOne(NEVER);
    await query(`update renditions set last_used_at = now() - make_interval(days => $1) where source_digest = $2`, [
      days,
      item.digest,
    ]);
    return item;
  };

  /** A publication that may still send it. */
  const sentBy = async ({ digest, planHash }: WantedRendition): Promise<void> => {
    const channel = await shop.engine.account(tenant, 'webhook', randomUUID());
    const { id } = await shop.engine.publication(tenant, channel, 'Sends a video');
    await query(
      `insert into publication_media (publication_id, organization_id, asset_id, source_digest, plan_hash, awaited)
       values ($1, $2, $3, $4, $5, true)`,
      [id, tenant.organizationId, randomUUID(), digest, planHash],
    );
  };

  const originalOf = ({ digest }: WantedRendition) => shop.storage.stat(`${tenant.organizationId}/originals/${digest}`);
  const forgetAsset = async ({ digest }: WantedRendition, hoursAgo: number): Promise<void> => {
    await query('delete from media_assets where digest = $1', [digest]);
    await query(`update discarded_originals set discarded_at = now() - make_interval(hours => $1) where digest = $2`, [
      hoursAgo,
      digest,
    ]);
  };

  it('go after thirty days, with their rows', async () => {
    const old = await unused(31);
    const recent = await unused(29);
    expect(await tidy()).toMatchObject({ renditions: 1, files: 1 });
    await expect(shop.row(old)).rejects.toThrow('no such rendition');
    expect(await shop.files(tenant)).toEqual([(await shop.row(recent)).storage_key]);
  });

  it('stay while a publication may still send them, however old', async () => {
    const item = await unused(400);
    await sentBy(item);
    await tidy();
    expect(await shop.files(tenant)).toEqual([(await shop.row(item)).storage_key]);
    await query('delete from publication_media');
    await tidy();
    expect(await shop.files(tenant)).toEqual([]);
  });

  it('go the next time where the store was away, or the process ended, in the middle of it', async () => {
    await unused(31);
    const broken = Object.create(shop.storage) as typeof shop.storage;
    broken.delete = () => Promise.reject(new Error('The store is away.'));
    await expect(shop.tidying(broken).tidy()).rejects.toThrow('The store is away.');
    expect(await shop.files(tenant)).toHaveLength(1);
    await tidy();
    expect(await shop.files(tenant)).toEqual([]);
    expect((await query('select 1 from stray_files')).rows).toEqual([]);
  });

  it('are never those of a row, whatever was noted of them', async () => {
    const item = await unused(0);
    const { storage_key: key } = await shop.row(item);
    await query('insert into stray_files (storage_key, organization_id, due_at) values ($1, $2, now())', [
      key,
      tenant.organizationId,
    ]);
    await tidy();
    expect(await shop.files(tenant)).toEqual([key]);
  });

  it('are not made where nobody wants them, and are no longer urgent where nobody sends them', async () => {
    const dropped = await shop.wanted(tenant, new Date());
    const sent = await shop.wanted(tenant, new Date());
    await sentBy(sent);
    const withoutAsset = await shop.wanted(tenant, new Date());
    await query('delete from media_assets where digest = $1', [withoutAsset.digest]);
    await tidy();
    expect(await shop.row(dropped)).toMatchObject({ state: 'waiting', needed_at: null });
    expect((await shop.row(sent)).needed_at).not.toBeNull();
    await expect(shop.row(withoutAsset)).rejects.toThrow('no such rendition');
    await query(`update renditions set last_used_at = now() - interval '8 days'`);
    await tidy();
    await expect(shop.row(dropped)).rejects.toThrow('no such rendition');
    expect((await shop.row(sent)).state).toBe('waiting');
  });

  it('an original goes a day after its last asset', async () => {
    const item = await shop.item(tenant);
    await forgetAsset(item, 23);
    await tidy();
    expect(await originalOf(item)).toBeDefined();
    await forgetAsset(item, 25);
    expect(await tidy()).toMatchObject({ originals: 1 });
    expect(await originalOf(item)).toBeUndefined();
    expect(await tidy()).toMatchObject({ originals: 0 });
  });

  it('an original stays while another asset has it, or a publication may still send it', async () => {
    const content = randomUUID();
    const shared = { ...(await shop.item(tenant)), digest: await shop.original(tenant, content) };
    await shop.original(tenant, content);
    await query(
      `delete from media_assets where id = (select id from media_assets where digest = $1 order by id limit 1)`,
      [shared.digest],
    );
    const sent = await shop.item(tenant);
    await sentBy(sent);
    await forgetAsset(sent, 48);
    await query(`update discarded_originals set discarded_at = now() - interval '48 hours'`);
    await tidy();
    expect(await originalOf(shared)).toBeDefined();
    expect(await originalOf(sent)).toBeDefined();
  });

  it('an original that is uploaded again is kept, and never referred to while it is taken away', async () => {
    const content = randomUUID();
    const item = { ...(await shop.item(tenant)), digest: await shop.original(tenant, content) };
    await forgetAsset(item, 25);
    // It was uploaded again in time: the note is gone with it.
    await shop.original(tenant, content);
    await tidy();
    expect(await originalOf(item)).toBeDefined();
    // It is found there, and taken away before the asset is added: the upload has to be sent again.
    await forgetAsset(item, 25);
    await tidy();
    expect(await originalOf(item)).toBeUndefined();
    await expect(shop.original(tenant, content)).rejects.toMatchObject({ code: '40001' });
    await query(`update discarded_originals set removed_at = now() - interval '2 minutes'`);
    await shop.original(tenant, content);
    await tidy();
    expect(await originalOf(item)).toBeDefined();
  });
});
