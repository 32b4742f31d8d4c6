import { ConnectionDisconnectedHandler, PlatformAccess, removeAbandonedFlows } from '#channels';
import { systemClock } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type TestAccount } from '../support/api.js';
import { expectProblem } from '../support/problems.js';
import { inHours, PracticeApi } from '../support/practice-api.js';

const PAGES = ['Practice Bakery', 'Second Shop', 'Third Shop'];

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

  describe('on reconnecting by credentials', () => {
    it('shows what it would change, and changes it after a yes', async () => {
      const { id, channels } = await connect({ platform: 'bluesky', credentials: bluesky('again') });
      const { publications } = await practice.schedule(account, channels);
      const before = await practice.owner.query('select credentials from connections where id = $1', [id]);
      const begun = await practice
        .as(account)
        .post(`/v1/connections/${id}/reconnect`)
        .send({ credentials: bluesky('again') })
        .expect(200);
      expect(begun.body).toMatchObject({
        state: 'ready',
        preview: { gained: [], kept: [{ id: channels[0].id, scheduled: 1 }], lost: [] },
      });
      expect(JSON.stringify(begun.body)).not.toMatch(/Jwt|password/);
      const still = await practice.owner.query('select credentials from connections where id = $1', [id]);
      expect(still.rows).toEqual(before.rows);

      const { body } = await practice.as(account).post(`/v1/connections/${id}/reconnect/confirm`).send({}).expect(200);
      expect(body).toMatchObject({ id, status: 'connected', channels });
      const after = await practice.owner.query('select credentials from connections where id = $1', [id]);
      expect(after.rows).not.toEqual(before.rows);
      await practice.as(account).get(`/v1/publications/${publications[0].id}`).expect(200);
      expectProblem(await practice.as(account).get(`/v1/connections/${id}/reconnect`), {
        status: 404,
        slug: 'not-found',
      });
    });

    it('refuses another account by both names, and changes nothing', async () => {
      const { id } = await connect({ platform: 'bluesky', credentials: bluesky('right') });
      const answer = await practice
        .as(account)
        .post(`/v1/connections/${id}/reconnect`)
        .send({ credentials: bluesky('wrong') });
      expectProblem(answer, { status: 409, slug: 'conflict', field: 'account' });
      expect(answer.body.detail).toMatch(/right\.bsky\.test.*wrong\.bsky\.test/);
      await practice.as(account).post(`/v1/connections/${id}/reconnect/confirm`).send({}).expect(404);
      expect((await get(id)).account.handle).toContain('right');
    });

    it('says which credential is wrong', async () => {
      const { id } = await connect({ platform: 'bluesky', credentials: bluesky('typo') });
      const credentials = { ...bluesky('typo'), password: 'wrong' };
      const answer = await practice.as(account).post(`/v1/connections/${id}/reconnect`).send({ credentials });
      expectProblem(answer, { status: 422, slug: 'connection-refused', field: 'credentials/password' });
    });

    it('drops what was not wanted, or what nobody answered in time', async () => {
      const { id } = await connect({ platform: 'bluesky', credentials: bluesky('drop') });
      const path = `/v1/connections/${id}/reconnect`;
      const begin = () =>
        practice
          .as(account)
          .post(path)
          .send({ credentials: bluesky('drop') })
          .expect(200);
      await begin();
      await practice.as(account).delete(path).expect(204);
      await practice.as(account).delete(path).expect(404);
      const { rows } = await practice.owner.query(
        `select payload ? 'signIn' as sealed from outbox where payload->>'connectionId' = $1`,
        [id],
      );
      expect(rows).toEqual([{ sealed: true }]);
      await begin();
      await practice.owner.query(`update reconnections set expires_at = now() where connection_id = $1`, [id]);
      await practice.as(account).get(path).expect(404);
      await practice.as(account).post(`${path}/confirm`).send({}).expect(404);
      expect((await get(id)).health.status).toBe('healthy');
      await removeAbandonedFlows(practice.api.kernel.database);
      const left = await practice.owner.query(
        `select (select count(*)::int from reconnections where connection_id = $1) as waiting,
                (select count(*)::int from outbox where payload->>'connectionId' = $1::text) as given_back`,
        [id],
      );
      expect(left.rows).toEqual([{ waiting: 0, given_back: 2 }]);
      // Disconnecting gives up both, the present sign-in and the one that waits.
      await begin();
      await practice.as(account).delete(`/v1/connections/${id}`).expect(204);
      await practice.as(account).get(path).expect(404);
    });
  });

  describe('on reconnecting by a consent page', () => {
    /** Agrees for these Pages and to these permissions, and gives the address that it leads back to. */
    const agree = async (url: string, person: string, pages: readonly string[], without: string[] = []) => {
      const html = await (await fetch(url)).text();
      const form = new URLSearchParams({ decision: 'continue', person });
      for (const page of pages) form.append('page', page);
      for (const [, scope = ''] of html.matchAll(/type="checkbox" name="scope" value="([^"]+)"/g)) {
        if (!without.includes(scope)) form.append('scope', scope);
      }
      const answer = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
      const { pathname, search } = new URL(answer.headers.get('location') ?? '');
      return `${pathname}${search}`;
    };
    const connectPages = async (person: string, pages: readonly string[], without: string[] = []) => {
      for (const name of PAGES) {
        await fetch(`${practice.sandbox.origin}/facebook/_practice/pages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ person, name }),
        });
      }
      const started = await connect({ platform: 'facebook', practice: true });
      const back = await agree(started.authorizationUrl, person, pages, without);
      return (await practice.as(account).get(back).expect(200)).body;
    };
    const begin = async (id: string) =>
      (await practice.as(account).post(`/v1/connections/${id}/reconnect`).send({}).expect(200)).body;

    it('says which permission is missing', async () => {
      const { health } = await connectPages('Sparing Person', PAGES, ['business_management']);
      expect(health.missingScopes).toEqual([
        { scope: 'business_management', required: false, feature: expect.any(String) },
      ]);
    });

    it('shows every channel that is gained, kept or lost, and keeps all schedules', async () => {
      const [first = '', second = '', third = ''] = PAGES;
      const connection = await connectPages('Busy Person', [first, second]);
      const { id } = connection;
      const named = (name: string) => connection.channels.find((channel: { name: string }) => channel.name === name);
      const { publications } = await practice.schedule(account, [named(first), named(second)], inHours(30));

      const begun = await begin(id);
      expect(begun).toMatchObject({ state: 'authorizing', preview: null });
      const back = await agree(begun.authorizationUrl, 'Busy Person', [second, third]);
      const answered = await practice.as(account).get(back).set('accept', 'text/html').expect(200);
      expect(answered.text).toContain('Nothing has changed yet');
      const { body } = await practice.as(account).get(`/v1/connections/${id}/reconnect`).expect(200);
      expect(body.preview).toMatchObject({
        gained: [{ name: third, shared: false }],
        kept: [{ id: named(second).id, scheduled: 1 }],
        lost: [{ id: named(first).id, scheduled: 1 }],
      });
      expect((await get(id)).channels).toEqual(connection.channels);

      const confirmed = await practice.as(account).post(`/v1/connections/${id}/reconnect/confirm`).send({}).expect(200);
      expect(confirmed.body.channels.map((channel: { name: string }) => channel.name).sort()).toEqual(PAGES);
      const channels = await practice.as(account).get(`/v1/workspaces/${account.workspaceId}/channels`).expect(200);
      const health = Object.fromEntries(
        channels.body.data.map((channel: { name: string; health: string; failure: { message: string } | null }) => [
          channel.name,
          [channel.health, channel.failure?.message ?? null],
        ]),
      );
      expect(health).toEqual({
        [first]: ['disconnected', 'Busy Person no longer reaches this channel on Facebook.'],
        [second]: ['healthy', null],
        [third]: ['healthy', null],
      });
      for (const publication of publications) {
        const { body: kept } = await practice.as(account).get(`/v1/publications/${publication.id}`).expect(200);
        expect(kept).toMatchObject({ state: 'scheduled', dueAt: publication.dueAt });
      }
    });

    it('refuses another person by both names, here and to whoever waits', async () => {
      const { id } = await connectPages('Right Person', PAGES);
      const begun = await begin(id);
      const answer = await practice.as(account).get(await agree(begun.authorizationUrl, 'Wrong Person', PAGES));
      expectProblem(answer, { status: 409, slug: 'conflict', field: 'account' });
      const { body } = await practice.as(account).get(`/v1/connections/${id}/reconnect`).expect(200);
      expect(body).toMatchObject({ state: 'failed', preview: null });
      expect(body.failure.message).toMatch(/Right Person.*Wrong Person/);
      await practice.as(account).post(`/v1/connections/${id}/reconnect/confirm`).send({}).expect(409);
      expect(await get(id)).toMatchObject({ status: 'connected', account: { name: 'Right Person' } });
    });

    it('leads nowhere once it was dropped', async () => {
      const { id } = await connectPages('Hasty Person', PAGES);
      const begun = await begin(id);
      await practice.as(account).delete(`/v1/connections/${id}/reconnect`).expect(204);
      const answer = await practice.as(account).get(await agree(begun.authorizationUrl, 'Hasty Person', PAGES));
      expectProblem(answer, { status: 410, slug: 'gone' });
    });
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
