import { ConnectionDisconnectedHandler, PlatformAccess } from '#channels';
import { systemClock } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type TestAccount } from '../support/api.js';
import { expectProblem } from '../support/problems.js';
import { PracticeApi } from '../support/practice-api.js';

describe('the health of connections', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    account = await practice.api.signUp();
  });
  afterAll(() => practice?.close());

  const bluesky = (name: string) => ({
    service: `${practice.sandbox.origin}/bluesky`,
    identifier: `${name}.bsky.test`,
    password: 'practice',
  });
  const connect = async (body: object, workspaceId = account.workspaceId) =>
    (await practice.as(account).post(`/v1/workspaces/${workspaceId}/connections`).send(body).expect(201)).body;
  const get = async (id: string) => (await practice.as(account).get(`/v1/connections/${id}`).expect(200)).body;
  const all = async () =>
    (await practice.as(account).get(`/v1/organizations/${account.organizationId}/connections`).expect(200)).body.data;
  const change = (id: string, set: string) => practice.owner.query(`update connections set ${set} where id = $1`, [id]);
  const newWorkspace = async (name: string): Promise<string> =>
    (await practice.as(account).post('/v1/workspaces').send({ name }).expect(201)).body.id;

  it('is good after connecting, and names what hangs on it', async () => {
    const { id, channels } = await connect({ platform: 'bluesky', credentials: bluesky('well') });
    const [connection] = await all();
    expect(connection).toMatchObject({
      id,
      status: 'connected',
      health: {
        status: 'healthy',
        missingScopes: [],
        lastSuccessAt: expect.any(String),
        lastFailure: null,
        workspaces: [{ id: account.workspaceId, channels: [{ id: channels[0].id }] }],
        hidden: { workspaces: 0, channels: 0 },
        revocation: null,
      },
    });
  });

  it('is shown to nobody of another organization', async () => {
    await connect({ platform: 'bluesky', credentials: bluesky('own') });
    const stranger = await practice.api.signUp();
    const path = `/v1/organizations/${account.organizationId}/connections`;
    expectProblem(await practice.as(stranger).get(path), { status: 404, slug: 'not-found' });
    const own = await practice.as(stranger).get(`/v1/organizations/${stranger.organizationId}/connections`).expect(200);
    expect(own.body.data).toEqual([]);
  });

  it.each([
    ['6 days', null, 'expiring'],
    ['8 days', null, 'healthy'],
    ['6 days', '1 hour', 'healthy'],
  ])('warns %s ahead where it is renewed in %s: %s', async (ends, renews, status) => {
    const { id } = await connect({ platform: 'bluesky', credentials: bluesky(`ends${ends[0]}${renews === null}`) });
    await change(
      id,
      `expires_at = now() + interval '${ends}', renew_at = ${renews === null ? 'null' : `now() + interval '${renews}'`}`,
    );
    const { health } = await get(id);
    expect(health.status).toBe(status);
    expect(Date.parse(health.validUntil)).toBeGreaterThan(Date.now());
    expect(health.renewsAt === null).toBe(renews === null);
  });

  it('warns on the last day where renewing keeps failing', async () => {
    const { id } = await connect({ platform: 'bluesky', credentials: bluesky('failing') });
    const soon = `expires_at = now() + interval '1 hour', renew_at = now() + interval '10 minutes'`;
    await change(id, `${soon}, renew_failures = 2`);
    expect((await get(id)).health).toMatchObject({ status: 'healthy', renewFailures: 2 });
    await change(id, `${soon}, renew_failures = 3`);
    expect((await get(id)).health.status).toBe('expiring');
  });

  it('never counts on a renewal that the platform does not know', async () => {
    const { id } = await connect({ platform: 'mastodon', practice: true });
    await change(id, `expires_at = now() + interval '6 days', renew_at = now()`);
    expect((await get(id)).health).toMatchObject({ status: 'expiring', renewsAt: null });
  });

  it('knows when something was last published through it, and what last went wrong', async () => {
    const connection = await connect({
      platform: 'mastodon',
      credentials: { instance: `${practice.sandbox.origin}/mastodon`, accessToken: 'practice-published' },
    });
    const [channel] = connection.channels;
    const [first] = (await practice.schedule(account, [channel])).publications;
    await practice.owner.query(
      `update segments s set fences = 1, first_fenced_at = now(), fenced_at = now(), settled_at = now(), outcome = 'published',
         platform_object_id = '1', platform_account = concat_ws(':', c.platform, 'practice', c.external_id),
         published_at = '2031-01-02T03:04:05Z' from channels c where c.id = s.channel_id and s.publication_id = $1`,
      [first.id],
    );
    const [second] = (await practice.schedule(account, [channel])).publications;
    await practice.bring(second.id, ['preparing', 'failed']);
    expect((await get(connection.id)).health).toMatchObject({
      lastSuccessAt: '2031-01-02T03:04:05.000Z',
      // What the post itself was refused for is not the connection's failure.
      lastFailure: null,
    });
    await practice.owner.query(
      `update publications set version = version + 1,
              failure = '{"kind": "permission", "message": "Not allowed.", "remedy": "Ask the owner."}' where id = $1`,
      [second.id],
    );
    expect((await get(connection.id)).health.lastFailure).toMatchObject({
      at: expect.any(String),
      failure: { message: 'Not allowed.', remedy: 'Ask the owner.' },
    });
  });

  it('counts what others see, and names none of it', async () => {
    const body = { platform: 'bluesky', credentials: bluesky('shared') };
    const { id } = await connect(body);
    const secret = await newWorkspace('A secret client');
    await connect({ ...body, acceptShared: true }, secret);
    await connect({ platform: 'bluesky', credentials: bluesky('elsewhere') }, secret);
    expect((await get(id)).health.workspaces).toHaveLength(2);

    await practice.owner.query(`update members set role = 'member' where user_id = $1`, [account.userId]);
    await practice.owner.query(
      'insert into workspace_members (organization_id, workspace_id, user_id, role) values ($1, $2, $3, $4)',
      [account.organizationId, account.workspaceId, account.userId, 'viewer'],
    );
    const seen = await all();
    expect(seen.map((connection: { id: string }) => connection.id)).toEqual([id]);
    expect(seen[0].health).toMatchObject({
      workspaces: [{ id: account.workspaceId }],
      hidden: { workspaces: 1, channels: 1 },
    });
    expect(JSON.stringify(seen)).not.toContain('secret');
    // Whoever may only look changes nothing.
    for (const [method, path] of [
      ['post', `/v1/connections/${id}/reconnect`],
      ['get', `/v1/connections/${id}/reconnect`],
      ['post', `/v1/connections/${id}/reconnect/confirm`],
      ['delete', `/v1/connections/${id}/reconnect`],
      ['delete', `/v1/channels/${seen[0].channels[0].id}`],
    ] as const) {
      expectProblem(await practice.as(account)[method](path), { status: 403, slug: 'forbidden' });
    }
  });

  describe('after disconnecting', () => {
    /** Does what the worker does with the job: `failed` when it is to be tried again. */
    const giveBack = async (connectionId: string, since?: string): Promise<'done' | 'failed'> => {
      const { rows } = await practice.owner.query<{ id: string; payload: Record<string, unknown> }>(
        `select id, payload from outbox where topic = 'connection.disconnected' and payload->>'connectionId' = $1`,
        [connectionId],
      );
      expect(rows).toHaveLength(1);
      const { app, kernel } = practice.api;
      const handler = new ConnectionDisconnectedHandler(
        systemClock,
        kernel.database,
        app.get(PlatformRegistry, { strict: false }),
        app.get(PlatformAccess, { strict: false }),
      );
      const payload = { ...rows[0]!.payload, ...(since && { since }) };
      const message = { id: rows[0]!.id, organizationId: account.organizationId, topic: handler.topic, payload };
      return handler.handle(message).then(
        () => 'done',
        () => 'failed',
      );
    };
    const disconnected = async (name: string) => {
      const { id } = await connect({ platform: 'bluesky', credentials: bluesky(name) });
      await practice.as(account).delete(`/v1/connections/${id}`).expect(204);
      return id as string;
    };
    const revocation = async (id: string) => (await get(id)).health.revocation;
    const away = () =>
      practice.sandbox.faults.add({
        platform: 'bluesky',
        operation: 'connect',
        match: 'deleteSession',
        kind: 'refuse-unavailable',
      });
    afterEach(() => practice.sandbox.faults.clear());

    it('holds no credentials any more, and says when the platform took its permission back', async () => {
      const id = await disconnected('bye');
      const { rows } = await practice.owner.query('select credentials from connections where id = $1', [id]);
      expect(rows).toEqual([{ credentials: null }]);
      expect(await revocation(id)).toMatchObject({ state: 'pending', failure: null });
      expect(await giveBack(id)).toBe('done');
      expect(await revocation(id)).toMatchObject({ state: 'done', failure: null });
      // Done once, it can be done again without harm.
      expect(await giveBack(id)).toBe('done');
    });

    it('says that the platform did not take it back yet, and is tried again', async () => {
      const id = await disconnected('later');
      away();
      expect(await giveBack(id)).toBe('failed');
      const failed = await revocation(id);
      expect(failed).toMatchObject({ state: 'pending', failure: { kind: 'unavailable' } });
      expect(failed.failure.remedy).toContain('remove ClickPost in the settings');
      expect(await giveBack(id)).toBe('done');
      expect(await revocation(id)).toMatchObject({ state: 'done', failure: null });
    });

    it('leaves it to a person after three days', async () => {
      const id = await disconnected('never');
      away();
      expect(await giveBack(id, new Date(Date.now() - 4 * 86_400_000).toISOString())).toBe('done');
      expect(await revocation(id)).toMatchObject({ state: 'failed', failure: { kind: 'unavailable' } });
    });
  });
});
