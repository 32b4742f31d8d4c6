import pg from 'pg';
import { type PublicationRecord } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

describe('leases, prepared sets and the fence', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let other: EngineParts;
  let count = 0;
  let begun = '';

  beforeAll(async () => {
    engine = await TestEngine.start();
    await engine.withoutBreakers();
    worker = await engine.parts();
    other = await engine.parts();
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    count += 1;
    begun = new Date().toISOString();
  });
  afterAll(() => engine.close());

  const word = (): string => `fence${count}`;
  const channel = (platform = 'bluesky'): Promise<string> => engine.account(tenant, platform, word());
  const slowCommit = (delayMs: number): void => {
    engine.sandbox.faults.add({ kind: 'slow', operation: 'commit', match: word(), delayMs });
  };
  const asked = (operation: 'prepare' | 'commit'): Promise<unknown> =>
    engine.sandbox.waitForRequest((request) => request.operation === operation && request.at >= begun);
  const committing = (): Promise<unknown> => asked('commit');
  const publish = async (options: { dueIn?: number; media?: readonly string[] } = {}): Promise<PublicationRecord> =>
    engine.publication(tenant, await channel(), word(), options);
  const edit = async (publication: PublicationRecord, text: string): Promise<unknown> => {
    const { post } = await engine.posts.get(tenant.organizationId, publication.post_id);
    return engine.posts.update(tenant.author, post.id, post.version, { content: { text } });
  };
  const kinds = async (id: string, kind: string): Promise<number> =>
    (await engine.log(id)).filter((entry) => entry.kind === kind).length;

  describe('rule 3: invitations, not leases, travel in jobs', () => {
    it('a doubled job finds nothing to swap', async () => {
      const { id } = await publish();
      const invitation = await worker.invite(id);
      await Promise.all([worker.runner.run(invitation), other.runner.run(invitation), worker.runner.run(invitation)]);
      await other.runner.run(invitation);
      expect((await engine.find(id)).state).toBe('published');
      expect(await kinds(id, 'attempt-started')).toBe(1);
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('a late job finds nothing to swap, before and after somebody else was invited', async () => {
      const { id } = await publish();
      const late = await worker.invite(id);
      await engine.owner.query(`update publications set invited_until = now() - interval '1 s' where id = $1`, [id]);
      await worker.runner.run(late);
      expect((await engine.find(id)).state).toBe('scheduled');
      const next = await other.invite(id);
      await worker.runner.run(late);
      expect((await engine.find(id)).attempts).toBe(0);
      await other.runner.run(next);
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('a change by a user takes the invitation away', async () => {
      const publication = await publish();
      const invitation = await worker.invite(publication.id);
      await edit(publication, `${word()} corrected`);
      await worker.runner.run(invitation);
      expect(await engine.story(publication.id)).toBe('scheduled cleared revised cleared');
    });

    it('a lease that ran out while its runner was still committing leads to a look, not to a second post', async () => {
      const { id } = await publish();
      slowCommit(700);
      const first = worker.carryOut(id);
      await committing();
      await engine.owner.query(
        `update publications set leased_until = now() - interval '1 s', next_check_at = now() where id = $1`,
        [id],
      );
      await other.dispatcher.dispatch();
      const { invitation } = await engine.find(id);
      await other.runner.run({ publicationId: id, invitation: invitation! });
      // The first one has its receipt now, and no lease to record it with.
      expect((await first).state).toBe('committing');
      await engine.settle(id);
      expect((await other.carryOut(id)).state).toBe('published');
      expect(await engine.story(id)).toMatch(/fenced retry-planned reconciled published$/);
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('a runner whose publication was given to another one writes nothing any more', async () => {
      const { id } = await publish({ dueIn: 2 });
      const first = worker.carryOut(id);
      await engine.until(id, 'ready');
      await engine.owner.query(
        `update publications set leased_until = now() - interval '1 s', next_check_at = now() where id = $1`,
        [id],
      );
      // Before the heartbeat comes.
      await other.dispatcher.dispatch();
      const { invitation } = await engine.find(id);
      await other.runner.run({ publicationId: id, invitation: invitation! });
      await first;
      expect((await engine.find(id)).state).toBe('published');
      expect(await kinds(id, 'fenced')).toBe(1);
      expect(engine.shown(word())).toHaveLength(1);
    });
  });

  describe('rule 4: checkpoints need the current lease and content hash', () => {
    it('an upload for a version that was edited meanwhile is discarded, and the old version never goes out', async () => {
      const publication = await publish({ media: [await engine.image(tenant)] });
      engine.sandbox.faults.add({ kind: 'slow', operation: 'prepare', platform: 'bluesky', delayMs: 500 });
      const first = worker.carryOut(publication.id);
      await asked('prepare');
      await edit(publication, `${word()} second version`);
      expect((await first).state).toBe('scheduled');
      const [before] = await engine.segments(publication.id);
      expect(before).toMatchObject({ checkpoints: {}, prepared: null, set_id: null });
      expect((await worker.carryOut(publication.id)).state).toBe('published');
      expect(engine.shown(word())).toEqual([`${word()} second version`]);
    });

    it('a finished step is not done again after a crash', async () => {
      const publication = await publish({ media: [await engine.image(tenant)] });
      // The process dies between the upload and the end of the preparation.
      const crash = await crashOn(publication.id, `new.state = 'ready'`);
      await worker.carryOut(publication.id);
      await crash.end();
      const uploads = () => engine.sandbox.requests('bluesky').filter((r) => r.operation === 'prepare').length;
      const before = uploads();
      expect((await worker.carryOut(publication.id)).state).toBe('published');
      expect(uploads()).toBe(before);
    });

    it('a set that has expired is made anew and never used again', async () => {
      const { id } = await publish({ dueIn: 1.5 });
      const run = worker.carryOut(id);
      await engine.until(id, 'ready');
      const [expired] = await engine.segments(id);
      await engine.owner.query(`update segments set prepared_until = now() where publication_id = $1`, [id]);
      expect((await run).state).toBe('scheduled');
      expect((await worker.carryOut(id)).state).toBe('published');
      const [segment] = await engine.segments(id);
      expect(segment?.set_id).not.toBe(expired?.set_id);
      expect(segment?.fences).toBe(1);
      // It was no try.
      expect((await engine.find(id)).attempts).toBe(1);
    });
  });

  describe('rule 5: the fence', () => {
    /** Another connection that stands in the fence's way until it has decided. */
    async function atTheFence(id: string, decide: (gate: pg.Client) => Promise<unknown>): Promise<PublicationRecord> {
      const run = worker.carryOut(id);
      const { channel_id } = await engine.until(id, 'ready');
      const gate = new pg.Client({ connectionString: engine.ownerUrl });
      await gate.connect();
      try {
        await gate.query('begin');
        await gate.query('select 1 from channels where id = $1 for update', [channel_id]);
        await engine.eventually(
          async () => {
            const { rowCount } = await gate.query(
              `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
            );
            return rowCount ? true : undefined;
          },
          () => 'The fence never came.',
        );
        await decide(gate);
        await gate.query('commit');
      } finally {
        await gate.end();
      }
      await run;
      return engine.find(id);
    }

    it('a pause that was acknowledged before the fence means that nothing goes out', async () => {
      const { id, channel_id } = await publish({ dueIn: 0.8 });
      const held = await atTheFence(id, (gate) =>
        gate.query('update channels set paused_at = now() where id = $1', [channel_id]),
      );
      expect(held).toMatchObject({ state: 'held', held_reason: 'channel-paused', attempts: 0 });
      expect(engine.shown(word())).toEqual([]);
    });

    it('a disconnect that was acknowledged before the fence means that nothing goes out', async () => {
      const { id, channel_id } = await publish({ dueIn: 0.8 });
      const held = await atTheFence(id, (gate) =>
        gate.query(`update channels set health = 'disconnected' where id = $1`, [channel_id]),
      );
      expect(held).toMatchObject({ state: 'held', held_reason: 'channel-disconnected' });
      expect(engine.shown(word())).toEqual([]);
    });

    it.each([
      ['workspaces', 'workspace_id', 'workspace-paused'],
      ['organizations', 'organization_id', 'organization-paused'],
    ] as const)('a pause of one of the %s holds as well', async (table, column, reason) => {
      const publication = await publish();
      await engine.owner.query(`update ${table} set paused_at = now() where id = $1`, [publication[column]]);
      expect(await worker.carryOut(publication.id)).toMatchObject({ state: 'held', held_reason: reason });
      expect(engine.shown(word())).toEqual([]);
    });

    it('a fence that took longer than S sends nothing, and the next one does', async () => {
      const { id } = await publish({ dueIn: 0.8 });
      const back = await atTheFence(id, (gate) => gate.query('select pg_sleep(2.2)'));
      expect(back).toMatchObject({ state: 'scheduled', attempts: 0 });
      expect(engine.shown(word())).toEqual([]);
      expect((await worker.carryOut(id)).state).toBe('published');
      expect((await engine.segments(id))[0]?.fences).toBe(2);
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('nothing goes out without clearance, however late it was withdrawn', async () => {
      const { id } = await publish({ dueIn: 0.8 });
      const run = worker.carryOut(id);
      await engine.until(id, 'ready');
      await engine.owner.query(
        `update publications set cleared_hash = null, version = version + 1, state = 'held',
                held_reason = 'approval-missing', lease = null, leased_until = null where id = $1`,
        [id],
      );
      await run;
      expect(await engine.find(id)).toMatchObject({ state: 'held', held_reason: 'approval-missing' });
      expect(engine.shown(word())).toEqual([]);
    });

    it.each([
      ['none', null, 'approval-missing'],
      ['one for other content', 'of something else', 'changed-after-approval'],
    ])('a clearance that is not for this very content does not count: %s', async (_name, cleared, reason) => {
      const { id } = await publish();
      await engine.owner.query('update publications set cleared_hash = $2, version = version + 1 where id = $1', [
        id,
        cleared,
      ]);
      expect(await worker.carryOut(id)).toMatchObject({ state: 'held', held_reason: reason });
      expect(engine.shown(word())).toEqual([]);
    });

    it('never sends what was prepared for other content, even if nothing else noticed the change', async () => {
      const { id } = await publish({ dueIn: 0.8 });
      const run = worker.carryOut(id);
      await engine.until(id, 'ready');
      await engine.owner.query(`update segments set set_hash = 'of something else' where publication_id = $1`, [id]);
      expect((await run).state).toBe('scheduled');
      expect(engine.shown(word())).toEqual([]);
    });
  });

  describe('rule 7: committing is left only by a receipt, a listed refusal or a look', () => {
    it.each([
      ['a pause', (p: PublicationRecord) => engine.channels.setPaused(p.organization_id, p.channel_id, true)],
      ['a disconnect', (p: PublicationRecord) => disconnect(p)],
      [
        'a hold of the whole channel',
        (p: PublicationRecord) => disconnect(p).then(() => worker.sweep.holdChannel(p.channel_id)),
      ],
    ])('%s does not touch it', async (_name, interfere) => {
      const publication = await publish();
      slowCommit(500);
      const run = worker.carryOut(publication.id);
      await committing();
      await interfere(publication);
      expect((await engine.find(publication.id)).state).toBe('committing');
      expect((await run).state).toBe('published');
      expect(engine.shown(word())).toHaveLength(1);
    });

    it('a disconnect does not lose the outcome of a request that was cut off: it is looked up after the reconnect', async () => {
      const publication = await publish();
      engine.sandbox.faults.add({ kind: 'accept-then-reset', operation: 'commit', match: word() });
      await worker.carryOut(publication.id);
      await disconnect(publication);
      await engine.settle(publication.id);
      expect((await worker.carryOut(publication.id)).state).toBe('committing');
      expect(await channel()).toBe(publication.channel_id);
      expect((await worker.carryOut(publication.id)).state).toBe('published');
      expect(engine.shown(word())).toHaveLength(1);
    });

    it.each([
      ['a refusal is written', 'refuse-rate-limit', `old.state = 'committing' and new.state = 'scheduled'`],
      ['a look is written', 'reset', `old.state = 'committing' and new.state in ('scheduled', 'preparing')`],
      ['a receipt is written', undefined, `new.state = 'published'`],
    ] as const)('a crash while %s leaves a publication that is looked up and ends well', async (_name, fault, when) => {
      const { id } = await publish();
      if (fault) engine.sandbox.faults.add({ kind: fault, operation: 'commit', match: word() });
      const crash = await crashOn(id, when);
      await worker.carryOut(id);
      if (fault === 'reset') {
        await engine.settle(id);
        await worker.carryOut(id);
      }
      await crash.end();
      expect((await engine.find(id)).state).toBe('committing');
      await engine.settle(id);
      await worker.carryOut(id);
      if ((await engine.find(id)).state !== 'published') await worker.carryOut(id);
      expect((await engine.find(id)).state).toBe('published');
      expect(engine.shown(word())).toHaveLength(1);
    });
  });

  async function disconnect(publication: PublicationRecord): Promise<void> {
    const { rows } = await engine.owner.query<{ connection_id: string }>(
      'select connection_id from channels where id = $1',
      [publication.channel_id],
    );
    await engine.connections.disconnect(publication.organization_id, rows[0]!.connection_id);
  }

  /** Every such change of this publication fails, as if the process died there; afterwards its lease has run out. */
  async function crashOn(id: string, when: string): Promise<{ end(): Promise<void> }> {
    await engine.owner.query(`
      create or replace function crash() returns trigger language plpgsql as $$ begin raise exception 'crash'; end $$;
      create trigger crash before update on publications for each row
        when (old.id = '${id}' and old.state <> new.state and ${when}) execute function crash()`);
    return {
      end: async () => {
        await engine.owner.query('drop trigger crash on publications');
        await engine.owner.query('update publications set lease = null, leased_until = null where id = $1', [id]);
      },
    };
  }
});
