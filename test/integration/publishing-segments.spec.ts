import { type PublicationRecord, segmentsOf } from '#publishing';
import { type FaultKind } from '#sandbox';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

const NETWORKS = ['bluesky', 'mastodon'] as const;

describe('rule 11: segments go in order', () => {
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

  const word = (): string => `part${count}`;
  const text = (part: string): string => `${word()}-${part}`;
  const texts = (): string[] => ['one', 'two', 'three'].map(text);
  const channel = (platform: string): Promise<string> => engine.account(tenant, platform, word());
  const thread = async (platform: string, more = {}): Promise<PublicationRecord> =>
    engine.thread(tenant, await channel(platform), texts(), more);
  const fault = (kind: FaultKind, part: string, more: { delayMs?: number } = {}): void => {
    engine.sandbox.faults.add({ kind, operation: 'commit', match: text(part), ...more });
  };
  const retry = (id: string): Promise<PublicationRecord> =>
    engine.act(tenant, id, (service, tx, actor, record) => service.retry(tx, actor, record));
  const cancel = (id: string): Promise<PublicationRecord> =>
    engine.act(tenant, id, (service, tx, actor, record) => service.cancel(tx, actor, record, 'Enough.'));
  const progress = async (id: string): Promise<string[]> => {
    const segments = await engine.as(tenant, async (tx) => segmentsOf(tx, [await engine.publications.find(tx, id)]));
    return (segments.get(id) ?? []).map(({ kind, state }) => `${kind} ${state}`);
  };
  const last = async (id: string) => (await engine.log(id)).at(-1);
  const visible = () => engine.sandbox.visible().filter((post) => post.text.includes(word()));
  const visibleAs = (part: string) => visible().find((post) => post.text === text(part));
  const preparing = (): Promise<unknown> =>
    engine.sandbox.waitForRequest((request) => request.operation === 'prepare' && request.at >= begun);
  const fences = async (id: string): Promise<number[]> => (await engine.segments(id)).map((segment) => segment.fences);
  /** A crash: nobody renews the lease, and somebody else is invited. */
  const handOver = async (id: string): Promise<void> => {
    await engine.owner.query(
      `update publications set leased_until = now() - interval '1 s', next_check_at = now() where id = $1`,
      [id],
    );
    await other.dispatcher.dispatch();
    const { invitation } = await engine.find(id);
    await other.runner.run({ publicationId: id, invitation: invitation! });
  };

  describe.each(NETWORKS)('%s', (platform) => {
    it('publishes the parts in order, each below the one before, and the first comment below the post', async () => {
      const { id } = await thread(platform, { firstComment: text('comment') });
      expect((await worker.carryOut(id)).state).toBe('published');
      const [one, two, three, comment] = visible();
      expect(visible().map((post) => post.text)).toEqual([...texts(), text('comment')]);
      expect([one?.replyTo, two?.replyTo, three?.replyTo]).toEqual([undefined, one?.id, two?.id]);
      expect(comment?.replyTo).toBe(one?.id);
      expect(await progress(id)).toEqual(['post published', 'reply published', 'reply published', 'comment published']);
      const segments = await engine.segments(id);
      expect(segments.map((segment) => segment.platform_object_id)).toEqual(visible().map((post) => post.id));
      expect(new Set(segments.map((segment) => segment.permalink)).size).toBe(4);
      expect((await engine.find(id)).permalink).toBe(segments[0]?.permalink);
      expect((await engine.log(id)).filter(({ kind }) => kind === 'committed')).toHaveLength(4);
    });

    it('a failure in the middle leaves what is out and says so; a retry goes on at the missing part', async () => {
      const { id } = await thread(platform);
      fault('refuse-content', 'two');
      const failed = await worker.carryOut(id);
      expect(failed).toMatchObject({ state: 'failed', failure: { kind: 'content' } });
      expect(failed.failure?.message).toMatch(/ 1 of 3 parts is out\.$/);
      expect(failed.failure?.remedy).toMatch(/^Retry sends the missing parts as they are/);
      expect(await last(id)).toMatchObject({ kind: 'failed', evidence: { published: 1, of: 3 } });
      expect(await progress(id)).toEqual(['post published', 'reply pending', 'reply pending']);
      expect(engine.shown(word())).toEqual([text('one')]);
      await retry(id);
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(engine.shown(word())).toEqual(texts());
      expect(await fences(id)).toEqual([1, 2, 1]);
      expect(visibleAs('two')?.replyTo).toBe(visibleAs('one')?.id);
    });

    it('a first comment that is refused leaves the whole thread out', async () => {
      const { id } = await thread(platform, { firstComment: text('comment') });
      fault('refuse-content', 'comment');
      expect((await worker.carryOut(id)).failure?.message).toMatch(/ 3 of 4 parts are out\.$/);
      expect(engine.shown(word())).toEqual(texts());
      await retry(id);
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(visibleAs('comment')?.replyTo).toBe(visibleAs('one')?.id);
      expect(visible()).toHaveLength(4);
    });

    it('a worker that is lost between two parts: another one goes on at the missing part', async () => {
      const { id } = await thread(platform, { media: { 1: await engine.image(tenant) } });
      engine.sandbox.faults.add({ kind: 'slow', operation: 'prepare', platform, delayMs: 700 });
      const lost = worker.carryOut(id);
      await preparing();
      expect(engine.shown(word())).toEqual([text('one')]);
      await handOver(id);
      await lost;
      expect((await engine.find(id)).state).toBe('published');
      expect(engine.shown(word())).toEqual(texts());
      expect(await fences(id)).toEqual([1, 1, 1]);
    });

    it('a worker that is lost while a part is sent: the part is looked for, and not sent twice', async () => {
      const { id } = await thread(platform);
      fault('slow', 'two', { delayMs: 700 });
      const lost = worker.carryOut(id);
      await engine.eventually(
        async () => ((await fences(id))[1] === 1 ? true : undefined),
        () => engine.story(id),
      );
      await handOver(id);
      expect((await lost).state).toBe('committing');
      await engine.settle(id);
      expect((await other.carryOut(id)).state).toBe('published');
      expect(engine.shown(word())).toEqual(texts());
      expect(await fences(id)).toEqual([1, 1, 1]);
    });

    it.each<[FaultKind, number]>([
      ['accept-then-reset', 1],
      ['reset', 2],
    ])('an unknown outcome in the middle (%s) is cleared up for that part alone', async (kind, sent) => {
      const { id } = await thread(platform);
      fault(kind, 'two');
      expect((await worker.carryOut(id)).state).toBe('committing');
      await engine.settle(id);
      while ((await worker.carryOut(id)).state === 'scheduled');
      expect((await engine.find(id)).state).toBe('published');
      const looks = (await engine.log(id)).filter((entry) => entry.kind === 'reconciled');
      expect(new Set(looks.map((entry) => entry.evidence?.['segment']))).toEqual(new Set([1]));
      expect(engine.shown(word())).toEqual(texts());
      expect(await fences(id)).toEqual([1, sent, 1]);
      expect(visibleAs('three')?.replyTo).toBe(visibleAs('two')?.id);
    });

    it('cancelling in the middle stops the rest and says how much is out', async () => {
      const { id } = await thread(platform, { media: { 1: await engine.image(tenant) } });
      engine.sandbox.faults.add({ kind: 'slow', operation: 'prepare', platform, delayMs: 500 });
      const running = worker.carryOut(id);
      await preparing();
      expect((await cancel(id)).state).toBe('cancelled');
      await running;
      expect(await last(id)).toMatchObject({
        kind: 'cancelled',
        evidence: { why: 'Enough.', published: 1, of: 3 },
      });
      expect(engine.shown(word())).toEqual([text('one')]);
      expect(await progress(id)).toEqual(['post published', 'reply pending', 'reply pending']);
    });

    it('a thread that has begun is not stranded for being late by then', async () => {
      const { id, workspace_id } = await thread(platform);
      fault('refuse-rate-limit', 'two');
      expect((await worker.carryOut(id)).state).toBe('scheduled');
      await engine.owner.query('update workspaces set late_limit_minutes = 1 where id = $1', [workspace_id]);
      await engine.owner.query(
        `update publications set due_at = due_at - interval '1 hour', version = version + 1 where id = $1`,
        [id],
      );
      expect((await worker.carryOut(id)).state).toBe('published');
      expect(engine.shown(word())).toEqual(texts());
    });
  });

  it('a part that nobody can tell of waits for a person, who can have it and the rest sent', async () => {
    const { id } = await unconfirmedInTheMiddle('reset');
    const resolved = engine.act(tenant, id, (service, tx, actor, record) =>
      service.resolve(tx, actor, record, { outcome: 'published', permalink: 'https://social.example/@practice/2' }),
    );
    // The third part has to hang below one that ClickPost does not know.
    await expect(resolved).rejects.toMatchObject({ status: 409 });
    await engine.act(tenant, id, (service, tx, actor, record) =>
      service.resolve(tx, actor, record, { outcome: 'not-published' }),
    );
    expect((await worker.carryOut(id)).state).toBe('published');
    expect(visible().map((post) => post.text)).toEqual(texts());
  });

  it('a part that a person has seen as the last one ends the thread', async () => {
    const { id } = await unconfirmedInTheMiddle('accept-then-reset', 'three');
    const { state, permalink } = await engine.act(tenant, id, (service, tx, actor, record) =>
      service.resolve(tx, actor, record, { outcome: 'published', permalink: 'https://social.example/@practice/3' }),
    );
    const [first] = await engine.segments(id);
    expect({ state, permalink }).toEqual({ state: 'published', permalink: first?.permalink });
    expect(await progress(id)).toEqual(['post published', 'reply published', 'reply published']);
  });

  it('a failure in the middle leaves what is out and says so; cancelling stops the rest', async () => {
    const place = await channel('mastodon');
    await engine.owner.query(`update channels set limits = jsonb_set(limits, '{text,max}', '1000') where id = $1`, [
      place,
    ]);
    const parts = [`${word()}-one`, `${word()}-two ${'long '.repeat(120)}`, `${word()}-three`];
    const { id } = await engine.thread(tenant, place, parts);
    expect(await worker.carryOut(id)).toMatchObject({ state: 'failed', failure: { kind: 'content' } });
    const last = (await engine.log(id)).at(-1);
    expect(last).toMatchObject({ kind: 'failed', evidence: { published: 1, of: 3 } });
    const cancelled = await engine.act(tenant, id, (service, tx, actor, record) =>
      service.cancel(tx, actor, record, 'Enough.'),
    );
    expect(cancelled.state).toBe('cancelled');
    expect(engine.shown(word())).toEqual([`${word()}-one`]);
  });

  it('resumes at the missing part after a hold, and is not stranded for being late by then', async () => {
    const place = await channel('mastodon');
    const { id, workspace_id } = await engine.thread(tenant, place, texts());
    fault('refuse-auth', 'two');
    expect(await worker.carryOut(id)).toMatchObject({ state: 'held', held_reason: 'channel-disconnected' });
    await engine.owner.query('update workspaces set late_limit_minutes = 1 where id = $1', [workspace_id]);
    await engine.owner.query(
      `update publications set due_at = due_at - interval '1 hour', version = version + 1 where id = $1`,
      [id],
    );
    await channel('mastodon');
    await worker.sweep.release();
    expect((await worker.carryOut(id)).state).toBe('published');
    expect(engine.shown(word())).toEqual(texts());
  });

  /** A part whose outcome could not be looked up for a day. */
  async function unconfirmedInTheMiddle(kind: FaultKind, part = 'two'): Promise<PublicationRecord> {
    const { id } = await thread('mastodon');
    fault(kind, part);
    await worker.carryOut(id);
    await engine.settle(id);
    await engine.owner.query(
      `update segments set fenced_at = now() - interval '25 hours' where publication_id = $1 and outcome is null and fences > 0`,
      [id],
    );
    engine.sandbox.faults.add({ kind: 'refuse-unavailable', operation: 'read', platform: 'mastodon', times: 1 });
    const unconfirmed = await worker.carryOut(id);
    expect(unconfirmed.state).toBe('unconfirmed');
    const published = part === 'two' ? 1 : 2;
    expect(await last(id)).toMatchObject({ kind: 'unconfirmed', evidence: { published, of: 3 } });
    return unconfirmed;
  }

  describe('what is out of a thread is never sent once more', () => {
    const failedInTheMiddle = async () => {
      const { id, post_id } = await thread('bluesky');
      fault('refuse-content', 'two');
      expect((await worker.carryOut(id)).state).toBe('failed');
      const { post } = await engine.posts.get(tenant.organizationId, post_id);
      return { id, post };
    };
    const publications = async (postId: string) =>
      (await engine.posts.get(tenant.organizationId, postId)).publications.map(({ state }) => state);

    it.each<[string, Parameters<TestEngine['posts']['update']>[3]]>([
      ['an edit', { content: { text: 'something else' } }],
      ['another time', { schedule: 'now' }],
      ['taking it back to a draft', { schedule: null }],
    ])('%s is refused', async (_, change) => {
      const { post } = await failedInTheMiddle();
      await expect(engine.posts.update(tenant.author, post.id, post.version, change)).rejects.toMatchObject({
        status: 409,
        message: expect.stringContaining('A part of its thread is out'),
      });
      await expect(engine.posts.delete(tenant.author, post.id, post.version)).rejects.toMatchObject({ status: 409 });
      expect(await publications(post.id)).toEqual(['failed']);
    });

    it('nor is it scheduled again after the rest was cancelled', async () => {
      const { id, post } = await failedInTheMiddle();
      await cancel(id);
      await expect(
        engine.posts.update(tenant.author, post.id, post.version, { schedule: 'now' }),
      ).rejects.toMatchObject({ status: 409 });
      expect(await publications(post.id)).toEqual(['cancelled']);
      expect(engine.shown(word())).toEqual([text('one')]);
    });
  });
});
