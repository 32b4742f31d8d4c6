import request from 'supertest';
import { ConnectionDisconnectedHandler, PlatformAccess, TokenRefresh } from '#channels';
import { rows, systemClock } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type JsonObject } from '#platforms/core';
import { startTestApi, type TestAccount, type TestApi } from '../support/api.js';
import { expectProblem } from '../support/problems.js';
import { guild } from './oauth-provider.platform.js';
import { APP, OAuthProvider } from './oauth-provider.server.js';

const PUBLIC_URL = 'http://clickpost.test';
const EVERYTHING = ['openid', 'offline_access', 'publish', 'insights'];

describe('a real OAuth 2.0 server behind the bridge', () => {
  let provider: OAuthProvider;
  let api: TestApi;
  let account: TestAccount;
  let people = 0;
  let person: string;

  beforeAll(async () => {
    provider = await OAuthProvider.start(`${PUBLIC_URL}/v1/oauth/guild/callback`);
    api = await startTestApi({
      platforms: new PlatformRegistry([guild(provider.origin)]),
      env: {
        PUBLIC_URL,
        OUTBOUND_ALLOW: '127.0.0.1/32',
        GUILD_APP_ID: APP.clientId,
        GUILD_APP_SECRET: APP.clientSecret,
      },
    });
    account = await api.signUp();
  });
  beforeEach(() => {
    people += 1;
    person = `mason-${people}`;
    provider.places.set(person, [`hall-${people}`]);
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const from = <T>(type: abstract new (...args: never[]) => T): T => api.app.get<T>(type, { strict: false });
  const asked = () => request.agent(api.url).set('authorization', `Bearer ${account.apiKey}`);
  const start = async () =>
    (await asked().post(`/v1/workspaces/${account.workspaceId}/connections`).send({ platform: 'guild' }).expect(201))
      .body;
  const back = async (authorizationUrl: string, scopes = EVERYTHING, who = person): Promise<string> => {
    const { pathname, search } = await provider.agree(authorizationUrl, { person: who, scopes });
    return `${pathname}${search}`;
  };
  const connect = async (scopes = EVERYTHING) => {
    const { authorizationUrl } = await start();
    return (
      await asked()
        .get(await back(authorizationUrl, scopes))
        .expect(200)
    ).body;
  };
  const get = async (id: string) => (await asked().get(`/v1/connections/${id}`).expect(200)).body;
  const credentials = async (id: string): Promise<JsonObject> => {
    const [stored] = await api.kernel.database.engine((tx) =>
      rows<{ credentials: string }>(tx, 'select credentials from connections where id = $1', [id]),
    );
    return from(PlatformAccess).decryptConnection(id, stored!.credentials);
  };
  const refresh = async (id: string) => {
    const open = await api.kernel.database.engine((tx) => from(PlatformAccess).openConnection(tx, id));
    return from(TokenRefresh).refresh(open!, { timeoutMs: 5_000 });
  };
  const redeem = (token: unknown) => provider.token({ grant_type: 'refresh_token', refresh_token: String(token) });

  it('connects an account with a proof key, and says what works and until when', async () => {
    const { authorizationUrl } = await start();
    const { searchParams } = new URL(authorizationUrl);
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    const { body } = await asked()
      .get(await back(authorizationUrl, ['openid', 'offline_access', 'publish']))
      .expect(200);
    expect(body).toMatchObject({
      status: 'connected',
      account: { id: person, name: `The ${person}` },
      channels: [{ name: `hall-${people}` }],
      health: {
        status: 'healthy',
        missingScopes: [{ scope: 'insights', required: false, feature: 'Figures of what was published' }],
      },
    });
    // Its tokens end within the hour, and are renewed before.
    expect(Date.parse(body.health.renewsAt)).toBeLessThan(Date.parse(body.health.validUntil));
  });

  it('gives nothing for a code to whoever has no proof key', async () => {
    const { authorizationUrl } = await start();
    const stolen = await provider.agree(authorizationUrl, { person, scopes: EVERYTHING });
    const form = { grant_type: 'authorization_code', redirect_uri: `${PUBLIC_URL}/v1/oauth/guild/callback` };
    const answer = await provider.token({ ...form, code: stolen.searchParams.get('code') ?? '' });
    expect(answer).toEqual({ status: 400, error: 'invalid_grant' });
  });

  it('takes no code of another flow', async () => {
    const [one, other] = [await start(), await start()];
    const address = await provider.agree(one.authorizationUrl, { person, scopes: EVERYTHING });
    address.searchParams.set('state', new URL(other.authorizationUrl).searchParams.get('state') ?? '');
    const answer = await asked().get(`${address.pathname}${address.search}`);
    expectProblem(answer, { status: 422, slug: 'connection-refused', field: 'platform' });
  });

  it('renews with rotation: every refresh token is used once', async () => {
    const { id } = await connect();
    const before = await credentials(id);
    expect(await refresh(id)).toBe('renewed');
    const after = await credentials(id);
    expect(after.refreshToken).not.toBe(before.refreshToken);
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(await refresh(id)).toBe('renewed');
    expect(await get(id)).toMatchObject({ status: 'connected', health: { status: 'healthy', lastFailure: null } });
  });

  it('is dead once somebody used an old refresh token, and says so', async () => {
    const { id, channels } = await connect();
    const { refreshToken: old } = await credentials(id);
    expect(await refresh(id)).toBe('renewed');
    // Whoever had stolen the first one: the server cannot know which of both is the thief, and ends the whole grant.
    expect(await redeem(old)).toEqual({ status: 400, error: 'invalid_grant' });

    expect(await refresh(id)).toMatchObject({ dead: { kind: 'auth' } });
    const { status, failure, health } = await get(id);
    expect({ status, failure }).toMatchObject({
      status: 'disconnected',
      failure: { message: 'Guild has ended this sign-in.', remedy: expect.stringContaining('Reconnect') },
    });
    expect(health).toMatchObject({
      status: 'disconnected',
      renewsAt: null,
      lastFailure: { at: expect.any(String), failure: { message: 'Guild has ended this sign-in.' } },
    });

    const begun = await asked().post(`/v1/connections/${id}/reconnect`).send({}).expect(200);
    await asked()
      .get(await back(begun.body.authorizationUrl))
      .expect(200);
    const confirmed = await asked().post(`/v1/connections/${id}/reconnect/confirm`).send({}).expect(200);
    expect(confirmed.body).toMatchObject({ status: 'connected', failure: null, channels });
    expect(await refresh(id)).toBe('renewed');
  });

  it('keeps the refresh token where a new sign-in brings none', async () => {
    const { id } = await connect();
    const before = await credentials(id);
    const begun = await asked().post(`/v1/connections/${id}/reconnect`).send({}).expect(200);
    await asked()
      .get(await back(begun.body.authorizationUrl, ['openid', 'publish']))
      .expect(200);
    await asked().post(`/v1/connections/${id}/reconnect/confirm`).send({}).expect(200);
    const after = await credentials(id);
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after.refreshToken).toBe(before.refreshToken);
    expect(await refresh(id)).toBe('renewed');
  });

  it('refuses a sign-in of another account, and gives it back', async () => {
    const { id } = await connect();
    provider.places.set('stranger', ['tower']);
    const begun = await asked().post(`/v1/connections/${id}/reconnect`).send({}).expect(200);
    const answer = await asked().get(await back(begun.body.authorizationUrl, EVERYTHING, 'stranger'));
    expectProblem(answer, { status: 409, slug: 'conflict', field: 'account' });
    expect(answer.body.detail).toContain(`The ${person} (${person})`);
    expect(answer.body.detail).toContain('The stranger (stranger)');
    const [given] = await giveBack(id);
    expect((await redeem(given!.refreshToken)).error).toBe('invalid_grant');
    expect(await refresh(id)).toBe('renewed');
  });

  it('is revoked there when it is disconnected here', async () => {
    const { id } = await connect();
    await asked().delete(`/v1/connections/${id}`).expect(204);
    const [given] = await giveBack(id);
    expect((await redeem(given!.refreshToken)).error).toBe('invalid_grant');
    expect(await get(id)).toMatchObject({ status: 'disconnected', health: { revocation: { state: 'done' } } });
  });

  /** Does what the worker does; the credentials that were given back. */
  async function giveBack(connectionId: string): Promise<JsonObject[]> {
    const found = await api.kernel.database.engine((tx) =>
      rows<{ id: string; payload: Record<string, unknown> }>(
        tx,
        `select id, payload from outbox where topic = 'connection.disconnected' and payload->>'connectionId' = $1`,
        [connectionId],
      ),
    );
    const access = from(PlatformAccess);
    const handler = new ConnectionDisconnectedHandler(systemClock, api.kernel.database, from(PlatformRegistry), access);
    const given: JsonObject[] = [];
    for (const { id, payload } of found) {
      await handler.handle({ id, organizationId: account.organizationId, topic: handler.topic, payload });
      given.push(await access.decryptConnection(connectionId, String(payload['credentials'])));
    }
    return given;
  }
});
