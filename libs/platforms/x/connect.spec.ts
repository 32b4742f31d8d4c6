import { adapter } from './adapter.js';
import { accountOf } from './api.js';
import { manifest, SCOPES } from './manifest.js';
import { type Consent, drive, failureOf, Practice } from './practice.fixture.js';

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

// https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token
describe('connecting X', () => {
  it('asks on X’s own page for every scope, with a proof key', async () => {
    const { page } = await practice.consent();
    expect(page.pathname).toBe('/x/www/i/oauth2/authorize');
    const asked = Object.fromEntries(page.searchParams);
    expect(asked).toMatchObject({ response_type: 'code', scope: SCOPES.join(' '), code_challenge_method: 'S256' });
    expect(asked.code_challenge).not.toBe('');
    expect(page.href).not.toContain('practice-x-secret');
  });

  it('finds out whose account it is, and when the sign-in ends', async () => {
    const before = practice.now().getTime();
    const { account, scopes, expiresAt, credentials } = await practice.connect({ person: 'Anna Baker' });
    expect(account).toMatchObject({ name: 'Anna Baker', handle: '@Anna_Baker' });
    expect(account.url).toMatch(/\/www\/Anna_Baker$/);
    expect([...scopes].sort()).toEqual([...SCOPES].sort());
    expect(credentials.userId).toBe(account.id);
    const hours = ((expiresAt?.getTime() ?? 0) - before) / 3_600_000;
    expect(hours).toBeGreaterThan(1.9);
    expect(hours).toBeLessThan(2.1);
    // Reading a profile is charged: https://docs.x.com/x-api/getting-started/pricing
    expect(practice.spent).toEqual([{ price: 'user-read', count: 1 }]);
  });

  it('ends quietly where the person declines', async () => {
    const { back } = await practice.consent({ decision: 'cancel' });
    expect(back.searchParams.get('error')).toBe('access_denied');
    const outcome = await drive(practice.strategy(), Object.fromEntries(back.searchParams));
    expect(outcome.kind).toBe('fail');
  });

  it.each(SCOPES)('says what is missing where %s was left out', async (scope) => {
    const consent: Consent = { scopes: SCOPES.filter((one) => one !== scope) };
    const failure = await failureOf(practice.connect(consent));
    expect(failure).toMatchObject({ kind: 'permission' });
    expect(failure.message).toContain(scope);
  });

  it('has half a minute to exchange the code', async () => {
    const { back } = await practice.consent();
    practice.pass(31_000);
    const outcome = await drive(practice.strategy(), Object.fromEntries(back.searchParams));
    expect(outcome.kind).toBe('error');
  });

  it.each([
    ['another proof key', 'another-verifier-that-is-long-enough-0123456789-abcdef'],
    ['an empty proof key', ''],
  ])('is refused with %s', async (_name, verifier) => {
    const { back } = await practice.consent();
    const outcome = await drive(practice.strategy(verifier), Object.fromEntries(back.searchParams));
    expect(outcome.kind).toBe('error');
  });

  it('is refused with the secret of another app, and a code works once', async () => {
    const { back } = await practice.consent();
    const query = Object.fromEntries(back.searchParams);
    const stranger = { clientId: 'practice-x-app', clientSecret: 'guessed' };
    expect((await drive(practice.strategy(undefined, stranger), query)).kind).toBe('error');
    expect((await drive(practice.strategy(), query)).kind).toBe('success');
    expect((await drive(practice.strategy(), query)).kind).toBe('error');
  });
});

describe('staying signed in', () => {
  it('swaps the pair, once: the old refresh token is worth nothing afterwards', async () => {
    const ctx = await practice.account();
    practice.pass(2 * 3_600_000 + 1_000);
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({ kind: 'auth' });
    const renewed = await adapter.refresh?.(ctx);
    if (!renewed) throw new Error('X renews tokens.');
    expect(renewed.credentials.refreshToken).not.toBe(ctx.credentials.refreshToken);
    expect(renewed.expiresAt?.getTime()).toBeGreaterThan(practice.now().getTime());
    expect(await adapter.listChannels({ ...ctx, credentials: renewed.credentials })).toHaveLength(1);
    const again = adapter.refresh?.(ctx) ?? Promise.resolve();
    expect(await failureOf(again)).toMatchObject({ kind: 'auth', platformCode: 'oauth/invalid_request' });
  });

  it('tells X by the head alone which app it is', async () => {
    const ctx = await practice.account();
    await adapter.refresh?.(ctx);
    const [asked] = practice.callsTo('POST', /oauth2\/token$/);
    expect(asked?.headers.get('authorization')).toMatch(/^Basic /);
    expect(asked?.body).not.toContain('practice-x-secret');
  });

  it('says so where there is nothing to renew with', async () => {
    const ctx = await practice.account();
    const { refreshToken: _none, ...credentials } = ctx.credentials;
    expect(await failureOf(adapter.refresh?.({ ...ctx, credentials }) ?? Promise.resolve())).toMatchObject({
      kind: 'auth',
    });
  });

  it('gives both tokens back, and is content where they are worth nothing already', async () => {
    const ctx = await practice.account();
    await adapter.revoke?.(ctx);
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({ kind: 'auth' });
    expect(await failureOf(adapter.refresh?.(ctx) ?? Promise.resolve())).toMatchObject({ kind: 'auth' });
    await adapter.revoke?.(ctx);
  });

  it('notices where the person took the app away', async () => {
    const ctx = await practice.account({ person: 'Anna' });
    await practice.order('revoke', { person: 'Anna' });
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({ kind: 'auth', platformCode: 'unauthorized' });
  });
});

// https://docs.x.com/x-api/fundamentals/data-dictionary: `subscription_type`.
describe('what an account may', () => {
  it.each([
    ['None', 280, false],
    ['Basic', 25_000, true],
    ['Premium', 25_000, true],
    ['PremiumPlus', 25_000, true],
  ])('with the subscription %s: %i characters, edit: %s', async (subscription, max, edit) => {
    const { credentials } = await practice.connect({ subscription });
    const [channel] = await adapter.listChannels({ ...practice.context(), credentials, channelDetails: {} });
    expect(channel?.limits?.text.max).toBe(max);
    expect(channel?.capabilities).toEqual({ edit });
    expect(channel?.details).toMatchObject({ subscription });
  });

  it('is what the subscription is today', async () => {
    const { credentials } = await practice.connect({ person: 'Anna' });
    const ctx = { ...practice.context(), credentials, channelDetails: {} };
    await practice.order('subscribe', { person: 'Anna', subscription: 'Premium' });
    const [channel] = await adapter.listChannels(ctx);
    expect(channel?.capabilities).toEqual({ edit: true });
  });

  it('keeps the stored connection to what calls need', async () => {
    const ctx = await practice.account();
    expect(Object.keys(ctx.credentials).sort()).toEqual(['accessToken', 'refreshToken', 'userId']);
    expect(accountOf(ctx).userId).toBe(ctx.channelId);
    expect(() => accountOf({ ...ctx, credentials: {} })).toThrow('no token');
  });
});

describe('what the operator says', () => {
  const configured = (values: Record<string, string | number | boolean>) =>
    adapter.configured?.({ ...practice.options, ...values }) ?? {};

  it('changes nothing by itself', () => {
    expect({ ...manifest, ...configured({}) }).toEqual(manifest);
  });

  it('offers quotes only where the app may quote', () => {
    const names = (configured({ quotes: true }).settings ?? []).map(({ name }) => name);
    expect(names).toContain('quoteUrl');
    expect(manifest.settings.map(({ name }) => name)).not.toContain('quoteUrl');
  });

  it('offers neither threads nor first comments where X refuses them to the app', () => {
    expect(configured({ selfThreads: false }).capabilities).toMatchObject({
      thread: false,
      firstComment: false,
      remove: true,
    });
  });

  it('counts by the operator’s limits and prices', () => {
    const { quotas, prices } = configured({ userPostLimit: 50, appPostLimit: 300, pricePostWithLink: 0.3 });
    expect(quotas?.map(({ scope, limit }) => [scope, limit])).toEqual([
      ['channel', 50],
      ['app', 300],
    ]);
    expect(prices?.find(({ id }) => id === 'post-with-link')?.usd).toBe(0.3);
    expect(prices?.find(({ id }) => id === 'post')?.usd).toBe(0.015);
  });
});
