import { type Strategy } from 'passport';
import { adapter } from './adapter.js';
import { consentTo, Practice } from './instagram.fixture.js';
import { grantedScopes, oauth, tokenAnswer } from './login.js';
import { FACEBOOK_LOGIN, facebookWay, INSTAGRAM_LOGIN, instagramWay, manifest, PRACTICE_APP } from './manifest.js';

const DAY_MS = 86_400_000;
const BASIC = 'instagram_business_basic';
const PUBLISH = 'instagram_business_content_publish';

let practice: Practice;
beforeEach(async () => {
  practice = await Practice.start();
});
afterEach(() => practice.sandbox.close());

/** Runs a strategy as passport does, on nothing but a query. */
function drive(strategy: Strategy, query: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const driven = Object.assign(Object.create(strategy) as { authenticate: (r: object, o: object) => void }, {
      redirect: (url: string) => resolve(url),
      success: () => resolve('success'),
      fail: (challenge: unknown) => resolve(`fail ${JSON.stringify(challenge)}`),
      error: (error: unknown) => resolve(`error ${adapter.classify(error, new Date()).kind}`),
    });
    driven.authenticate({ query, headers: {} }, { state: 'state-1' });
  });
}

const strategyOf = (way: string) =>
  oauth.strategy({
    way,
    app: PRACTICE_APP,
    callbackUrl: 'http://127.0.0.1/v1/oauth/instagram/callback',
    endpoints: practice.context(INSTAGRAM_LOGIN).endpoints,
    verify: () => undefined,
  });

// https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
describe('connecting with Instagram', () => {
  it('asks at its own consent page for exactly its scopes, with commas, and a state', async () => {
    const url = new URL(await drive(strategyOf(INSTAGRAM_LOGIN), {}));
    expect(url.pathname).toBe('/instagram/instagramWww/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: PRACTICE_APP.clientId,
      redirect_uri: 'http://127.0.0.1/v1/oauth/instagram/callback',
      response_type: 'code',
      scope: instagramWay.scopes.join(','),
      state: 'state-1',
    });
    expect(manifest.connect).toMatchObject({ scopes: instagramWay.scopes, app: 'instagram' });
  });

  it('keeps a token of 60 days, the account of the person, and the scopes that were given', async () => {
    const authorization = await practice.connect(INSTAGRAM_LOGIN, { scopes: [BASIC, PUBLISH] });
    expect(authorization.scopes).toEqual([BASIC, PUBLISH]);
    expect((authorization.expiresAt?.getTime() ?? 0) - practice.now().getTime()).toBeGreaterThan(59 * DAY_MS);
    const account = practice.account(INSTAGRAM_LOGIN, authorization);
    const [channel, ...others] = await adapter.listChannels(account);
    expect(others).toEqual([]);
    expect(channel).toMatchObject({ name: 'Practice Bakery', handle: authorization.account.handle });
    expect(channel?.id).toMatch(/^17841\d+$/);
    // https://developers.facebook.com/docs/instagram-platform/reference/instagram-media#deleting
    expect(channel).toMatchObject({ capabilities: { remove: false }, withoutSettings: ['location'] });
    // The app knows the person by another id than the account has: it is what callbacks name.
    expect(authorization.account.id).not.toBe(channel?.id);
  });

  it('says what a person left out that is needed, and what a personal account lacks', async () => {
    expect(await practice.failureOf(practice.connect(INSTAGRAM_LOGIN, { scopes: [BASIC] }))).toMatchObject({
      kind: 'permission',
      message: expect.stringContaining(PUBLISH) as string,
    });
    await practice.order('personal', { person: 'Paula' });
    expect(await practice.failureOf(practice.connect(INSTAGRAM_LOGIN, { person: 'Paula' }))).toMatchObject({
      kind: 'permission',
      message: expect.stringContaining('personal account') as string,
      remedy: expect.stringContaining('business or creator') as string,
    });
  });

  it('hears that a person said no, and that a code was used already', async () => {
    const url = await drive(strategyOf(INSTAGRAM_LOGIN), {});
    const denied = new URL(await consentTo(url, INSTAGRAM_LOGIN, { decision: 'cancel' }));
    const denial = await drive(strategyOf(INSTAGRAM_LOGIN), Object.fromEntries(denied.searchParams));
    expect(denial).toBe('fail {"message":"The user denied your request"}');
    const back = Object.fromEntries(new URL(await consentTo(url, INSTAGRAM_LOGIN)).searchParams);
    expect(await drive(strategyOf(INSTAGRAM_LOGIN), back)).toBe('success');
    expect(await drive(strategyOf(INSTAGRAM_LOGIN), back)).toBe('error auth');
  });

  it('reads the answer to the code in both forms that are in use', () => {
    const flat = { access_token: 'a', user_id: 1, permissions: [BASIC, PUBLISH] };
    expect(tokenAnswer({ data: [{ ...flat, permissions: `${BASIC},${PUBLISH}` }] })).toMatchObject({
      access_token: 'a',
    });
    expect(tokenAnswer(flat)).toMatchObject({ access_token: 'a' });
    expect(grantedScopes(flat)).toEqual(grantedScopes({ permissions: `${BASIC},${PUBLISH}` }));
    expect(grantedScopes({})).toEqual([]);
  });
});

// https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token
describe('renewing a sign-in', () => {
  const refresh = (ctx: Parameters<NonNullable<typeof adapter.refresh>>[0]) =>
    adapter.refresh?.(ctx) ?? Promise.reject(new Error('There is no refresh.'));

  it('leaves a token alone that is younger than 24 hours, and renews an older one', async () => {
    const first = await practice.connect(INSTAGRAM_LOGIN);
    const young = await refresh(practice.account(INSTAGRAM_LOGIN, first));
    expect(young.credentials).toEqual(first.credentials);
    practice.pass(25 * 3_600_000);
    const renewed = await refresh(practice.account(INSTAGRAM_LOGIN, first));
    expect(renewed.credentials.token).not.toBe(first.credentials.token);
    expect((renewed.expiresAt?.getTime() ?? 0) - practice.now().getTime()).toBeGreaterThan(59 * DAY_MS);
    await expect(adapter.listChannels(practice.account(INSTAGRAM_LOGIN, renewed))).resolves.toHaveLength(1);
  });

  it('cannot renew one that has expired, or was ended', async () => {
    const first = await practice.connect(INSTAGRAM_LOGIN);
    practice.pass(61 * DAY_MS);
    expect(await practice.failureOf(refresh(practice.account(INSTAGRAM_LOGIN, first)))).toMatchObject({ kind: 'auth' });
    const second = await practice.connect(INSTAGRAM_LOGIN);
    await practice.order('revoke', { user: second.account.id, subcode: 460 });
    expect(await practice.failureOf(refresh(practice.account(INSTAGRAM_LOGIN, second)))).toMatchObject({
      kind: 'auth',
      platformCode: '190/460',
    });
  });

  it('says of a sign-in through Facebook that a person has to do it, without ending one that is alive', async () => {
    const authorization = await practice.connect(FACEBOOK_LOGIN);
    const account = practice.account(FACEBOOK_LOGIN, authorization);
    expect(await practice.failureOf(refresh(account))).toMatchObject({ kind: 'permission' });
    await practice.order('revoke', { user: authorization.account.id, subcode: 463 });
    expect(await practice.failureOf(refresh(account))).toMatchObject({ kind: 'auth' });
  });

  it('takes a sign-in through Facebook for ended whose app was removed', async () => {
    const authorization = await practice.connect(FACEBOOK_LOGIN);
    const account = practice.account(FACEBOOK_LOGIN, authorization);
    await adapter.revoke?.(account);
    expect(await practice.failureOf(refresh(account))).toMatchObject({ kind: 'auth', platformCode: '190/458' });
  });

  it('says that Instagram takes no sign-in back', async () => {
    const account = practice.account(INSTAGRAM_LOGIN, await practice.connect(INSTAGRAM_LOGIN));
    const failure = await practice.failureOf(adapter.revoke?.(account) ?? Promise.resolve());
    expect(failure).toMatchObject({
      kind: 'permission',
      remedy: expect.stringContaining('Apps and websites') as string,
    });
  });
});

// https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login
describe('connecting with Facebook', () => {
  it('asks in the Login dialog for exactly its scopes', async () => {
    const url = new URL(await drive(strategyOf(FACEBOOK_LOGIN), {}));
    expect(url.pathname).toMatch(/^\/instagram\/www\/v\d+\.0\/dialog\/oauth$/);
    expect(url.searchParams.get('scope')?.split(',')).toEqual(facebookWay.scopes);
  });

  it('lists the accounts of all Pages, read page by page, and leaves out Pages without one', async () => {
    const authorization = await practice.connect(FACEBOOK_LOGIN);
    const channels = await adapter.listChannels(practice.account(FACEBOOK_LOGIN, authorization));
    expect(channels.map(({ name }) => name)).toEqual(['Practice Bakery', 'Practice Bikes']);
    expect(channels.every(({ credentials }) => typeof credentials?.pageToken === 'string')).toBe(true);
    expect(channels.some(({ capabilities, withoutSettings }) => capabilities ?? withoutSettings)).toBe(false);
    expect(authorization).toMatchObject({ expiryNote: expect.any(String) as string });
  });

  it('knows an account by the same id as the other way', async () => {
    const [first] = await adapter.listChannels(
      practice.account(FACEBOOK_LOGIN, await practice.connect(FACEBOOK_LOGIN)),
    );
    expect((await practice.channel(INSTAGRAM_LOGIN)).channelId).toBe(first?.id);
  });

  it('finds accounts whose Page is reached through a business portfolio alone', async () => {
    await practice.order('pages', { person: 'Ann', name: 'Agency Client', business: 'Agency' });
    const authorization = await practice.connect(FACEBOOK_LOGIN, { person: 'Ann', pages: ['Agency Client'] });
    const channels = await adapter.listChannels(practice.account(FACEBOOK_LOGIN, authorization));
    expect(channels).toMatchObject([{ name: 'Agency Client' }]);
  });

  it('explains where no chosen Page has an account, and where none was chosen', async () => {
    const listed = async (pages: string[]) => {
      const authorization = await practice.connect(FACEBOOK_LOGIN, { pages });
      return practice.failureOf(adapter.listChannels(practice.account(FACEBOOK_LOGIN, authorization)));
    };
    expect(await listed(['Practice Café'])).toMatchObject({
      kind: 'permission',
      message: expect.stringContaining('Practice Café') as string,
      remedy: expect.stringContaining('connect an Instagram business or creator account') as string,
    });
    expect(await practice.failureOf(practice.connect(FACEBOOK_LOGIN, { pages: [] }))).toMatchObject({
      kind: 'permission',
    });
  });

  it('publishes no more once it is given back', async () => {
    const account = practice.account(FACEBOOK_LOGIN, await practice.connect(FACEBOOK_LOGIN));
    await adapter.revoke?.(account);
    expect(await practice.failureOf(adapter.listChannels(account))).toMatchObject({
      kind: 'auth',
      platformCode: '190/458',
    });
  });
});

// https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
describe('what Meta tells by itself', () => {
  it('is believed where it is signed with the secret of the app that it is for', async () => {
    const { account } = await practice.connect(INSTAGRAM_LOGIN);
    const { createHmac } = await import('node:crypto');
    const payload = Buffer.from(JSON.stringify({ algorithm: 'HMAC-SHA256', user_id: account.id })).toString(
      'base64url',
    );
    const signature = createHmac('sha256', PRACTICE_APP.clientSecret).update(payload).digest('base64url');
    const request = {
      headers: {},
      query: {},
      form: { signed_request: `${signature}.${payload}` },
      raw: new Uint8Array(),
    };
    expect(adapter.callbacks?.deletion?.(request, PRACTICE_APP)).toEqual({ accountId: account.id });
    expect(adapter.callbacks?.deletion?.(request, { ...PRACTICE_APP, clientSecret: 'another' })).toBeUndefined();
  });
});
