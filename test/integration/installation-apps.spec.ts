import request from 'supertest';
import { ConnectionDisconnectedHandler, PlatformAccess, TokenRefresh } from '#channels';
import { rows, systemClock } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type AccountContext, type Failure, type PlatformCallbacks, PlatformFailure } from '#platforms/core';
import { metaCallbacks } from '#platforms/meta';
import { startTestApi, type TestAccount, type TestApi } from '../support/api.js';
import { PracticeApi } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';
import { hall, ring } from './ring.platform.js';

/** News come to it, and no check of its address before them. */
const unchecked: PlatformCallbacks = { notices: (call, app) => metaCallbacks.notices?.(call, app) };

const PUBLIC_URL = 'http://post.example.com';
const NOBODY_BUT_THE_PERSON: Failure = {
  kind: 'permission',
  message: 'Ring has no way for a program to give a sign-in back.',
  remedy: 'Remove ClickPost in the settings of the account.',
};
const SECRET = 'a-secret-that-nobody-reads-back';

describe('the apps of an installation', () => {
  let api: TestApi;
  let operator: TestAccount;
  let other: TestAccount;
  beforeAll(async () => {
    api = await startTestApi({
      platforms: new PlatformRegistry([hall(), ring({ callbacks: unchecked })]),
      env: {
        ...{ PUBLIC_URL, HALL_APP_ID: 'hall-of-env', HALL_APP_SECRET: 'secret-of-env' },
        OPERATORS: 'Operator@example.com',
      },
    });
    operator = await api.signUp({ email: 'operator@example.com' });
    other = await api.signUp();
    await sql('update users set email_verified_at = now() where id = $1', [operator.userId]);
  });
  afterAll(() => api?.close());

  const sql = (text: string, parameters: unknown[] = []) =>
    api.kernel.database.identity((tx) => tx.query(text, parameters));
  const apps = async () => (await operator.agent.get('/v1/installation/apps').expect(200)).body.data;
  const put = (name: string, body: object, who = operator) => who.agent.put(`/v1/installation/apps/${name}`).send(body);
  const enter = (clientId = 'ring-of-page') => put('ring', { clientId, clientSecret: SECRET }).expect(200);
  const connect = (body: object) =>
    other.agent.post(`/v1/workspaces/${other.workspaceId}/connections`).send({ platform: 'ring', ...body });

  it('tells operators what to enter where, and never a secret', async () => {
    expect(await apps()).toMatchObject([
      {
        name: 'hall',
        title: 'Hall',
        platforms: [
          { id: 'hall', ways: [] },
          { id: 'ring', ways: ['With Hall'] },
        ],
        ...{ set: true, setBy: 'environment', clientId: 'hall-of-env', entered: null },
        variables: { id: 'HALL_APP_ID', secret: 'HALL_APP_SECRET' },
        redirectUris: [`${PUBLIC_URL}/v1/oauth/hall/callback`, `${PUBLIC_URL}/v1/oauth/ring/callback`],
        callbacks: {
          deauthorize: `${PUBLIC_URL}/v1/platforms/hall/callbacks/deauthorize`,
          dataDeletion: `${PUBLIC_URL}/v1/platforms/hall/callbacks/data-deletion`,
          webhook: `${PUBLIC_URL}/v1/platforms/hall/callbacks/webhook`,
          verifyToken: expect.stringMatching(/^[\w-]{43}$/),
        },
      },
      {
        ...{ name: 'ring', platforms: [{ id: 'ring', ways: ['With Ring'] }], set: false, setBy: null, clientId: null },
        callbacks: { webhook: `${PUBLIC_URL}/v1/platforms/ring/callbacks/webhook`, verifyToken: null },
      },
    ]);
    await enter();
    const { text } = await operator.agent.get('/v1/installation/apps').expect(200);
    expect(text).not.toMatch(new RegExp(`${SECRET}|secret-of-env`));
    expect(JSON.parse(text).data[1]).toMatchObject({ set: true, setBy: 'operator', entered: { by: operator.email } });
  });

  it('are for operators alone, in a browser, with a confirmed address', async () => {
    for (const answer of [
      await other.agent.get('/v1/installation/apps'),
      await put('ring', { clientId: 'mine', clientSecret: SECRET }, other),
      await other.agent.delete('/v1/installation/apps/ring'),
      await request(api.url).get('/v1/installation/apps').set('authorization', `Bearer ${operator.apiKey}`),
    ]) {
      expectProblem(answer, { status: 403, slug: 'forbidden' });
    }
    expect((await operator.agent.get('/v1/me')).body.operator).toBe(true);
    expect((await other.agent.get('/v1/me')).body.operator).toBe(false);
    await sql('update users set email_verified_at = null where id = $1', [operator.userId]);
    expect((await operator.agent.get('/v1/me')).body.operator).toBe(false);
    await operator.agent.get('/v1/installation/apps').expect(403);
    await sql('update users set email_verified_at = now() where id = $1', [operator.userId]);
  });

  it('that a variable sets cannot be entered, and the variable is named', async () => {
    const answer = await put('hall', { clientId: 'mine', clientSecret: SECRET });
    expectProblem(answer, { status: 409, slug: 'conflict' });
    expect(answer.body.detail).toContain('HALL_APP_ID');
    await put('nobody', { clientId: 'mine', clientSecret: SECRET }).expect(404);
  });

  it('refuse what cannot be an id or a secret, each at its field', async () => {
    const answer = await put('ring', { clientId: '  ', clientSecret: 'two words' });
    expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'clientId' });
    expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual(['clientId', 'clientSecret']);
  });

  it('count at once where they are changed, and are gone when they are removed', async () => {
    await enter('first');
    const asked = async () => new URL((await connect({}).expect(201)).body.authorizationUrl).searchParams;
    expect((await asked()).get('client_id')).toBe('first');
    await put('ring', { clientId: 'second', clientSecret: 'another-secret' }).expect(200);
    expect(Object.fromEntries(await asked())).toMatchObject({ client_id: 'second', secret: 'another-secret' });
    await operator.agent.delete('/v1/installation/apps/ring').expect(204);
    await operator.agent.delete('/v1/installation/apps/ring').expect(404);
    const answer = await connect({});
    expectProblem(answer, { status: 422, slug: 'unprocessable', field: 'platform' });
    expect(answer.body.errors[0]).toMatchObject({
      rule: 'app-missing',
      remedy: expect.stringContaining('RING_APP_ID'),
    });
  });

  it('are read anew by other processes, within their own transactions', async () => {
    await enter('of-this-process');
    const far = await startTestApi({
      platforms: new PlatformRegistry([ring()]),
      kernel: { database: api.kernel.database },
    });
    try {
      const access = far.app.get(PlatformAccess, { strict: false });
      const { manifest } = ring().adapter;
      expect(access.app(manifest, false)).toBeUndefined();
      await api.kernel.database.engine((tx) => access.readApps(tx));
      expect(access.app(manifest, false)).toEqual({ clientId: 'of-this-process', clientSecret: SECRET });
    } finally {
      await far.close();
    }
  });

  it('are told in the log of the installation, with who changed them', async () => {
    await enter();
    await operator.agent.delete('/v1/installation/apps/ring').expect(204);
    const log = await api.kernel.database.engine((tx) =>
      tx.query('select kind, operator, subject from installation_log order by at desc, id desc limit 2'),
    );
    expect(log).toEqual([
      { kind: 'app-removed', operator: operator.email, subject: 'ring' },
      { kind: 'app-set', operator: operator.email, subject: 'ring' },
    ]);
  });

  it('say to everybody which networks can be connected here', async () => {
    await enter();
    const { body } = await other.agent.get('/v1/installation/setup').expect(200);
    expect(body.data).toEqual([
      { platform: 'hall', way: null, app: 'hall', set: true },
      { platform: 'ring', way: 'ring-login', app: 'ring', set: true },
      { platform: 'ring', way: 'hall-login', app: 'hall', set: true },
    ]);
  });

  describe('and the ways to connect', () => {
    const back = async (authorizationUrl: string, person: string, scope: string) => {
      const state = new URL(authorizationUrl).searchParams.get('state') ?? '';
      const query = { state, code: person, scope };
      return (
        await other.agent.get('/v1/oauth/ring/callback').query(query).set('accept', 'application/json').expect(200)
      ).body;
    };

    it('take the first where none is named, and keep the chosen one through a reconnection', async () => {
      const first = (await connect({}).expect(201)).body;
      expect(first.way).toBe('ring-login');
      const { authorizationUrl, way } = (await connect({ way: 'hall-login' }).expect(201)).body;
      expect(way).toBe('hall-login');
      expect(Object.fromEntries(new URL(authorizationUrl).searchParams)).toMatchObject({
        ...{ way: 'hall-login', client_id: 'hall-of-env' },
      });
      const connection = await back(authorizationUrl, 'way-1', 'publish');
      expect(connection).toMatchObject({
        way: 'hall-login',
        health: {
          expiryNote: 'Ring’s permission to read data',
          missingScopes: [{ scope: 'places', required: false, feature: 'Naming places' }],
          revocable: false,
          revokeByHand: null,
        },
      });
      const begun = await other.agent.post(`/v1/connections/${connection.id}/reconnect`).send({}).expect(200);
      expect(new URL(begun.body.authorizationUrl).searchParams.get('way')).toBe('hall-login');
      await back(begun.body.authorizationUrl, 'way-1', 'publish places');
      const preview = await other.agent.get(`/v1/connections/${connection.id}/reconnect`).expect(200);
      expect(preview.body.preview).toMatchObject({ missingScopes: [], expiryNote: 'Ring’s permission to read data' });
      const confirmed = await other.agent
        .post(`/v1/connections/${connection.id}/reconnect/confirm`)
        .send({})
        .expect(200);
      expect(confirmed.body).toMatchObject({ id: connection.id, way: 'hall-login', health: { missingScopes: [] } });
    });

    it('are handed to every call of the adapter', async () => {
      const { authorizationUrl } = (await connect({ way: 'hall-login' }).expect(201)).body;
      const { id } = await back(authorizationUrl, 'way-2', 'publish places');
      const access = api.app.get(PlatformAccess, { strict: false });
      const open = await api.kernel.database.engine((tx) => access.openConnection(tx, id));
      expect(open?.context({ timeoutMs: 1 })).toMatchObject({
        way: 'hall-login',
        app: { clientId: 'hall-of-env' },
        credentials: { clientId: 'hall-of-env', way: 'hall-login' },
      });
    });

    it('refuse one that the network does not have, with the choices', async () => {
      const answer = await connect({ way: 'back-door' });
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'way' });
      expect(answer.body.errors[0].remedy).toBe('Use one of: "ring-login" (With Ring), "hall-login" (With Hall).');
      const none = await connect({ platform: 'hall', way: 'ring-login' });
      expect(none.body.errors[0]).toMatchObject({ rule: 'unknown-way', remedy: 'Leave "way" out: there is only one.' });
    });

    it('say on the page of whoever came back what does not work', async () => {
      const { authorizationUrl } = (await connect({}).expect(201)).body;
      const state = new URL(authorizationUrl).searchParams.get('state') ?? '';
      const query = { state, code: 'way-3', scope: 'publish' };
      const { text } = await other.agent
        .get('/v1/oauth/ring/callback')
        .query(query)
        .set('accept', 'text/html')
        .expect(200);
      expect(text).toContain('<li>Reading figures</li>');
    });
  });
});

describe('an installation that names no operators', () => {
  let api: TestApi;
  let first: TestAccount;
  beforeAll(async () => {
    const refresh = ({ credentials }: AccountContext) => Promise.resolve({ credentials });
    const revoke = () => Promise.reject(new PlatformFailure(NOBODY_BUT_THE_PERSON));
    api = await startTestApi({
      platforms: new PlatformRegistry([ring({ refresh, revoke })]),
      env: { RING_APP_ID: 'ring', RING_APP_SECRET: SECRET },
    });
    first = await api.signUp();
  });
  afterAll(() => api?.close());

  const connect = async () => {
    const begun = await first.agent
      .post(`/v1/workspaces/${first.workspaceId}/connections`)
      .send({ platform: 'ring' })
      .expect(201);
    const state = new URL(begun.body.authorizationUrl).searchParams.get('state') ?? '';
    return (await first.agent.get('/v1/oauth/ring/callback').query({ state, code: 'ada', scope: 'publish' })).body;
  };
  const from = <T>(type: abstract new (...args: never[]) => T): T => api.app.get<T>(type, { strict: false });

  it('is run by whoever made the first account', async () => {
    const second = await api.signUp();
    expect((await first.agent.get('/v1/me')).body.operator).toBe(true);
    expect((await second.agent.get('/v1/me')).body.operator).toBe(false);
  });

  it('keeps the end of a sign-in that its network found too young to renew, and renews none that only a person can', async () => {
    const { id, expiresAt, health } = await connect();
    expect(health.renewsAt).toBeNull();
    const open = await api.kernel.database.engine((tx) => from(PlatformAccess).openConnection(tx, id));
    expect(await from(TokenRefresh).refresh(open!, { timeoutMs: 1_000 })).toBe('renewed');
    const { body } = await first.agent.get(`/v1/connections/${id}`).expect(200);
    expect(body).toMatchObject({ expiresAt, health: { expiryNote: 'Ring’s permission to read data' } });
  });

  it('says at once that a network takes no permission back from a program', async () => {
    const { id } = await connect();
    await first.agent.delete(`/v1/connections/${id}`).expect(204);
    const [message] = await api.kernel.database.engine((tx) =>
      rows<{ payload: Record<string, unknown> }>(
        tx,
        `select payload from outbox where topic = 'connection.disconnected' and payload ->> 'connectionId' = $1`,
        [id],
      ),
    );
    const { database } = api.kernel;
    const handler = new ConnectionDisconnectedHandler(
      systemClock,
      database,
      from(PlatformRegistry),
      from(PlatformAccess),
    );
    await handler.handle({ id, organizationId: first.organizationId, topic: handler.topic, payload: message!.payload });
    const { body } = await first.agent.get(`/v1/connections/${id}`).expect(200);
    expect(body.health.revocation).toMatchObject({ state: 'failed', failure: NOBODY_BUT_THE_PERSON });
  });
});

describe('the apps that networks of this installation ask for', () => {
  let practice: PracticeApi;
  beforeAll(async () => {
    practice = await PracticeApi.start({
      ...{ OPERATORS: 'operator@example.com', GOOGLE_APP_ID: 'google-of-env', GOOGLE_APP_SECRET: SECRET },
    });
  });
  afterAll(() => practice?.close());

  it('are one for the networks of a company, and one for each of the others', async () => {
    const operator = await practice.api.signUp({ email: 'operator@example.com' });
    await practice.owner.query('update users set email_verified_at = now() where id = $1', [operator.userId]);
    const { body } = await operator.agent.get('/v1/installation/apps').expect(200);
    const named = (name: string) => body.data.find((app: { name: string }) => app.name === name);
    expect(named('google')).toMatchObject({
      ...{ title: 'Google', set: true, setBy: 'environment', clientId: 'google-of-env' },
      platforms: [{ name: 'Google Business Profile' }, { name: 'YouTube' }],
      variables: { id: 'GOOGLE_APP_ID', secret: 'GOOGLE_APP_SECRET' },
      redirectUris: ['google-business', 'youtube'].map((id) => `${practice.api.url}/v1/oauth/${id}/callback`),
    });
    expect(variablesOf(named('google').platforms[1])).toEqual(
      expect.arrayContaining(['YOUTUBE_PUBLISHING', 'YOUTUBE_AUDITED', 'YOUTUBE_UPLOADS_PER_DAY']),
    );
    expect(named('tiktok')).toMatchObject({
      ...{ title: 'TikTok', set: false, variables: { id: 'TIKTOK_APP_ID', secret: 'TIKTOK_APP_SECRET' } },
    });
    expect(variablesOf(named('tiktok').platforms[0])).toContain('TIKTOK_AUDITED');
    expect(named('linkedin-organizations').title).toMatch(/^LinkedIn: /);
  });
});

function variablesOf({ options }: { options: { variable: string }[] }): string[] {
  return options.map(({ variable }) => variable);
}
