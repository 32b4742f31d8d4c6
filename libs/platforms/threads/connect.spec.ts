import { PlatformFailure } from '#platforms/core';
import { adapter } from './adapter.js';
import { drive, failureOf, Practice } from './practice.fixture.js';

const HOUR = 3_600_000;

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.start();
});
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

// https://developers.facebook.com/documentation/threads/get-started/get-access-tokens-and-permissions
describe('the Authorization Window', () => {
  it('is asked for every permission, separated by commas, and brings the state back', async () => {
    const { dialog, back } = await practice.consent();
    expect(dialog.pathname).toBe('/threads/www/oauth/authorize');
    expect(Object.fromEntries(dialog.searchParams)).toEqual({
      client_id: 'practice-threads-app',
      response_type: 'code',
      redirect_uri: 'https://clickpost.example/v1/oauth/threads/callback',
      scope:
        'threads_basic,threads_content_publish,threads_manage_replies,threads_read_replies,threads_delete,threads_location_tagging',
      state: 'state-1',
    });
    expect(back.searchParams.get('state')).toBe('state-1');
    expect(back.hash).toBe('#_');
  });

  it('says that it is practice, and names app and permissions', async () => {
    const { dialog } = await practice.consent();
    const html = await (await fetch(dialog)).text();
    for (const text of ['this is not Threads', 'ClickPost', 'threads_content_publish', 'Cancel']) {
      expect(html).toContain(text);
    }
  });

  it('ends in a failure that passport reports when the person says no', async () => {
    const { back } = await practice.consent({ decision: 'cancel' });
    expect(back.searchParams.get('error_reason')).toBe('user_denied');
    const outcome = await drive(practice.strategy(), Object.fromEntries(back.searchParams));
    expect(outcome).toEqual({ kind: 'fail', challenge: { message: 'The user denied your request' } });
  });

  it('takes a code once', async () => {
    const { back } = await practice.consent();
    const query = Object.fromEntries(back.searchParams);
    expect((await drive(practice.strategy(), query)).kind).toBe('success');
    const again = await drive(practice.strategy(), query);
    expect(again.kind).toBe('error');
    expect(adapter.classify(again.kind === 'error' && again.error, new Date())).toMatchObject({
      kind: 'auth',
      remedy: 'Connect once more.',
      platformMessage: 'Matching code was not found or was already used',
    });
  });

  // https://www.rfc-editor.org/rfc/rfc7636: the bridge begins with a key of its own.
  it('holds to the key that it was begun with', async () => {
    const { dialog } = await practice.consent();
    dialog.searchParams.set('code_challenge', 'somebody-else');
    dialog.searchParams.set('code_challenge_method', 'S256');
    const body = new URLSearchParams({ decision: 'continue' });
    const answer = await fetch(dialog, { method: 'POST', body, redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect((await drive(practice.strategy(), Object.fromEntries(back.searchParams))).kind).toBe('error');
  });

  it('fails at the exchange with a wrong secret', async () => {
    const { back } = await practice.consent();
    const strategy = practice.strategy({ clientId: 'practice-threads-app', clientSecret: 'wrong' });
    const outcome = await drive(strategy, Object.fromEntries(back.searchParams));
    expect(outcome.kind).toBe('error');
  });
});

describe('what is kept of a sign-in', () => {
  it('is a token of 60 days and the whole id, which the answer rounds', async () => {
    const { account, credentials, expiresAt, scopes } = await practice.connect({ person: 'Ada Baker' });
    expect(account).toMatchObject({ name: 'Ada Baker', handle: 'ada.baker' });
    expect(account.url).toMatch(/\/@ada\.baker$/);
    expect(credentials).toMatchObject({ userId: account.id });
    expect(scopes).toContain('threads_content_publish');
    const days = ((expiresAt?.getTime() ?? 0) - Date.now()) / (24 * HOUR);
    expect(days).toBeGreaterThan(59);
    expect(days).toBeLessThan(61);
  });

  it('names a required permission that was left out', async () => {
    const failure = await practice.connect({ scopes: ['threads_basic'] }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PlatformFailure);
    expect(adapter.classify(failure, new Date())).toMatchObject({
      kind: 'permission',
      message: expect.stringContaining('threads_content_publish') as string,
    });
  });

  // https://developers.facebook.com/documentation/threads/retrieve-and-manage-replies: reply limits need their permission.
  it('knows without being told that the permission to reply was left out', async () => {
    const { scopes } = await practice.connect({ scopes: ['threads_basic', 'threads_content_publish'] });
    expect(scopes).toContain('threads_content_publish');
    expect(scopes).not.toContain('threads_manage_replies');
  });

  // https://developers.facebook.com/documentation/threads/troubleshooting/debug-access-token: for testers alone.
  it('is exact for testers of the app', async () => {
    const scopes = ['threads_basic', 'threads_content_publish', 'threads_delete'];
    const first = await practice.connect({ scopes });
    await practice.order('testers', { user: first.account.id });
    expect((await practice.connect({ scopes })).scopes).toEqual(scopes);
  });

  it('puts token and secret into the two addresses that read them nowhere else', async () => {
    const ctx = await practice.profile();
    await adapter.listChannels(ctx);
    await adapter.usage?.(ctx);
    const withSecret = practice.urls.filter((url) => /EAA|practice-threads-secret/.test(url));
    const paths = new Set(withSecret.map((url) => new URL(url).pathname));
    expect([...paths]).toEqual(['/threads/graph/access_token', '/threads/graph/v1.0/debug_token']);
  });
});

// https://developers.facebook.com/documentation/threads/get-started/long-lived-tokens
describe('renewing a token', () => {
  it('leaves one alone that is younger than a day', async () => {
    const ctx = await practice.profile();
    const asked = practice.urls.length;
    expect(await adapter.refresh?.(ctx)).toEqual({ credentials: ctx.credentials });
    expect(practice.urls).toHaveLength(asked);
  });

  it('gives an older one another 60 days', async () => {
    const ctx = await practice.profile();
    practice.pass(25 * HOUR);
    const next = await adapter.refresh?.(ctx);
    expect(next?.credentials.token).not.toBe(ctx.credentials.token);
    const end = (next?.expiresAt?.getTime() ?? 0) - practice.now().getTime();
    expect(end / (24 * HOUR)).toBeGreaterThan(59);
    const renewed = { ...ctx, credentials: next?.credentials ?? {} };
    expect(await adapter.listChannels(renewed)).toHaveLength(1);
  });

  it('cannot renew one that has expired', async () => {
    const ctx = await practice.profile();
    practice.pass(61 * 24 * HOUR);
    expect(await failureOf(adapter.refresh?.(ctx) ?? Promise.resolve())).toMatchObject({
      kind: 'auth',
      platformCode: '190/463',
    });
  });

  it('says that the person took the app away', async () => {
    const ctx = await practice.profile();
    await practice.order('revoke', { user: String(ctx.channelId), subcode: 458 });
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({ kind: 'auth', platformCode: '190/458' });
  });

  it('has nothing to give it back with, since nothing is documented', () => {
    expect('revoke' in adapter).toBe(false);
  });
});

// https://developers.facebook.com/documentation/threads/create-posts/location-tagging
describe('searching for a location', () => {
  it('finds places with where they are, by ids that are numbers there', async () => {
    const found = await adapter.lookup?.(await practice.profile(), 'location', 'market');
    expect(found).toEqual([
      { value: '212999109', label: 'Practice Market Hall', detail: 'Marktplatz 3, Hamburg, Germany' },
    ]);
  });

  it('says that the permission is missing', async () => {
    const ctx = await practice.profile({ scopes: ['threads_basic', 'threads_content_publish'] });
    expect(await failureOf(adapter.lookup?.(ctx, 'location', 'market') ?? Promise.resolve())).toMatchObject({
      kind: 'permission',
      platformCode: '10',
    });
  });
});
