import { explainCause } from '#publishing';
import { type TestAccount } from '../support/api.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

const TO_COMMITTING = ['preparing', 'ready', 'committing'];

describe('support', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let channel: TestChannel;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    account = await practice.api.signUp();
    channel = await practice.connect(account);
  });
  afterAll(() => practice?.close());

  const list = (query: object = {}, who = account) => practice.as(who).get('/v1/support/publications').query(query);
  const causes = (query: object = {}, who = account) => practice.as(who).get('/v1/support/causes').query(query);
  const ids = async (query: object = {}): Promise<string[]> =>
    (await list(query).expect(200)).body.data.map(({ id }: { id: string }) => id).sort();
  const total = async (query: object = {}): Promise<number> => (await causes(query).expect(200)).body.total;

  const publication = async (states: string[] = [], where = channel): Promise<string> => {
    const { publications } = await practice.schedule(account, [where]);
    await practice.bring(publications[0].id, states);
    return publications[0].id;
  };
  const set = (id: string, columns: string) =>
    practice.owner.query(`update publications set version = version + 1, ${columns} where id = $1`, [id]);
  const failed = async (kind: string, where = channel): Promise<string> => {
    const id = await publication(['preparing', 'failed'], where);
    await set(id, `failure = failure || '{"kind": "${kind}"}'`);
    return id;
  };
  const late = async (states: string[] = []): Promise<string> => {
    const id = await publication(states);
    await set(id, `due_at = now() - interval '6 minutes'`);
    return id;
  };
  /** As many more like a publication. */
  const multiply = (id: string, times: number) =>
    practice.owner.query(
      `insert into publications (id, organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
              cleared_hash, due_at, time_zone, local_due, state, held_reason, failure, version, next_check_at)
       select gen_random_uuid(), organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
              cleared_hash, due_at, time_zone, local_due, state, held_reason, failure, 1, next_check_at
         from publications, generate_series(1, $2) where id = $1`,
      [id, times],
    );

  it('sees what stopped and what is late, with everything that names it', async () => {
    const made = [
      await failed('auth'),
      await publication(['held']),
      await publication([...TO_COMMITTING, 'unconfirmed']),
      await late(),
      await late(['preparing', 'ready']),
    ];
    await set(await publication(), `due_at = now() - interval '4 minutes'`);
    await publication();
    await publication([...TO_COMMITTING, 'published']);
    await set(await publication(['cancelled']), `due_at = now() - interval '6 minutes'`);
    const { body } = await list().expect(200);
    const workspace = await practice.as(account).get(`/v1/workspaces/${account.workspaceId}`).expect(200);
    const named = {
      workspaceId: account.workspaceId,
      workspaceName: workspace.body.name,
      platform: 'mastodon',
      channelName: channel.name,
      text: 'Hello',
    };
    expect(body.data).toMatchObject([
      { id: made[4], state: 'ready', cause: 'late', ...named },
      { id: made[3], state: 'scheduled', cause: 'late', ...named },
      { id: made[2], state: 'unconfirmed', cause: 'unconfirmed', ...named },
      { id: made[1], state: 'held', cause: 'held:channel-paused', ...named },
      { id: made[0], state: 'failed', cause: 'failed:auth', ...named },
    ]);
  });

  it('tells them apart by state, by cause, by channel and by workspace', async () => {
    const other = await practice.connect(account, 'bluesky');
    const auth = await failed('auth');
    const content = await failed('content', other);
    const held = await publication(['held']);
    const unconfirmed = await publication([...TO_COMMITTING, 'unconfirmed']);
    const tooLate = await late();
    expect(await ids({ state: 'failed' })).toEqual([auth, content].sort());
    expect(await ids({ state: 'late' })).toEqual([tooLate]);
    expect(await ids({ state: 'unconfirmed' })).toEqual([unconfirmed]);
    expect(await ids({ cause: 'failed:auth' })).toEqual([auth]);
    expect(await ids({ cause: 'held:channel-paused' })).toEqual([held]);
    expect(await ids({ cause: 'held:too-late' })).toEqual([]);
    expect(await ids({ cause: 'late', state: 'late' })).toEqual([tooLate]);
    expect(await ids({ cause: 'late', state: 'failed' })).toEqual([]);
    expect(await ids({ channelId: other.id })).toEqual([content]);
    expect(await total({ channelId: other.id })).toBe(1);
    const second = await practice.as(account).post('/v1/workspaces').send({ name: 'Second' }).expect(201);
    expect(await ids({ workspaceId: second.body.id })).toEqual([]);
    expect(await total({ workspaceId: second.body.id })).toBe(0);
    expect(await ids({ workspaceId: account.workspaceId })).toHaveLength(5);
    expect(await total({ workspaceId: account.workspaceId })).toBe(5);
  });

  it('counts them by cause, the worst first, beyond one page', async () => {
    const other = await practice.connect(account, 'bluesky');
    const oldest = await publication(['held']);
    await set(oldest, `due_at = '2026-01-02T03:04:05Z'`);
    await multiply(await publication(['held']), 150);
    await multiply(await late(), 120);
    await failed('content');
    await failed('auth');
    await failed('auth', other);
    await publication([...TO_COMMITTING, 'unconfirmed']);
    await publication();
    const { body } = await causes().expect(200);
    expect(body).toEqual({
      data: [
        { cause: 'unconfirmed', state: 'unconfirmed', count: 1, platforms: ['mastodon'] },
        { cause: 'failed:auth', state: 'failed', count: 2, platforms: ['bluesky', 'mastodon'] },
        { cause: 'failed:content', state: 'failed', count: 1, platforms: ['mastodon'] },
        { cause: 'late', state: 'late', count: 121, platforms: ['mastodon'] },
        { cause: 'held:channel-paused', state: 'held', count: 152, platforms: ['mastodon'] },
      ].map((cause) => ({
        ...cause,
        ...explainCause(cause.cause as Parameters<typeof explainCause>[0]),
        oldestDueAt: expect.any(String),
      })),
      total: 277,
    });
    expect(body.data.at(-1).oldestDueAt).toBe('2026-01-02T03:04:05.000Z');
    let seen = 0;
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 100, ...(cursor !== undefined && { cursor }) }).expect(200);
      seen += page.body.data.length;
      cursor = page.body.next;
    } while (cursor !== undefined);
    expect(seen).toBe(body.total);
  });

  it('finds nothing where nothing is wrong', async () => {
    await publication();
    expect((await list().expect(200)).body).toEqual({ data: [] });
    expect((await causes().expect(200)).body).toEqual({ data: [], total: 0 });
  });

  it.each([
    [{ channelId: 'x' }, 'channelId'],
    [{ workspaceId: 'x' }, 'workspaceId'],
    [{ state: 'published' }, 'state'],
    [{ cause: 'failed:bad-luck' }, 'cause'],
    [{ colour: 'red' }, 'colour'],
  ])('is not told causes for %j', async (query, field) => {
    expectProblem(await causes(query), { status: 422, slug: 'validation-failed', field });
  });

  it('is not told the page behind an impossible instant', async () => {
    const keys = ['2026-02-30T00:00:00.000000Z', account.workspaceId];
    const cursor = Buffer.from(JSON.stringify(keys)).toString('base64url');
    expectProblem(await list({ cursor }), { status: 422, slug: 'validation-failed', field: 'cursor' });
  });

  it.each(['owner', 'admin', 'support', 'manager', 'author', 'approver', 'viewer'] as const)(
    'is open to every %s who sees the workspace, and to nobody else',
    async (role) => {
      const held = await publication(['held']);
      await practice.become(account, role);
      expect(await ids()).toEqual([held]);
      expect(await total()).toBe(1);
      const stranger = await practice.api.signUp();
      expect((await list({ workspaceId: account.workspaceId }, stranger).expect(200)).body).toEqual({ data: [] });
      expect((await causes({ channelId: channel.id }, stranger).expect(200)).body).toEqual({ data: [], total: 0 });
    },
  );

  it('shows nothing to a member who was given no workspace', async () => {
    await publication(['held']);
    await practice.become(account, 'member');
    expect(await ids()).toEqual([]);
    expect(await total()).toBe(0);
  });
});
