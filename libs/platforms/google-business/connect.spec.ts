import { isJsonObject } from '#platforms/core';
import { adapter } from './adapter.js';
import { SCOPE } from './manifest.js';
import { drive, failureOf, Practice, text } from './practice.fixture.js';

const DAY_MS = 86_400_000;

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.start();
});
beforeEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

// https://developers.google.com/identity/protocols/oauth2/web-server
describe('connecting Google', () => {
  it('asks on Google’s own page for a sign-in that lasts, and for nothing that was allowed elsewhere', async () => {
    const { page } = await practice.consent();
    expect(page.pathname).toBe('/google-business/accounts/o/oauth2/v2/auth');
    const asked = Object.fromEntries(page.searchParams);
    expect(asked).toMatchObject({ access_type: 'offline', prompt: 'consent', scope: SCOPE, response_type: 'code' });
    expect(asked).not.toHaveProperty('include_granted_scopes');
    expect(page.href).not.toContain('practice-google-business-secret');
  });

  it('finds out whose it is, and that it is renewed within the hour', async () => {
    const { account, scopes, expiresAt, expiryNote, credentials } = await practice.connect({ person: 'Anna Baker' });
    expect(account).toMatchObject({ name: 'Anna Baker' });
    expect(account.id).toMatch(/^accounts\/\d+$/);
    expect(scopes).toEqual([SCOPE]);
    const minutes = ((expiresAt?.getTime() ?? 0) - practice.now().getTime()) / 60_000;
    expect(minutes).toBeGreaterThan(58);
    expect(minutes).toBeLessThanOrEqual(60);
    expect(expiryNote).toBeUndefined();
    expect(Object.keys(credentials).sort()).toEqual(['accessToken', 'refreshToken']);
  });

  it('says when a sign-in ends by itself, as the app is in testing', async () => {
    const { expiresAt, expiryNote } = await practice.connect({ publishing: 'testing' });
    const days = ((expiresAt?.getTime() ?? 0) - practice.now().getTime()) / DAY_MS;
    expect(days).toBeGreaterThan(6.99);
    expect(days).toBeLessThanOrEqual(7);
    expect(`${expiryNote} ends then.`).toMatch(/^The sign-in \(Google gives it 7 days.*testing\) ends then\.$/);
  });

  it('ends quietly where the person declines, or unticks everything', async () => {
    for (const consent of [{ decision: 'cancel' as const }, { scopes: [] }]) {
      const { back } = await practice.consent(consent);
      expect(back.searchParams.get('error')).toBe('access_denied');
      expect((await drive(practice.strategy(), Object.fromEntries(back.searchParams))).kind).toBe('fail');
    }
  });

  it('is refused without the permission, and says which one', async () => {
    const grant = { accessToken: 'ya29.x', refreshToken: '1//x', params: { scope: 'openid' } };
    const failure = await failureOf(adapter.oauth?.authorize(practice.context(), grant));
    expect(failure).toMatchObject({ kind: 'permission' });
    expect(failure.message).toContain('business.manage');
    expect(practice.sent).toEqual([]);
  });

  it('is refused without a way to stay signed in', async () => {
    const grant = { accessToken: 'ya29.x', params: { scope: SCOPE } };
    const failure = await failureOf(adapter.oauth?.authorize(practice.context(), grant));
    expect(failure).toMatchObject({ kind: 'permission' });
    expect(failure.remedy).toContain('myaccount.google.com/connections');
  });

  it('is refused with the secret of another app, and a code works once', async () => {
    const { back } = await practice.consent();
    const query = Object.fromEntries(back.searchParams);
    const stranger = { clientId: 'practice-google-business-app', clientSecret: 'guessed' };
    const refused = await drive(practice.strategy(stranger), query);
    if (refused.kind !== 'error') throw new Error(`It ended with ${refused.kind}`);
    expect(adapter.classify(refused.error, practice.now())).toMatchObject({ kind: 'permission' });
    expect((await drive(practice.strategy(), query)).kind).toBe('success');
    const again = await drive(practice.strategy(), query);
    if (again.kind !== 'error') throw new Error(`It ended with ${again.kind}`);
    expect(adapter.classify(again.error, practice.now())).toMatchObject({
      kind: 'auth',
      platformCode: 'invalid_grant',
    });
  });

  // https://developers.google.com/my-business/content/limits
  it('says in words that Google has not approved the project yet, with the form for it', async () => {
    await practice.order('quota', { limit: 0 });
    const failure = await failureOf(practice.connect());
    expect(failure).toMatchObject({ kind: 'permission', platformCode: 'RATE_LIMIT_EXCEEDED' });
    expect(failure.message).toContain('has not approved');
    expect(failure.remedy).toContain('https://support.google.com/business/contact/api_default');
    expect(failure.retryAt).toBeUndefined();
  });

  it('says which API is not enabled', async () => {
    await practice.order('disable', { service: 'mybusinessaccountmanagement.googleapis.com' });
    const failure = await failureOf(practice.connect());
    expect(failure).toMatchObject({ kind: 'permission', platformCode: 'SERVICE_DISABLED' });
    expect(failure.message).toContain('"My Business Account Management API"');
  });

  // https://github.com/gitroomhq/postiz-app/issues/1692
  it('says already while places are chosen that posts have an API of their own, which is not enabled', async () => {
    const ctx = await practice.account();
    await practice.order('disable', { service: 'mybusiness.googleapis.com' });
    const failure = await failureOf(adapter.listChannels(ctx));
    expect(failure).toMatchObject({ kind: 'permission', platformCode: 'SERVICE_DISABLED' });
    expect(failure.message).toContain('"Google My Business API"');
    expect(failure.remedy).toContain('https://support.google.com/business/contact/api_default');
  });

  it('offers the places also where the posts of the first one cannot be read', async () => {
    const ctx = await practice.account();
    practice.altered = (request, answer) => {
      if (!request.url.includes('/localPosts')) return answer;
      const error = { code: 403, status: 'PERMISSION_DENIED', message: 'The caller does not have permission' };
      return Response.json({ error }, { status: 403 });
    };
    expect(await adapter.listChannels(ctx)).toHaveLength(2);
  });
});

describe('staying signed in', () => {
  it('renews the access token after an hour, and keeps what renews it', async () => {
    const ctx = await practice.account();
    practice.pass(3_600_000);
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({ kind: 'auth' });
    const renewed = await adapter.refresh?.(ctx);
    expect(renewed?.credentials.refreshToken).toBe(ctx.credentials.refreshToken);
    expect(renewed?.expiresAt?.getTime()).toBeGreaterThan(practice.now().getTime() + 58 * 60_000);
    expect(await adapter.listChannels({ ...ctx, credentials: renewed?.credentials ?? {} })).not.toEqual([]);
  });

  it('keeps telling when a sign-in of an app in testing ends, however often it is renewed', async () => {
    const { credentials, expiresAt } = await practice.connect({ publishing: 'testing' });
    const ctx = { ...practice.context(), credentials, channelDetails: {} };
    practice.pass(2 * DAY_MS);
    const renewed = await adapter.refresh?.(ctx);
    expect(Math.abs((renewed?.expiresAt?.getTime() ?? 0) - (expiresAt?.getTime() ?? 0))).toBeLessThan(2_000);
    practice.pass(5 * DAY_MS + 60_000);
    const over = await failureOf(adapter.refresh?.({ ...ctx, credentials: renewed?.credentials ?? {} }));
    expect(over).toMatchObject({ kind: 'auth', platformCode: 'invalid_grant' });
    expect(over.message).toContain('7 days');
    expect(over.remedy).toContain('publishing the app');
  });

  it('is a matter of sign-in where the person took the app away', async () => {
    const ctx = await practice.account({ person: 'Anna' });
    await practice.order('revoke', { person: 'Anna' });
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({ kind: 'auth' });
    expect(await failureOf(adapter.refresh?.(ctx))).toMatchObject({ kind: 'auth', platformCode: 'invalid_grant' });
  });

  it('gives the sign-in back, and is content where it is worth nothing already', async () => {
    const ctx = await practice.account();
    await adapter.revoke?.(ctx);
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({ kind: 'auth' });
    await adapter.revoke?.(ctx);
  });

  it('keeps tokens and secrets out of every address', async () => {
    const ctx = await practice.account();
    await adapter.listChannels(ctx);
    await adapter.refresh?.(ctx);
    await adapter.revoke?.(ctx);
    const secrets = [
      text(ctx.credentials.accessToken),
      text(ctx.credentials.refreshToken),
      'practice-google-business-secret',
    ];
    for (const { url } of practice.sent) for (const secret of secrets) expect(url.href).not.toContain(secret);
  });
});

// https://developers.google.com/my-business/reference/businessinformation/rest/v1/accounts.locations/list
describe('the places of an account', () => {
  it('are those that can have posts, with what tells them apart and what posts need', async () => {
    const ctx = await practice.account({ person: 'Anna' });
    const channels = await adapter.listChannels(ctx);
    expect(channels.map(({ name, kind, handle }) => [name, kind, handle])).toEqual([
      ['Practice Bakery', 'Location', '1 Main Street, 62701 Springfield'],
      ['Practice Café', 'Location', '2 Main Street, 62701 Springfield'],
    ]);
    const [bakery] = channels;
    expect(bakery?.id).toMatch(/^locations\/\d+$/);
    expect(bakery?.url).toMatch(/\/maps\?cid=\d+$/);
    expect(bakery?.details).toMatchObject({ accountName: 'Anna', languageCode: 'en-US' });
    expect(bakery?.credentials).toBeUndefined();
  });

  it('are all read, page by page, of every account, and each once', async () => {
    const ctx = await practice.account({ places: 'many' });
    practice.sent.length = 0;
    const channels = await adapter.listChannels(ctx);
    // Two of one's own, a group of 105 and twenty of two; one of one's own is in a group as well.
    expect(channels).toHaveLength(2 + 105 + 20 * 2);
    expect(new Set(channels.map(({ id }) => id)).size).toBe(channels.length);
    const asked = practice.sent.map(({ url }) => url.pathname.split('/')[2]);
    expect(asked.filter((service) => service === 'accountmanagement')).toHaveLength(2);
    // One for each of 22 accounts, and a second page of the largest.
    expect(asked.filter((service) => service === 'businessinformation')).toHaveLength(23);
  });

  it('that are not verified are told apart, as nobody sees what is posted on them', async () => {
    const ctx = await practice.account({ person: 'Anna' });
    await practice.order('place', { person: 'Anna', title: 'Practice Café', verified: false });
    const channels = await adapter.listChannels(ctx);
    expect(channels.map(({ name, kind }) => [name, kind])).toEqual([
      ['Practice Bakery', 'Location'],
      ['Practice Café', 'Location that is not verified'],
    ]);
  });

  it('that can have posts no longer are not listed any more', async () => {
    const ctx = await practice.account({ person: 'Anna' });
    await practice.order('place', { person: 'Anna', title: 'Practice Bakery', canPost: false });
    await practice.order('place', { person: 'Anna', title: 'Practice Café', gone: true });
    expect(await adapter.listChannels(ctx)).toEqual([]);
  });

  it('are not taken for read where the pages run in a circle', async () => {
    const ctx = await practice.account({ places: 'many' });
    practice.altered = async (request, answer) => {
      if (!request.url.includes('/locations')) return answer;
      const body: unknown = await answer.json();
      return Response.json({ ...(isJsonObject(body) ? body : {}), nextPageToken: 'from-0' });
    };
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({ kind: 'unknown' });
  });
});
