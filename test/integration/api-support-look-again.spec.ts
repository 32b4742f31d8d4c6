import { type OutboxMessage } from '#kernel';
import { LookAgainHandler, type PublicationRecord } from '#publishing';
import { type FaultKind } from '#sandbox';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

describe('a person asks for a look', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let handler: LookAgainHandler;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start();
    worker = await engine.parts();
    const [context] = engine.workers;
    if (!context) throw new Error('There is no worker.');
    handler = context.get(LookAgainHandler, { strict: false });
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    count += 1;
  });
  afterAll(() => engine.close());

  const word = (): string => `again${count}`;
  const channel = (platform: string): Promise<string> => engine.account(tenant, platform, word());
  const look = (id: string): Promise<PublicationRecord> =>
    engine.act(tenant, id, (service, tx, actor, record) => service.look(tx, actor, record));
  const kinds = async (id: string): Promise<string[]> => (await engine.log(id)).map((entry) => entry.kind);
  const last = async (id: string) => (await engine.log(id)).at(-1);
  /** Does what the outbox holds for it. */
  const handle = async (id: string): Promise<void> => {
    const { rows } = await engine.owner.query<OutboxMessage>(
      `delete from outbox where topic = 'publication.look-again' and payload ->> 'publicationId' = $1
       returning id, organization_id as "organizationId", topic, payload`,
      [id],
    );
    expect(rows).toHaveLength(1);
    for (const message of rows) await handler.handle(message);
  };
  const lookAndWait = async (id: string): Promise<PublicationRecord> => {
    await look(id);
    await handle(id);
    return engine.find(id);
  };
  /** Nobody can tell: as after a look that showed several of the same text. */
  const unconfirm = async (id: string): Promise<void> => {
    await engine.settle(id);
    const failure = JSON.stringify({ kind: 'unknown', message: 'No answer came.', remedy: 'Look at the account.' });
    await engine.owner.query(
      `update publications set state = 'unconfirmed', version = version + 1, failure = $2 where id = $1`,
      [id, failure],
    );
    await engine.owner.query(
      `insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state, failure)
       select gen_random_uuid(), id, organization_id, version, 'unconfirmed', '{"type": "worker"}', 1, state, failure
         from publications where id = $1`,
      [id],
    );
  };
  const unconfirmed = async (platform: string, kind: FaultKind): Promise<string> => {
    const { id } = await engine.publication(tenant, await channel(platform), word());
    engine.sandbox.faults.add({ kind, operation: 'commit', match: word() });
    expect((await worker.carryOut(id)).state).toBe('committing');
    await unconfirm(id);
    return id;
  };

  it.each(['mastodon', 'bluesky', 'facebook'])(
    '%s: what is there is published with its receipt, and not sent again',
    async (platform) => {
      const id = await unconfirmed(platform, 'accept-then-reset');
      const found = await lookAndWait(id);
      expect(found).toMatchObject({ state: 'published', failure: null, permalink: expect.stringMatching(/^http/) });
      expect((await kinds(id)).slice(-3)).toEqual(['retry-planned', 'reconciled', 'published']);
      expect((await engine.segments(id))[0]).toMatchObject({ outcome: 'published', fences: 1 });
      expect(engine.shown(word())).toHaveLength(1);
    },
  );

  it('rule 8: what is not there stays unconfirmed, with the evidence, and is not sent', async () => {
    const id = await unconfirmed('mastodon', 'reset');
    expect(await lookAndWait(id)).toMatchObject({ state: 'unconfirmed', failure: { message: 'No answer came.' } });
    expect(await last(id)).toMatchObject({
      kind: 'reconciled',
      state: 'unconfirmed',
      evidence: { outcome: 'absent', segment: 0, exchanges: [expect.objectContaining({ method: 'GET' })] },
    });
    expect(engine.shown(word())).toEqual([]);
  });

  it('what another publication owns is not taken for it', async () => {
    const where = await channel('mastodon');
    const other = await engine.publication(tenant, where, word());
    const { id } = await engine.publication(tenant, where, word());
    engine.sandbox.faults.add({ kind: 'reset', operation: 'commit', match: word() });
    expect((await worker.carryOut(other.id)).state).toBe('committing');
    await unconfirm(other.id);
    expect((await worker.carryOut(id)).state).toBe('published');
    expect((await lookAndWait(other.id)).state).toBe('unconfirmed');
    expect(await last(other.id)).toMatchObject({ kind: 'reconciled' });
  });

  it('a decision that is made meanwhile counts, and the look says nothing any more', async () => {
    const id = await unconfirmed('mastodon', 'accept-then-reset');
    await look(id);
    await engine.act(tenant, id, (service, tx, actor, record) =>
      service.resolve(tx, actor, record, { outcome: 'published' }),
    );
    const before = await kinds(id);
    await handle(id);
    expect(await kinds(id)).toEqual(before);
  });

  it('a platform that is away is asked again later, and in the end the log says that it could not be looked up', async () => {
    const id = await unconfirmed('mastodon', 'reset');
    engine.sandbox.faults.add({ kind: 'refuse-unavailable', operation: 'read', times: 20 });
    await look(id);
    for (let time = 0; time < 4; time += 1) {
      expect((await engine.find(id)).state).toBe('unconfirmed');
      await handle(id);
    }
    const log = await engine.log(id);
    expect(log.slice(-4).map(({ kind }) => kind)).toEqual([
      'retry-planned',
      'retry-planned',
      'retry-planned',
      'reconciled',
    ]);
    expect(log.at(-1)).toMatchObject({
      failure: { kind: 'unavailable' },
      evidence: { outcome: 'unknown', why: expect.stringMatching(/^It could not be looked up/) },
    });
    expect(engine.shown(word())).toEqual([]);
  });

  it('rule 11: a part of a thread that is found lets the parts behind it follow', async () => {
    const { id } = await engine.thread(tenant, await channel('mastodon'), [`${word()} one`, `${word()} two`]);
    engine.sandbox.faults.add({ kind: 'accept-then-reset', operation: 'commit', match: `${word()} one` });
    expect((await worker.carryOut(id)).state).toBe('committing');
    await unconfirm(id);
    expect((await lookAndWait(id)).state).toBe('scheduled');
    expect((await worker.carryOut(id)).state).toBe('published');
    expect(engine.shown(word()).toSorted()).toEqual([`${word()} one`, `${word()} two`]);
  });

  it('what is undecided is looked at now, and never before the platform has settled', async () => {
    const { id } = await engine.publication(tenant, await channel('mastodon'), word());
    engine.sandbox.faults.add({ kind: 'accept-then-reset', operation: 'commit', match: word() });
    await worker.carryOut(id);
    const [segment] = await engine.segments(id);
    await engine.owner.query(`update publications set next_check_at = now() + interval '1 hour' where id = $1`, [id]);
    const asked = await look(id);
    expect(asked.state).toBe('committing');
    expect(asked.next_check_at.getTime()).toBeGreaterThanOrEqual(segment?.settled_at?.getTime() ?? Infinity);
    expect(asked.next_check_at.getTime()).toBeLessThan(Date.now() + 60_000);
    await engine.settle(id);
    expect((await worker.carryOut(id)).state).toBe('published');
    expect(engine.shown(word())).toHaveLength(1);
  });

  it('rule 9: what a person holds is released by no sweep and sent by nobody, until a person releases it', async () => {
    const { id } = await engine.publication(tenant, await channel('mastodon'), word());
    await engine.act(tenant, id, (service, tx, actor, record) => service.hold(tx, actor, record));
    await worker.sweep.sweep();
    await engine.skipWait(id);
    await worker.dispatcher.dispatch();
    expect(await engine.find(id)).toMatchObject({ state: 'held', held_reason: 'held-by-person', invitation: null });
    // Rule 10: a release by a person sets the due time to now.
    await engine.owner.query(
      `update publications set version = version + 1, due_at = now() - interval '30 days' where id = $1`,
      [id],
    );
    const released = await engine.act(tenant, id, (service, tx, actor, record) => service.release(tx, actor, record));
    expect(released).toMatchObject({ state: 'scheduled' });
    expect((await worker.carryOut(id)).state).toBe('published');
  });
});
