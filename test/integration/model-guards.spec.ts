import type pg from 'pg';
import { type ChannelRecord } from '#channels';
import { APPLICATION_ROLES, row } from '#kernel';
import { type PostChange } from '#planning';
import { change, FlowControl, LostPublicationError, type PublicationRecord } from '#publishing';
import { type FenceAsk, passFence } from '../../libs/publishing/runner/fence.js';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

describe('what the rules say between the lines', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start();
    worker = await engine.parts();
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    count += 1;
  });
  afterAll(() => engine.close());

  const word = (): string => `line${count}`;
  const account = (platform: string, name = word()): Promise<string> => engine.account(tenant, platform, name);
  const query = (sql: string, parameters: unknown[] = []): Promise<pg.QueryResult> =>
    engine.owner.query(sql, parameters);
  const update = async ({ post_id }: PublicationRecord, with_: PostChange): Promise<void> => {
    const { post } = await engine.posts.get(tenant.organizationId, post_id);
    await engine.posts.update(tenant.author, post.id, post.version, with_);
  };
  const publish = async (platform: string, dueIn?: number): Promise<PublicationRecord> =>
    engine.publication(tenant, await account(platform), word(), dueIn === undefined ? {} : { dueIn });
  /** Runs as a role of the application, always rolled back. */
  async function as(role: string, sql: string, parameters: unknown[] = [], organization = tenant.organizationId) {
    await query('begin');
    try {
      await query(`select set_config('role', $1, true), set_config('app.organization_id', $2, true)`, [
        role,
        organization,
      ]);
      return await query(sql, parameters);
    } finally {
      await query('rollback');
    }
  }

  describe('rule 1: the hash covers everything that is sent', () => {
    it('whatever is changed in a post, what was cleared before is no longer what would be sent', async () => {
      const [first, second] = [await engine.image(tenant), await engine.image(tenant)];
      const channel = await account('mastodon');
      const created = await engine.post(tenant, [channel], word(), 'now', [first]);
      const [publication] = created.publications;
      const id = publication!.id;
      const media = (altText: string, ...ids: string[]) => ids.map((one) => ({ id: one, altText }));
      const settings = (visibility: string) => [{ id: channel, settings: { visibility } }];
      const parts = (...texts: string[]) => ({ text: `${word()} b`, thread: texts.map((text) => ({ text })) });
      const changes: [string, PostChange][] = [
        ['the text', { content: { text: `${word()} b` } }],
        ['an alt text', { media: media('A shop', first) }],
        ['an image more', { media: media('A shop', first, second) }],
        ['a setting', { channels: settings('unlisted') }],
        ['parts', { content: parts('one', 'two') }],
        ['the order of parts', { content: parts('two', 'one') }],
        ['no image', { media: [] }],
      ];
      const hashes = [publication!.content_hash];
      for (const [what, next] of changes) {
        await update(publication!, next);
        const { content_hash, cleared_hash } = await engine.find(id);
        expect({ what, known: hashes.includes(content_hash) }).toEqual({ what, known: false });
        expect(cleared_hash).toBe(content_hash);
        hashes.push(content_hash);
      }
    });

    it('revision, snapshot and clearance change together or not at all', async () => {
      const publication = await publish('bluesky', 3_600);
      const before = await engine.posts.get(tenant.organizationId, publication.post_id);
      await query(`
        create function crash_clearing() returns trigger language plpgsql as $$ begin raise exception 'crash'; end $$;
        create trigger crash_clearing before insert on publishing_log for each row
          when (new.kind = 'cleared' and new.publication_id = '${publication.id}') execute function crash_clearing()`);
      await expect(update(publication, { content: { text: `${word()} never` } })).rejects.toThrow('crash');
      await query('drop trigger crash_clearing on publishing_log');
      const after = await engine.posts.get(tenant.organizationId, publication.post_id);
      expect(after.post).toEqual(before.post);
      expect(await engine.find(publication.id)).toEqual(publication);
      expect(await engine.story(publication.id)).toBe('scheduled cleared');
    });
  });

  describe('rule 2: every write is guarded and counted', () => {
    it.each(['clickpost_app', 'clickpost_engine'])('%s is refused like everybody else', async (role) => {
      const { id } = await publish('bluesky', 3_600);
      const wrong: [string, string][] = [
        [
          `update publications set state = 'published', published_at = now(), version = version + 1 where id = $1`,
          '23514',
        ],
        [`update publications set state = 'cancelled' where id = $1`, '23514'],
        [`update publications set content_hash = 'other' where id = $1`, '23514'],
        ['update publications set version = version - 1 where id = $1', '23514'],
        [`update publications set held_reason = 'too-late' where id = $1`, '23514'],
        [`update segments set outcome = 'absent' where publication_id = $1`, '23514'],
        [`update publishing_log set kind = 'removed' where publication_id = $1`, '42501'],
        ['delete from publications where id = $1', '42501'],
        ['delete from segments where publication_id = $1', '42501'],
        ['delete from publishing_log where publication_id = $1', '42501'],
      ];
      for (const [sql, code] of wrong) await expect(as(role, sql, [id])).rejects.toMatchObject({ code });
      for (const table of ['publications', 'segments', 'publishing_log'])
        await expect(as(role, `alter table ${table} disable trigger all`)).rejects.toMatchObject({ code: '42501' });
      await expect(
        as(role, `insert into publication_transitions values ('published', 'scheduled')`),
      ).rejects.toMatchObject({
        code: '42501',
      });
    });

    it('of two that write at once, the second changes nothing and tells nothing', async () => {
      const from = await publish('bluesky', 3_600);
      const write = (to: 'cancelled' | 'held') =>
        engine.as(tenant, (tx, actor) =>
          change(tx, {
            from,
            to,
            actor,
            entries: [{ kind: to }],
            set: { held_reason: to === 'held' ? 'held-by-person' : null },
          }),
        );
      const results = await Promise.allSettled([write('cancelled'), write('held')]);
      const [won, lost] = [
        results.filter((result) => result.status === 'fulfilled'),
        results.filter((result) => result.status === 'rejected'),
      ];
      expect(lost).toMatchObject([{ reason: expect.any(LostPublicationError) }]);
      const now = await engine.find(from.id);
      expect(now).toMatchObject({ state: won[0]!.value.state, version: from.version + 1 });
      expect(await engine.story(from.id)).toBe(`scheduled cleared ${now.state}`);
    });
  });

  describe('rule 4: checkpoints need the current lease and content hash', () => {
    it('what was prepared for a version that is no longer sent is handed to a job that tidies up, and never used', async () => {
      const image = await engine.image(tenant);
      const publication = await engine.publication(tenant, await account('mastodon'), word(), {
        dueIn: 10,
        media: [image],
      });
      const run = worker.carryOut(publication.id);
      await engine.until(publication.id, 'ready');
      const [old] = await engine.segments(publication.id);
      await update(publication, { content: { text: `${word()} second` }, schedule: 'now' });
      await run;
      const { rows } = await query(
        `select payload from outbox where topic = 'prepared-set.discarded' and organization_id = $1`,
        [tenant.organizationId],
      );
      const { prepared, checkpoints: steps } = old!;
      expect(rows).toEqual([{ payload: { channelId: publication.channel_id, prepared, steps } }]);
      expect((await worker.carryOut(publication.id)).state).toBe('published');
      const [now] = await engine.segments(publication.id);
      expect(now!.set_id).not.toBe(old!.set_id);
      expect(now!.prepared).not.toEqual(old!.prepared);
      expect(engine.shown(word())).toEqual([`${word()} second`]);
    });
  });

  describe('rule 5: the fence', () => {
    /** A publication that stands before its fence, in the hand of a worker that is gone. */
    async function before(): Promise<{ record: PublicationRecord; ask: () => FenceAsk }> {
      const { id } = await publish('bluesky', 0.6);
      const run = worker.carryOut(id);
      await engine.until(id, 'ready');
      const record = await engine.find(id);
      const [segment] = await engine.segments(id);
      await query(
        `update publications set lease = gen_random_uuid(), leased_until = now() + interval '1 minute' where id = $1`,
        [id],
      );
      await run;
      const {
        rows: [channel],
      } = await engine.owner.query<ChannelRecord>('select * from channels where id = $1', [record.channel_id]);
      const ask = () => ({
        channel: channel!,
        ...{
          record,
          segment: segment!,
          way: null,
          actor: { type: 'worker' as const },
          begun: false,
          now: new Date(),
          withinMs: 1_000,
        },
      });
      const mine = await engine.find(id);
      Object.assign(record, mine);
      return { record, ask };
    }

    const flow = () => engine.service(FlowControl);

    it('is not passed with a lease that has run out', async () => {
      const { record, ask } = await before();
      await query(`update publications set leased_until = now() - interval '1 ms' where id = $1`, [record.id]);
      await expect(engine.kernel.database.engine((tx) => passFence(tx, flow(), ask()))).rejects.toThrow(
        LostPublicationError,
      );
      expect((await engine.find(record.id)).state).toBe('ready');
      expect(await engine.story(record.id)).not.toContain('fenced');
    });

    it('is on disk before the request, however the server is set up', async () => {
      const { ask } = await before();
      const committed = await engine.kernel.database.engine(async (tx) => {
        await tx.query(`set local synchronous_commit = off`);
        expect(await passFence(tx, flow(), ask())).toMatchObject({ outcome: 'passed' });
        return row<{ synchronous_commit: string }>(tx, 'show synchronous_commit');
      });
      expect(committed).toEqual({ synchronous_commit: 'on' });
    });
  });

  it('rule 8: what was on the account before the fence is never taken for ours, word for word as it may be', async () => {
    const channel = await account('mastodon');
    const answer = await fetch(`${engine.sandbox.origin}/mastodon/api/v1/statuses`, {
      method: 'POST',
      headers: { authorization: `Bearer practice-${word()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ status: word() }),
    });
    expect(answer.status).toBe(200);
    // Clocks differ by seconds, which the adapter allows for.
    const statuses = engine.sandbox.world('mastodon').collection<{ text: string; createdAt: string }>('statuses');
    const [[key, status] = []] = statuses.entries().filter(([, { text }]) => text === word());
    statuses.set(key!, { ...status!, createdAt: new Date(Date.now() - 10_000).toISOString() });
    const publication = await engine.publication(tenant, channel, word());
    engine.sandbox.faults.add({ kind: 'reset', operation: 'commit', match: word() });
    expect((await worker.carryOut(publication.id)).state).toBe('committing');
    await engine.settle(publication.id);
    expect((await worker.carryOut(publication.id)).state).toBe('scheduled');
    expect((await worker.carryOut(publication.id)).state).toBe('published');
    expect(engine.shown(word())).toHaveLength(2);
  });

  it('rule 9: another account of the same network releases nothing; the same one does', async () => {
    const { id, channel_id, ...publication } = await publish('bluesky', 3_600);
    const { rows } = await query('select connection_id as id from channels where id = $1', [channel_id]);
    await engine.connections.disconnect(publication.organization_id, rows[0].id as string);
    await worker.sweep.sweep();
    expect(await engine.find(id)).toMatchObject({ state: 'held', held_reason: 'channel-disconnected' });
    expect(await account('bluesky', `${word()}other`)).not.toBe(channel_id);
    await worker.sweep.sweep();
    expect(await engine.find(id)).toMatchObject({ state: 'held', held_reason: 'channel-disconnected' });
    expect(await account('bluesky')).toBe(channel_id);
    await worker.sweep.sweep();
    expect((await engine.find(id)).state).toBe('scheduled');
  });

  describe('rule 17: who sees what', () => {
    /** What carries out publications, across tenants, and what it has to know of them. */
    const DELIVERY = [
      ...[
        'app_blocks',
        'breakers',
        'budget_reservations',
        'budget_uses',
        'channels',
        'connections',
        'installation',
        'installation_log',
        'organizations',
        'outbox',
      ],
      ...[
        'publication_transitions',
        'publications',
        'publishing_log',
        'quota_uses',
        'segments',
        'spending',
        'workspaces',
      ],
      // What programs are told, and where.
      ...['webhook_deliveries', 'webhook_log_positions', 'webhook_messages', 'webhooks'],
      // What is sent, and how far the making of it is.
      ...['discarded_originals', 'media_assets', 'publication_media', 'renditions', 'stray_files', 'uploads'],
      // What tells people of failures, and sign-ins that nobody confirmed.
      ...['alert_rounds', 'alerts', 'mails', 'notifications', 'reconnections'],
      // What happened, how far those are who tell of it, and what people are to be told of posts.
      ...['event_readers', 'events', 'notice_events', 'notice_posts'],
      // By which apps it is published, what platforms tell by themselves, and sign-ins that were begun and never ended.
      ...['deletion_requests', 'oauth_flows', 'platform_apps', 'platform_notices'],
    ];

    it('the engine reaches the delivery tables, and no other of all that there are', async () => {
      const { rows } = await query(`
        select c.relname as name from pg_class c
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
           and (has_table_privilege('clickpost_engine', c.oid, 'select, insert, update, delete, truncate')
                or has_any_column_privilege('clickpost_engine', c.oid, 'select, insert, update')) order by 1`);
      expect(rows.map((row: { name: string }) => row.name)).toEqual(
        expect.arrayContaining(['publications', 'channels']),
      );
      for (const { name } of rows as { name: string }[]) expect(DELIVERY).toContain(name);
    });

    it('every table of a tenant has row-level security that nobody is above, its owner included', async () => {
      const { rows } = await query(`
        select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced from pg_class c
          join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`);
      expect(rows.length).toBeGreaterThan(10);
      expect(rows.filter((row: { forced: boolean }) => !row.forced)).toEqual([]);
      const roles = await query('select rolname from pg_roles where rolname = any($1) and (rolbypassrls or rolsuper)', [
        APPLICATION_ROLES,
      ]);
      expect(roles.rows).toEqual([]);
    });

    it('work that names no tenant, or another one, finds and changes nothing', async () => {
      const { id } = await publish('bluesky', 3_600);
      const stranger = await engine.tenant();
      const touch = 'update publications set next_check_at = now() where id = $1';
      for (const organization of ['', stranger.organizationId])
        expect((await as('clickpost_app', touch, [id], organization)).rowCount).toBe(0);
      expect((await as('clickpost_app', touch, [id])).rowCount).toBe(1);
    });
  });

  describe('rule 18: what is kept', () => {
    const remove = (table: string, column: string, id: string) =>
      as('clickpost_retention', `delete from ${table} where ${column} = $1`, [id]);

    it('retention removes a whole publication that has come to its end, and never leaves a log without one', async () => {
      const { id } = await publish('bluesky');
      expect((await remove('publications', 'id', id)).rowCount).toBe(0);
      expect((await worker.carryOut(id)).state).toBe('published');
      await expect(remove('publications', 'id', id)).rejects.toMatchObject({ code: '23503' });
      await query('begin');
      await query(`select set_config('role', 'clickpost_retention', true)`);
      await query('delete from publishing_log where publication_id = $1', [id]);
      expect((await query('delete from publications where id = $1', [id])).rowCount).toBe(1);
      await query('reset role');
      expect((await query('select 1 from segments where publication_id = $1', [id])).rows).toEqual([]);
      await query('rollback');
    });

    it.each(['update publications set version = version + 1', `update publishing_log set kind = 'removed'`])(
      'retention changes nothing: %s',
      async (sql) => {
        await expect(as('clickpost_retention', sql)).rejects.toMatchObject({ code: '42501' });
      },
    );
  });

  describe('rule 20: residue', () => {
    it('a receiver without keys that are still good and without reads is never sent a second one: a person decides', async () => {
      const { id } = await publish('webhook');
      engine.sandbox.faults.add({ kind: 'accept-then-reset', operation: 'commit', match: word() });
      await worker.carryOut(id);
      await engine.settle(id);
      await query('update segments set prepared_until = now() where publication_id = $1', [id]);
      expect(await worker.carryOut(id)).toMatchObject({
        state: 'unconfirmed',
        failure: { remedy: expect.stringContaining('resolve it') },
      });
      await worker.dispatcher.dispatch();
      expect((await engine.find(id)).invitation).toBeNull();
      expect(engine.shown(word())).toHaveLength(1);
    });
  });
});
