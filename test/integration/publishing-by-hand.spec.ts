import { type PublicationRecord } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

describe('people against the runner', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let count = 0;
  let begun = '';

  beforeAll(async () => {
    engine = await TestEngine.start();
    await engine.withoutBreakers();
    worker = await engine.parts();
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    count += 1;
    begun = new Date().toISOString();
  });
  afterAll(() => engine.close());

  const word = (): string => `hand${count}`;
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
  const cancel = (id: string): Promise<PublicationRecord> =>
    engine.act(tenant, id, (service, tx, actor, record) => service.cancel(tx, actor, record, 'Changed my mind.'));
  const reschedule = (id: string): Promise<PublicationRecord> =>
    engine.act(tenant, id, (service, tx, actor, record) =>
      service.reschedule(tx, actor, record, { at: new Date(Date.now() + 3_600_000), timeZone: 'UTC', local: 'later' }),
    );

  describe('rules 3 and 5: a user against the runner', () => {
    const act = {
      edited: (p: PublicationRecord) => edit(p, `${word()} edited`),
      cancelled: (p: PublicationRecord) => cancel(p.id),
      rescheduled: (p: PublicationRecord) => reschedule(p.id),
    };
    const actions = Object.keys(act) as (keyof typeof act)[];

    it.each(actions)('%s while it is being prepared: the old version never goes out', async (action) => {
      const publication = await publish({ media: [await engine.image(tenant)] });
      engine.sandbox.faults.add({ kind: 'slow', operation: 'prepare', platform: 'bluesky', delayMs: 300 });
      const run = worker.carryOut(publication.id);
      await asked('prepare');
      await act[action](publication);
      expect((await run).state).toBe(action === 'cancelled' ? 'cancelled' : 'scheduled');
      expect(engine.shown(word())).toEqual([]);
      expect(await engine.story(publication.id)).not.toContain('fenced');
    });

    it.each(actions)('%s while it waits for its due time: the old version never goes out', async (action) => {
      const publication = await publish({ dueIn: 1 });
      const run = worker.carryOut(publication.id);
      await engine.until(publication.id, 'ready');
      await act[action](publication);
      expect((await run).state).toBe(action === 'cancelled' ? 'cancelled' : 'scheduled');
      expect(engine.shown(word())).toEqual([]);
    });

    it.each(actions)('%s after the fence: 409, and it goes out as it was', async (action) => {
      const publication = await publish();
      slowCommit(500);
      const run = worker.carryOut(publication.id);
      await committing();
      await expect(act[action](publication)).rejects.toMatchObject({
        status: 409,
        type: expect.stringContaining('already-publishing'),
      });
      expect((await run).state).toBe('published');
      expect(engine.shown(word())).toEqual([word()]);
    });

    it('refuses a retry by hand while it is being sent', async () => {
      const { id } = await publish();
      slowCommit(500);
      const run = worker.carryOut(id);
      await committing();
      const retry = engine.act(tenant, id, (service, tx, actor, record) => service.retry(tx, actor, record));
      await expect(retry).rejects.toMatchObject({ status: 409 });
      expect((await run).state).toBe('published');
    });

    it('the first fence freezes the content for good: a refused one is replaced by a corrected one', async () => {
      const id = await channel('mastodon');
      // The server takes less than it once said.
      await engine.owner.query(`update channels set limits = jsonb_set(limits, '{text,max}', '1000') where id = $1`, [
        id,
      ]);
      const publication = await engine.publication(tenant, id, `${word()} ${'long '.repeat(120)}`);
      expect(await worker.carryOut(publication.id)).toMatchObject({
        state: 'failed',
        failure: { kind: 'content', platformCode: '422/too-long', remedy: expect.stringContaining('Shorten') },
      });
      await edit(publication, `${word()} corrected`);
      expect(await engine.find(publication.id)).toMatchObject({
        state: 'cancelled',
        content_hash: publication.content_hash,
      });
      const { publications } = await engine.posts.get(tenant.organizationId, publication.post_id);
      const corrected = publications.find((candidate) => candidate.state === 'scheduled')!;
      expect((await worker.carryOut(corrected.id)).state).toBe('published');
      expect(engine.shown(word())).toEqual([`${word()} corrected`]);
    });

    it('one that was refused and is given another time waits for it, as it is', async () => {
      const publication = await publish();
      engine.sandbox.faults.add({ kind: 'refuse-content', operation: 'commit', platform: 'bluesky', match: word() });
      expect((await worker.carryOut(publication.id)).state).toBe('failed');
      const at = new Date(Date.now() + 3_600_000).toISOString();
      const { post } = await engine.posts.get(tenant.organizationId, publication.post_id);
      await engine.posts.update(tenant.author, post.id, post.version, { schedule: { at, timeZone: 'UTC' } });
      const { publications } = await engine.posts.get(tenant.organizationId, publication.post_id);
      const states = publications.map(({ state, due_at }) => [state, due_at.toISOString()]).sort();
      expect(states).toEqual([
        ['cancelled', publication.due_at.toISOString()],
        ['scheduled', at],
      ]);
      expect(engine.shown(word())).toEqual([]);
    });
  });
});
