import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type PublicationRecord } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

const HOUR = 3_600;
const GATES = [
  [
    'channel-disconnected',
    `update channels set health = case when $2::timestamptz is null then 'healthy' else 'disconnected' end where id = $1`,
    'channel_id',
  ],
  ['channel-paused', 'update channels set paused_at = $2::timestamptz where id = $1', 'channel_id'],
  ['workspace-paused', 'update workspaces set paused_at = $2::timestamptz where id = $1', 'workspace_id'],
  ['organization-paused', 'update organizations set paused_at = $2::timestamptz where id = $1', 'organization_id'],
  ['installation-paused', 'update installation set paused_at = $2::timestamptz where $1::uuid is not null', 'id'],
] as const;

describe('rule 9: holds that are known ahead', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let channel: string;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start();
    worker = await engine.parts();
  });
  beforeEach(async () => {
    tenant = await engine.tenant();
    count += 1;
    channel = await engine.account(tenant, 'bluesky', word());
  });
  afterAll(() => engine.close());

  const word = (): string => `ahead${count}`;
  const scheduled = (text = word()): Promise<PublicationRecord> =>
    engine.publication(tenant, channel, text, { dueIn: HOUR });
  const pause = (paused: boolean) => engine.channels.setPaused(tenant.organizationId, channel, paused);
  const inAnHour = () => ({ at: new Date(Date.now() + HOUR * 1_000), timeZone: 'UTC', local: '2030-01-01T09:00' });
  const held = (reason: string) => ({ state: 'held', held_reason: reason, invitation: null, attempts: 0 });

  describe.each(GATES)('%s', (reason, sql, column) => {
    const close = (of: PublicationRecord, at: Date | null) => engine.owner.query(sql, [of[column], at]);

    it('what is scheduled is held at once, and released when the cause ends', async () => {
      const earlier = await scheduled(`${word()} earlier`);
      await close(earlier, new Date());
      try {
        const created = await scheduled();
        expect(created).toMatchObject(held(reason));
        const told = (await engine.log(created.id)).at(-1);
        expect(told).toMatchObject({ kind: 'held', state: 'held', version: created.version });
        expect(told?.evidence).toEqual({ reason, message: expect.any(String), remedy: expect.any(String) });
        await worker.sweep.sweep();
        expect((await engine.find(created.id)).state).toBe('held');
        // What was scheduled before the gate closed is held ahead of its time as well.
        expect(await engine.find(earlier.id)).toMatchObject(held(reason));
        await close(earlier, null);
        await worker.sweep.sweep();
        for (const { id, due_at } of [created, earlier]) {
          expect(await engine.find(id)).toMatchObject({ state: 'scheduled', held_reason: null, due_at });
          expect(await engine.story(id)).toBe('scheduled cleared held released');
        }
      } finally {
        await close(earlier, null);
      }
    });

    it('what is revised, rescheduled or retried is held at once', async () => {
      const [first, second, third] = [await scheduled(), await scheduled(), await scheduled()];
      await engine.owner.query(
        `update publications set failure = '{"kind":"unknown"}', version = version + 1 where id = $1`,
        [third.id],
      );
      await close(first, new Date());
      try {
        const changed = [
          await engine.act(tenant, first.id, (service, tx, actor, record) =>
            service.revise(tx, actor, record, {
              ...{ revision: 2, cleared: true },
              content: { segments: [{ kind: 'post', text: 'Other', media: [] }], settings: {} },
            }),
          ),
          await engine.act(tenant, second.id, (service, tx, actor, record) =>
            service.reschedule(tx, actor, record, inAnHour()),
          ),
          await engine.act(tenant, third.id, (service, tx, actor, record) => service.retry(tx, actor, record)),
        ];
        for (const { id } of changed) expect(await engine.find(id)).toMatchObject(held(reason));
      } finally {
        await close(first, null);
      }
    });
  });

  it('pausing and resuming tell a worker, which follows without waiting for the time', async () => {
    const waiting = [await scheduled(`${word()} one`), await scheduled(`${word()} two`)];
    const elsewhere = await engine.publication(tenant, await engine.account(tenant, 'mastodon', word()), word(), {
      dueIn: HOUR,
    });
    const loop = await engine.startWorker();
    try {
      await pause(true);
      for (const { id } of waiting) expect(await engine.until(id, 'held')).toMatchObject(held('channel-paused'));
      expect((await engine.find(elsewhere.id)).state).toBe('scheduled');
      await pause(false);
      for (const { id } of waiting) await engine.until(id, 'scheduled');
      expect((await engine.find(elsewhere.id)).version).toBe(elsewhere.version);
    } finally {
      await loop.close();
    }
  });

  it('a hold of many is done in batches, each row once', async () => {
    const { id } = await scheduled();
    await engine.owner.query(
      `insert into publications (id, organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
         cleared_hash, due_at, time_zone, local_due, state, version, next_check_at)
       select gen_random_uuid(), organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
         cleared_hash, due_at, time_zone, local_due, state, version, next_check_at
         from publications, generate_series(1, 1199) where id = $1`,
      [id],
    );
    await pause(true);
    const both = await Promise.all([worker.sweep.hold(), worker.sweep.hold()]);
    const rest = await worker.sweep.hold();
    expect(both[0] + both[1] + rest).toBe(1200);
    const states = await engine.owner.query(
      'select state, held_reason, version, count(*)::int from publications where channel_id = $1 group by 1, 2, 3',
      [channel],
    );
    expect(states.rows).toEqual([{ state: 'held', held_reason: 'channel-paused', version: 3, count: 1200 }]);
    await pause(false);
    expect(await worker.sweep.release()).toBe(1200);
  });

  it('one gate opens while another is closed: it stays held, for the other reason', async () => {
    const { id } = await scheduled();
    await pause(true);
    await worker.sweep.sweep();
    await engine.owner.query('update workspaces set paused_at = now() where id = $1', [tenant.workspaceId]);
    await pause(false);
    await worker.sweep.sweep();
    expect(await engine.find(id)).toMatchObject(held('workspace-paused'));
    expect((await engine.log(id)).map((entry) => entry.kind).slice(2)).toEqual(['held', 'released', 'held']);
  });

  it('what is not approved says so first, and then what else stands in the way', async () => {
    await pause(true);
    const content = { segments: [{ kind: 'post' as const, text: word(), media: [] }], settings: {} };
    const { organizationId, workspaceId } = tenant;
    const [created] = await engine.as(tenant, (tx, actor) =>
      engine.publications.schedule(tx, actor, [
        {
          ...{ organizationId, workspaceId, channelId: channel, content, due: inAnHour() },
          ...{ postId: channel, revision: 1, cleared: false },
        },
      ]),
    );
    const { id } = created!;
    expect(await engine.find(id)).toMatchObject({ ...held('approval-missing'), version: 2 });
    expect(await engine.story(id)).toBe('scheduled held');
    await engine.owner.query(
      'update publications set cleared_hash = content_hash, version = version + 1 where id = $1',
      [id],
    );
    await worker.sweep.sweep();
    expect(await engine.find(id)).toMatchObject(held('channel-paused'));
  });

  it('what is between fence and outcome is not touched', async () => {
    const { id } = await scheduled();
    await engine.owner.query('alter table publications disable trigger publications_guard');
    await engine.owner.query(
      `update publications set state = 'committing', first_fenced_at = now(), version = version + 1 where id = $1`,
      [id],
    );
    await engine.owner.query('alter table publications enable trigger publications_guard');
    await pause(true);
    await worker.sweep.sweep();
    expect((await engine.find(id)).state).toBe('committing');
  });

  describe('an acknowledged change of a gate is not missed', () => {
    /** Changes the channel in an open transaction, and schedules while nobody knows yet how that ends. */
    async function schedulesDuring(sql: string): Promise<PublicationRecord> {
      const other = new pg.Client({ connectionString: engine.ownerUrl });
      await other.connect();
      try {
        await other.query('begin');
        await other.query(sql, [channel]);
        const scheduling = scheduled();
        await engine.eventually(
          async () => {
            const { rows } = await engine.owner.query(
              `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
            );
            return rows[0];
          },
          () => 'Nobody waits for the gate.',
        );
        await other.query('commit');
        return await scheduling;
      } finally {
        await other.end();
      }
    }

    it('a pause', async () => {
      const created = await schedulesDuring('update channels set paused_at = now() where id = $1');
      expect(created).toMatchObject(held('channel-paused'));
    });

    it('a reconnect', async () => {
      await engine.owner.query(`update channels set health = 'disconnected' where id = $1`, [channel]);
      const created = await schedulesDuring(`update channels set health = 'healthy' where id = $1`);
      expect(created).toMatchObject({ state: 'scheduled', held_reason: null });
    });

    it('a pause that comes while something is scheduled waits for it, and then holds it', async () => {
      let pausing: Promise<unknown> | undefined;
      let done = false;
      const { organizationId, workspaceId } = tenant;
      const content = { segments: [{ kind: 'post' as const, text: word(), media: [] }], settings: {} };
      const [created] = await engine.as(tenant, async (tx, actor) => {
        const made = await engine.publications.schedule(tx, actor, [
          {
            ...{ organizationId, workspaceId, channelId: channel, content, due: inAnHour() },
            ...{ postId: channel, revision: 1, cleared: true },
          },
        ]);
        pausing = pause(true).then(() => (done = true));
        await sleep(100);
        expect(done).toBe(false);
        return made;
      });
      await pausing;
      await worker.sweep.sweep();
      expect(await engine.find(created!.id)).toMatchObject(held('channel-paused'));
    });
  });
});
