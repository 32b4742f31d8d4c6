import { createHash } from 'node:crypto';
import { PlatformFailure } from '#platforms/core';
import { adapter } from './adapter.js';
import { drive, Practice } from './practice.fixture.js';

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.start();
});
afterEach(() => {
  practice.sandbox.reset();
  practice.urls.length = 0;
});
afterAll(() => practice.sandbox.close());

describe('signing in with Facebook', () => {
  it('asks for the Page permissions, at the Graph version, and brings the state back', async () => {
    const { dialog, back } = await practice.consent();
    expect(dialog.pathname).toBe('/facebook/www/v26.0/dialog/oauth');
    expect(Object.fromEntries(dialog.searchParams)).toMatchObject({
      client_id: 'practice-app',
      response_type: 'code',
      scope: [
        ...['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'business_management'],
        ...['pages_manage_engagement', 'pages_read_user_content'],
      ].join(','),
      state: 'state-1',
    });
    expect(back.origin + back.pathname).toBe(dialog.searchParams.get('redirect_uri'));
    expect(back.searchParams.get('state')).toBe('state-1');
  });

  it('shows a dialog that says it is practice and names app, Pages and permissions', async () => {
    const { dialog } = await practice.consent();
    const answer = await fetch(dialog);
    const html = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/html');
    for (const text of ['this is not Facebook', 'ClickPost', 'Practice Café', 'pages_manage_posts', 'Cancel']) {
      expect(html).toContain(text);
    }
  });

  it.each([
    ['client_id', 'another-app', 'Invalid App ID'],
    ['redirect_uri', 'javascript:alert(1)', 'URL Blocked'],
    ['scope', 'pages_show_list,<b>everything</b>', 'Invalid Scopes: &lt;b&gt;everything'],
    ['response_type', 'token', 'Invalid response_type'],
  ])('shows no dialog for a wrong %s', async (name, value, words) => {
    const { dialog } = await practice.consent();
    dialog.searchParams.set(name, value);
    const answer = await fetch(dialog);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(words);
  });

  it('keeps a long-lived token, whose it is, its scopes and its end', async () => {
    const authorization = await practice.connect();
    expect(authorization.account.name).toBe('Practice Person');
    expect(authorization.scopes).toContain('pages_manage_posts');
    expect(authorization.credentials).toEqual({
      userToken: expect.stringMatching(/^EAA/),
      userId: authorization.account.id,
    });
    // Pages go on being published to; what ends first is the list of them.
    expect(authorization.expiryNote).toContain('Pages are listed');
    const days = ((authorization.expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(59);
    expect(days).toBeLessThan(61);
  });

  it('puts neither token nor secret into an address, save where debug_token reads nothing else', async () => {
    const authorization = await practice.connect();
    await adapter.listChannels(practice.account(authorization));
    const withToken = practice.urls.filter((url) => /EAA|practice-secret/.test(url));
    expect(withToken.map((url) => new URL(url).pathname)).toEqual(['/facebook/graph/v26.0/debug_token']);
  });

  it('ends in a failure that passport reports when the person says no', async () => {
    const { back } = await practice.consent({ decision: 'cancel' });
    expect(back.searchParams.get('error_reason')).toBe('user_denied');
    const outcome = await drive(practice.strategy(), Object.fromEntries(back.searchParams));
    expect(outcome).toEqual({ kind: 'fail', challenge: { message: 'Permissions error' } });
  });

  it.each([
    [{ scopes: ['pages_show_list', 'pages_read_engagement'] }, /pages_manage_posts/],
    [{ pages: [] }, /pages_show_list, pages_read_engagement, pages_manage_posts/],
  ])('names what is missing after a partial consent: %j', async (consent, missing) => {
    const failure = await practice.connect(consent).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PlatformFailure);
    expect(adapter.classify(failure, new Date())).toMatchObject({
      kind: 'permission',
      message: expect.stringMatching(missing),
    });
  });

  it('uses a code once', async () => {
    const { back } = await practice.consent();
    const query = Object.fromEntries(back.searchParams);
    expect((await drive(practice.strategy(), query)).kind).toBe('success');
    const again = await drive(practice.strategy(), query);
    expect(again.kind).toBe('error');
    expect(adapter.classify(again.kind === 'error' && again.error, new Date())).toMatchObject({
      kind: 'auth',
      platformCode: '100/36009',
    });
  });

  it('wants what was announced by its hash, where the dialog was given one', async () => {
    const verifier = 'a-verifier-that-is-long-enough-for-the-purpose';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const { dialog } = await practice.consent();
    dialog.searchParams.set('code_challenge', challenge);
    dialog.searchParams.set('code_challenge_method', 'S256');
    const agree = async () => {
      const body = new URLSearchParams([['decision', 'continue']]);
      const answer = await fetch(dialog, { method: 'POST', body, redirect: 'manual' });
      return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    };
    const exchange = async (given: string) => {
      const redirect = dialog.searchParams.get('redirect_uri') ?? '';
      const fields = { client_id: 'practice-app', client_secret: 'practice-secret', redirect_uri: redirect };
      const body = new URLSearchParams({ ...fields, code: await agree(), code_verifier: given });
      return fetch(`${practice.context().endpoints.graph}/v26.0/oauth/access_token`, { method: 'POST', body });
    };
    expect((await exchange('another')).status).toBe(400);
    expect((await exchange(verifier)).status).toBe(200);
  });

  it('fails at the exchange with a wrong app secret', async () => {
    const { back } = await practice.consent();
    const strategy = practice.strategy({ clientId: 'practice-app', clientSecret: 'wrong' });
    expect(await drive(strategy, Object.fromEntries(back.searchParams))).toMatchObject({
      kind: 'error',
      error: { message: 'Error validating client secret.' },
    });
  });

  it('gives the authorization back, and with it every token', async () => {
    const account = practice.account(await practice.connect());
    await adapter.revoke?.(account);
    const failure = await adapter.listChannels(account).catch((error: unknown) => error);
    expect(adapter.classify(failure, new Date())).toMatchObject({ kind: 'auth', platformCode: '190/458' });
  });

  it('says what to do where the installation has no app', async () => {
    const account = practice.account(await practice.connect());
    const { app: _, ...withoutApp } = account;
    const failure = await adapter.listChannels(withoutApp).catch((error: unknown) => error);
    expect(adapter.classify(failure, new Date())).toMatchObject({
      kind: 'permission',
      remedy: expect.stringContaining('operator'),
    });
  });
});

describe('listing Pages', () => {
  it('reads every page of the list and keeps a token for each Page', async () => {
    const names = Array.from({ length: 5 }, (_, index) => `Practice Shop ${index + 1}`);
    for (const name of names) await practice.order('pages', { person: 'Practice Person', name });
    const pages = ['Practice Bakery', 'Practice Bikes', 'Practice Café', ...names];
    const channels = await adapter.listChannels(practice.account(await practice.connect({ pages })));
    expect(channels.map(({ name }) => name)).toEqual(pages);
    expect(new Set(channels.map(({ credentials }) => credentials?.pageToken)).size).toBe(8);
    expect(channels[0]?.url).toMatch(/^http/);
  });

  it('leaves out Pages that were not chosen, and those without the task to create', async () => {
    await practice.order('pages', { person: 'Practice Person', name: 'Only looking', tasks: ['ANALYZE'] });
    const account = practice.account(await practice.connect({ pages: ['Practice Bikes', 'Only looking'] }));
    expect((await adapter.listChannels(account)).map(({ name }) => name)).toEqual(['Practice Bikes']);
  });

  it('finds the Pages of businesses, where the permission was given', async () => {
    const business = { person: 'Practice Person', business: 'Practice Holding' };
    await practice.order('pages', { ...business, name: 'Owned' });
    await practice.order('pages', { ...business, name: 'Client', edge: 'client_pages' });
    const pages = ['Practice Bikes', 'Owned', 'Client'];
    const all = await adapter.listChannels(practice.account(await practice.connect({ pages })));
    expect(all.map(({ name }) => name)).toEqual(pages);
    const scopes = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];
    const own = await adapter.listChannels(practice.account(await practice.connect({ pages, scopes })));
    expect(own.map(({ name }) => name)).toEqual(['Practice Bikes']);
  });

  it('gives the same person the same Pages again, and another person others', async () => {
    const ids = async (person: string) =>
      (await adapter.listChannels(practice.account(await practice.connect({ person })))).map(({ id }) => id);
    const first = await ids('Ann');
    expect(await ids('Ann')).toEqual(first);
    expect(await ids('Ben')).not.toEqual(first);
  });
});
