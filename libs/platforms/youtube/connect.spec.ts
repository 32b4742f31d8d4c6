import { drive } from '#platforms/testing';
import { adapter } from './adapter.js';
import { UNVERIFIED_MAX_MS } from './limits.js';
import { manifest, PRACTICE_APP, SCOPES } from './manifest.js';
import { failureOf, PERSON, Practice } from './practice.fixture.js';

let practice: Practice;
const WEEK_MS = 7 * 86_400_000;

beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

describe('the consent page', () => {
  it('is asked for what is needed, and for a way to stay signed in', async () => {
    const { endpoints } = practice.context();
    const strategy = adapter.oauth?.strategy({
      ...{ app: PRACTICE_APP, callbackUrl: 'https://post.example/callback', endpoints },
      verify: () => undefined,
    });
    if (!strategy) throw new Error('YouTube connects by OAuth.');
    const outcome = await drive(strategy, {}, { state: 'of-the-bridge' });
    if (outcome.kind !== 'redirect') throw new Error(`It ended ${outcome.kind}.`);
    const asked = new URL(outcome.url);
    expect(asked.pathname).toBe('/youtube/accounts/o/oauth2/v2/auth');
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      ...{ access_type: 'offline', prompt: 'consent', scope: SCOPES.join(' '), state: 'of-the-bridge' },
    });
    expect(manifest.endpoints).toMatchObject({ accounts: 'https://accounts.google.com' });
  });

  it.each(SCOPES)('has to grant %s', async (scope) => {
    const failure = await failureOf(practice.connect({ scopes: SCOPES.filter((one) => one !== scope) }));
    expect(failure).toMatchObject({ kind: 'permission' });
    expect(failure.message).toContain(scope.split('/').at(-1));
  });

  it('leads to the channel of the account', async () => {
    const { account } = await practice.connect({ person: 'Rye & Sons' });
    expect(account).toMatchObject({
      name: 'Rye & Sons',
      handle: 'ryesons',
      id: expect.stringMatching(/^UC/) as string,
    });
    expect((await fetch(account.url ?? '')).status).toBe(200);
  });

  it('says what to do for an account that has no channel', async () => {
    const failure = await failureOf(practice.connect({ channel: 'none' }));
    expect(failure).toMatchObject({ kind: 'permission', platformCode: 'youtubeSignupRequired' });
    expect(failure.remedy).toMatch(/create_channel/);
  });
});

describe('the sign-in', () => {
  it('ends after 7 days while the app is in testing, and says so beforehand and afterwards', async () => {
    const { expiresAt, expiryNote, credentials } = await practice.connect({ publishing: 'testing' });
    expect(Math.abs((expiresAt?.getTime() ?? 0) - practice.now().getTime() - WEEK_MS)).toBeLessThan(60_000);
    expect(expiryNote).toMatch(/7 days/);
    practice.pass(WEEK_MS);
    const ctx = { ...practice.context(), credentials, channelDetails: {} };
    const failure = await failureOf(adapter.refresh?.(ctx));
    expect(failure).toMatchObject({ kind: 'auth', platformCode: 'invalid_grant' });
    expect(failure.message).toMatch(/7 days/);
  });

  it('has no end in production, and is renewed', async () => {
    const { expiresAt, expiryNote, credentials } = await practice.connect();
    expect(expiryNote).toBeUndefined();
    expect((expiresAt?.getTime() ?? Infinity) - practice.now().getTime()).toBeLessThan(3_601_000);
    practice.pass(WEEK_MS);
    const ctx = { ...practice.context(), credentials, channelDetails: {} };
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({ kind: 'auth' });
    const renewed = await adapter.refresh?.(ctx);
    expect(await adapter.listChannels({ ...ctx, credentials: renewed?.credentials ?? {} })).toHaveLength(1);
  });

  it('is told of in words where the person took it away', async () => {
    const { credentials } = await practice.connect();
    await practice.order('revoke', { person: PERSON });
    const ctx = { ...practice.context(), credentials, channelDetails: {} };
    const [inProduction, inTesting] = [
      await failureOf(adapter.refresh?.(ctx)),
      await failureOf(adapter.refresh?.({ ...ctx, options: { publishing: 'testing' } })),
    ];
    expect(inProduction).toMatchObject({ kind: 'auth', platformCode: 'invalid_grant' });
    expect(inProduction.message).not.toMatch(/7 days/);
    expect(inTesting).toMatchObject({ kind: 'auth', platformCode: 'invalid_grant' });
    expect(inTesting.message).toMatch(/7 days/);
  });
});

describe('the channel', () => {
  it('takes 15 minutes at the most where its phone number is not verified', async () => {
    const { channel } = await practice.account({ channel: 'unverified' });
    expect(channel.limits?.media.video?.maxDurationMs).toBe(UNVERIFIED_MAX_MS);
    const verified = await practice.account();
    expect(verified.channel.limits).toBeUndefined();
    expect(verified.channel.details).toEqual({ uploads: expect.stringMatching(/^UU/) as string });
  });

  it('is told of in words once it is gone', async () => {
    const ctx = await practice.account();
    await practice.order('channel', { person: PERSON, closed: true });
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({
      ...{ kind: 'permission', message: 'This Google account has no YouTube channel yet.' },
    });
  });
});
