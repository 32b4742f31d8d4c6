import { adapter } from './adapter.js';
import { PRACTICE_APP, PRACTICE_APP_UNAUDITED } from './options.js';
import { approve, failureOf, oauthOfTikTok, Practice, withProofKey } from './practice.fixture.js';
import { SCOPES } from './scopes.js';
import { grantByConsent, drive } from '#platforms/testing';

let practice: Practice;
beforeAll(async () => (practice = await Practice.start()));
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

const DAY_MS = 86_400_000;
const refresh = (ctx: Parameters<NonNullable<typeof adapter.refresh>>[0]) =>
  adapter.refresh?.(ctx) ?? Promise.reject(new Error('Nothing is renewed.'));

// https://developers.tiktok.com/doc/login-kit-web
describe('signing in to TikTok', () => {
  it('leads to the page with what TikTok calls the app and the scopes, and a proof key in hexadecimal digits', async () => {
    const strategy = withProofKey(oauthOfTikTok()).strategy({
      app: PRACTICE_APP,
      callbackUrl: 'https://clickpost.example.com/v1/oauth/tiktok/callback',
      endpoints: adapter.manifest.endpoints,
      verify: () => undefined,
    });
    const outcome = await drive(strategy, {});
    if (outcome.kind !== 'redirect') throw new Error(`It ended ${outcome.kind}.`);
    const url = new URL(outcome.url);
    expect(url.origin + url.pathname).toBe('https://www.tiktok.com/v2/auth/authorize/');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_key: PRACTICE_APP.clientId,
      response_type: 'code',
      redirect_uri: 'https://clickpost.example.com/v1/oauth/tiktok/callback',
      scope: 'user.info.basic,video.publish,video.upload,video.list',
      state: 'state-1',
      code_challenge: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      code_challenge_method: 'S256',
      // Else whoever allowed it once is sent back as the same account, and no second one can be connected.
      disable_auto_auth: '1',
    });
  });

  it('finds out whose account it is, with all that was allowed and when it ends', async () => {
    const { account, scopes, expiresAt } = await practice.connect({ person: 'Ada Baker' });
    expect(account).toMatchObject({ name: 'Ada Baker', handle: 'ada.baker' });
    expect(scopes).toEqual([...SCOPES]);
    expect((expiresAt?.getTime() ?? 0) - practice.now().getTime()).toBeGreaterThan(DAY_MS - 60_000);
    expect((expiresAt?.getTime() ?? 0) - practice.now().getTime()).toBeLessThanOrEqual(DAY_MS);
  });

  it('is the same account at the second time', async () => {
    const first = await practice.account({ person: 'Ada Baker' });
    expect((await practice.account({ person: 'Ada Baker' })).channelId).toBe(first.channelId);
    expect((await practice.account({ person: 'Bob Cook' })).channelId).not.toBe(first.channelId);
  });

  it('ends with a refusal where the person says no', async () => {
    await expect(practice.connect({ decision: 'cancel' })).rejects.toThrow('refused');
  });

  it('says what to check where the secret of the app is another', async () => {
    const wrong = { ...PRACTICE_APP, clientSecret: 'other' };
    const failure = await failureOf(practice.connect({}, wrong));
    expect(failure).toMatchObject({ kind: 'auth', platformCode: 'invalid_client' });
    expect(failure.remedy).toContain('client secret');
  });

  it('takes an error for one although it comes with HTTP 200', async () => {
    const { endpoints } = practice.context();
    const answer = { error: 'invalid_request', error_description: 'Code is used.', log_id: 'LOG' };
    const other = await import('node:http').then(({ createServer }) =>
      createServer((_request, response) => response.writeHead(200).end(JSON.stringify(answer))),
    );
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    try {
      const oauth = oauthOfTikTok();
      const there = { ...endpoints, api: `http://127.0.0.1:${port}` };
      const signIn = grantByConsent({
        oauth,
        app: PRACTICE_APP,
        endpoints: there,
        approve: async () => '/callback?code=1',
      });
      expect(await failureOf(signIn)).toMatchObject({
        kind: 'auth',
        platformCode: 'invalid_request',
        requestId: 'LOG',
      });
    } finally {
      other.close();
    }
  });

  it('proves who began it: another verifier is refused', async () => {
    const oauth = withProofKey(oauthOfTikTok(), 'another-verifier-another-verifier-another-verifier');
    const { endpoints } = practice.context();
    const grant = grantByConsent({ oauth, app: PRACTICE_APP, endpoints, approve: (url) => approve(url) });
    expect(await failureOf(grant)).toMatchObject({ kind: 'auth', platformCode: 'invalid_request' });
  });
});

// "Check the granted subset": people may switch single permissions off.
describe('what was allowed', () => {
  it('has to be something that publishes', async () => {
    const failure = await failureOf(practice.connect({ scopes: ['user.info.basic', 'video.list'] }));
    expect(failure).toMatchObject({ kind: 'permission' });
    expect(failure.message).toContain('missing: video.publish, video.upload');
    const nameless = await failureOf(practice.connect({ scopes: ['video.publish'] }));
    expect(nameless.message).toContain('missing: user.info.basic');
  });

  it('may be drafts alone: the account has no username then, and one format is offered', async () => {
    const ctx = await practice.account({ scopes: ['user.info.basic', 'video.upload'] });
    const [channel] = await adapter.listChannels(ctx);
    expect(channel).not.toHaveProperty('handle');
    const terms = await adapter.terms?.(ctx);
    expect(terms).toEqual({ settings: { format: { options: [{ value: 'draft', label: 'Draft' }] } } });
  });

  it('may be posts alone', async () => {
    const ctx = await practice.account({ scopes: ['user.info.basic', 'video.publish'] });
    const { settings } = (await adapter.terms?.(ctx)) ?? {};
    expect(settings?.format).toEqual({ options: [{ value: 'post', label: 'Post' }] });
  });
});

describe('renewing and giving back', () => {
  it('takes a refresh token once, and returns the next', async () => {
    const ctx = await practice.account();
    const next = await refresh(ctx);
    expect(next.credentials.refreshToken).not.toBe(ctx.credentials.refreshToken);
    expect(next.credentials).toMatchObject({ openId: ctx.channelId, scopes: [...SCOPES] });
    const failure = await failureOf(refresh(ctx));
    expect(failure).toMatchObject({ kind: 'auth', platformCode: 'invalid_grant' });
    expect(failure.remedy).toContain('Reconnect');
    expect(await adapter.listChannels({ ...ctx, credentials: next.credentials })).toHaveLength(1);
  });

  it('keeps the refresh token where TikTok returns none', async () => {
    const ctx = await practice.account();
    practice.between = async (_request, ask) => {
      const { refresh_token: _, ...rest } = (await (await ask()).json()) as Record<string, unknown>;
      return Response.json(rest);
    };
    expect((await refresh(ctx)).credentials.refreshToken).toBe(ctx.credentials.refreshToken);
  });

  it('is needed after a day, and possible for a year', async () => {
    const ctx = await practice.account();
    practice.pass(DAY_MS);
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({
      kind: 'auth',
      platformCode: 'access_token_invalid',
    });
    practice.pass(363 * DAY_MS);
    const next = await refresh(ctx);
    practice.pass(366 * DAY_MS);
    expect(await failureOf(refresh({ ...ctx, credentials: next.credentials }))).toMatchObject({ kind: 'auth' });
  });

  it('ends both tokens when they are given back', async () => {
    const ctx = await practice.account();
    await adapter.revoke?.(ctx);
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({ kind: 'auth' });
    expect(await failureOf(refresh(ctx))).toMatchObject({ kind: 'auth' });
  });

  it('needs an app, and says who enters it', async () => {
    const { app: _, ...ctx } = await practice.account();
    const failure = await failureOf(refresh(ctx));
    expect(failure.remedy).toContain('client key');
  });
});

describe('what the operator says about the app', () => {
  const options = (audited: string) => adapter.configured?.({ audited, pull: false }) ?? {};

  it('is that it was not audited, unless something else is said: private posts alone, and a notice about it', () => {
    const { settings = [], notice = '', extra } = options('unaudited');
    const privacy = settings.find(({ name }) => name === 'privacy');
    expect(privacy?.options).toMatchObject([{ value: 'SELF_ONLY', label: 'Only me' }]);
    expect(privacy).not.toHaveProperty('default');
    for (const words of ['private', '5 people', 'nobody but']) expect(notice).toContain(words);
    expect(extra?.practiceApp).toEqual(PRACTICE_APP_UNAUDITED);
  });

  it('is that it was audited: nothing of the manifest differs', () => {
    expect(options('audited')).toEqual({});
    expect(adapter.manifest.notice).toBeUndefined();
    expect(adapter.manifest.settings.find(({ name }) => name === 'privacy')?.options).toHaveLength(4);
  });
});
