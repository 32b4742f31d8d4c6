import { type TestAccount } from '../support/api.js';
import { inHours, PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

const TO_COMMITTING = ['preparing', 'ready', 'committing'];

describe('publications', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let channel: TestChannel;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  // Each its own: only one publication of a channel may be on its way out.
  beforeEach(async () => {
    account = await practice.api.signUp();
    channel = await practice.connect(account);
  });
  afterAll(() => practice?.close());

  /** A new publication, brought to a state that only the worker reaches. */
  const publication = async (...states: string[]): Promise<string> => {
    const { publications } = await practice.schedule(account, [channel]);
    await practice.bring(publications[0].id, states);
    return publications[0].id;
  };
  const act = (id: string, verb: string, body: object = {}) =>
    practice.as(account).post(`/v1/publications/${id}/${verb}`).send(body);
  const refused = async (id: string, verb: string, body: object, expected: Parameters<typeof expectProblem>[1]) => {
    const before = await practice.counts();
    expectProblem(await act(id, verb, body), expected);
    expect(await practice.counts()).toEqual(before);
  };

  it('are cancelled, once, and the log says by whom', async () => {
    const id = await publication();
    expect((await act(id, 'cancel').expect(200)).body).toMatchObject({ id, state: 'cancelled' });
    expect((await act(id, 'cancel').expect(200)).body).toMatchObject({ id, state: 'cancelled' });
    const { body } = await practice.as(account).get(`/v1/publications/${id}/log`).expect(200);
    expect(body.data).toEqual([
      expect.objectContaining({ kind: 'scheduled', attempt: 0, state: 'scheduled', evidence: expect.any(Object) }),
      expect.objectContaining({ kind: 'cleared' }),
      {
        id: expect.any(String),
        at: expect.any(String),
        kind: 'cancelled',
        actor: { type: 'user', id: account.userId, name: 'test' },
        attempt: 0,
        state: 'cancelled',
        evidence: { why: 'A person cancelled it.' },
      },
    ]);
  });

  it('tell their log in pages', async () => {
    const id = await publication();
    await act(id, 'cancel').expect(200);
    const kinds: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 1, ...(cursor !== undefined && { cursor }) };
      const { body } = await practice.as(account).get(`/v1/publications/${id}/log`).query(query).expect(200);
      kinds.push(...body.data.map((entry: { kind: string }) => entry.kind));
      cursor = body.next;
    } while (cursor !== undefined);
    expect(kinds).toEqual(['scheduled', 'cleared', 'cancelled']);
    const answer = await practice.as(account).get(`/v1/publications/${id}/log?cursor=nonsense`);
    expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'cursor' });
  });

  it.each([[TO_COMMITTING], [[...TO_COMMITTING, 'published']]])('are not cancelled after %j', async (states) => {
    await refused(await publication(...states), 'cancel', {}, { status: 409, slug: 'already-publishing' });
  });

  it('are tried again after a failure, at once', async () => {
    const id = await publication('preparing', 'failed');
    const failed = await practice.as(account).get(`/v1/publications/${id}`).expect(200);
    expect(failed.body).toMatchObject({ state: 'failed', failure: { kind: 'unknown', remedy: expect.any(String) } });
    const { body } = await act(id, 'retry').expect(200);
    expect(body).toMatchObject({ state: 'scheduled', attempts: 0 });
    expect(Math.abs(Date.parse(body.dueAt) - Date.now())).toBeLessThan(60_000);
    expect((await practice.logKinds(account, id)).at(-1)).toBe('released');
  });

  it.each([[[]], [['held']], [[...TO_COMMITTING, 'unconfirmed']], [[...TO_COMMITTING, 'published']]])(
    'are not tried again after %j',
    async (states) => {
      await refused(await publication(...states), 'retry', {}, { status: 409, slug: 'conflict' });
    },
  );

  it('are resolved as published by whoever has seen them', async () => {
    const id = await publication(...TO_COMMITTING, 'unconfirmed');
    const permalink = 'https://mastodon.example/@me/1';
    const { body } = await act(id, 'resolve', { outcome: 'published', permalink }).expect(200);
    expect(body).toMatchObject({ state: 'published', permalink, publishedAt: expect.any(String) });
    expect(body.failure).toBeUndefined();
    expect((await practice.logKinds(account, id)).at(-1)).toBe('resolved');
  });

  it('are sent again by whoever has looked and not found them', async () => {
    const id = await publication(...TO_COMMITTING, 'unconfirmed');
    const { body } = await act(id, 'resolve', { outcome: 'not-published' }).expect(200);
    expect(body).toMatchObject({ state: 'scheduled', publishedAt: null });
  });

  it.each([
    [{}, 'outcome'],
    [{ outcome: 'maybe' }, 'outcome'],
    [{ outcome: 'published', permalink: 'javascript:alert(1)' }, 'permalink'],
    [{ outcome: 'published', permalink: null }, 'permalink'],
    [{ outcome: 'published', note: 'x' }, 'note'],
  ])('are not resolved by %j', async (body, field) => {
    const id = await publication(...TO_COMMITTING, 'unconfirmed');
    await refused(id, 'resolve', body, { status: 422, slug: 'validation-failed', field });
  });

  it('are not resolved where nothing is in doubt', async () => {
    await refused(await publication(), 'resolve', { outcome: 'published' }, { status: 409, slug: 'conflict' });
  });

  it('say why they are held and what ends it', async () => {
    const id = await publication('held');
    const { body } = await practice.as(account).get(`/v1/publications/${id}`).expect(200);
    expect(body).toMatchObject({
      state: 'held',
      heldReason: 'channel-paused',
      held: { message: 'The channel is paused.', remedy: expect.stringContaining('Resume') },
    });
  });

  describe('that need attention', () => {
    const list = (query: object = {}) => practice.as(account).get('/v1/support/publications').query(query);
    const idsOf = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id);

    it('are listed, the latest change first, and by state and channel', async () => {
      const failed = await publication('preparing', 'failed');
      const held = await publication('held');
      const unconfirmed = await publication(...TO_COMMITTING, 'unconfirmed');
      await publication();
      await publication(...TO_COMMITTING, 'published');
      const { body } = await list().expect(200);
      expect(idsOf(body)).toEqual([unconfirmed, held, failed]);
      expect(body.data).toMatchObject([
        { state: 'unconfirmed', failure: { kind: 'unknown' }, platform: 'mastodon', channelName: channel.name },
        { state: 'held', heldReason: 'channel-paused', held: { remedy: expect.any(String) } },
        { state: 'failed', failure: { remedy: expect.any(String) }, updatedAt: expect.any(String) },
      ]);
      expect(idsOf((await list({ state: 'failed' }).expect(200)).body)).toEqual([failed]);
      expect(idsOf((await list({ channelId: channel.id }).expect(200)).body)).toHaveLength(3);
      expect(idsOf((await list({ workspaceId: account.workspaceId }).expect(200)).body)).toHaveLength(3);
      const other = await practice.connect(account, 'bluesky');
      expect(idsOf((await list({ channelId: other.id }).expect(200)).body)).toEqual([]);
    });

    it('come in pages without gaps, also where they changed in one instant', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 5; n += 1) ids.push(await publication());
      const client = practice.owner;
      await client.query(
        `update publications set version = version + 1, state = 'held', held_reason = 'channel-paused' where id = any($1)`,
        [ids],
      );
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await list({ limit: 2, ...(cursor !== undefined && { cursor }) }).expect(200);
        seen.push(...idsOf(body));
        cursor = body.next;
      } while (cursor !== undefined);
      expect(seen.sort()).toEqual(ids.sort());
    });

    it.each([
      [{ state: 'published' }, 'state'],
      [{ cause: 'failed' }, 'cause'],
      [{ channelId: 'x' }, 'channelId'],
      [{ workspaceId: 'x' }, 'workspaceId'],
      [{ limit: 0 }, 'limit'],
      [{ cursor: 'WyIyMDI2IiwieCJd' }, 'cursor'],
      [{ since: 'yesterday' }, 'since'],
    ])('are not listed for %j', async (query, field) => {
      expectProblem(await list(query), { status: 422, slug: 'validation-failed', field });
    });
  });

  it('are retried and resolved by support staff, who change nothing else', async () => {
    const failed = await publication('preparing', 'failed');
    const unconfirmed = await publication(...TO_COMMITTING, 'unconfirmed');
    const scheduled = await practice.schedule(account, [channel]);
    await practice.owner.query(`update members set role = 'support' where user_id = $1`, [account.userId]);
    await act(failed, 'retry').expect(200);
    await act(unconfirmed, 'resolve', { outcome: 'published' }).expect(200);
    const as = practice.as(account);
    const workspace = `/v1/workspaces/${account.workspaceId}`;
    const post = { content: { text: 'x' }, channels: [], schedule: null };
    const forbidden = [
      await act(scheduled.publications[0].id, 'cancel'),
      await as.post(`${workspace}/posts`).send(post),
      await as
        .patch(`/v1/posts/${scheduled.id}`)
        .set('if-match', scheduled.etag)
        .send({ schedule: inHours(1) }),
      await as.delete(`/v1/posts/${scheduled.id}`).set('if-match', scheduled.etag),
      await as.post(`${workspace}/connections`).send({ platform: 'webhook', practice: true }),
      await as.post(`${workspace}/media`).attach('file', Buffer.from('x'), 'x.jpg'),
      await as.post(`/v1/channels/${channel.id}/pause`),
    ];
    for (const answer of forbidden) expectProblem(answer, { status: 403, slug: 'forbidden' });
    await as.get(`/v1/posts/${scheduled.id}`).expect(200);
  });
});
