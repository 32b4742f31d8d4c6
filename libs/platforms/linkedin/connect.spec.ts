import { PlatformFailure } from '#platforms/core';
import { adapter } from './adapter.js';
import { drive, failureOf, on, Practice } from './practice.fixture.js';
import { MEMBER, memberWay, ORGANIZATIONS, organizationsWay } from './scopes.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let practice: Practice;
beforeAll(async () => {
  practice = await Practice.start();
});
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

// https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow
describe('the authorization page', () => {
  it.each([
    [MEMBER, 'openid profile w_member_social'],
    [ORGANIZATIONS, 'r_basicprofile w_organization_social r_organization_social rw_organization_admin w_member_social'],
  ] as const)('is asked for what the way "%s" needs, separated by blanks', async (way, scope) => {
    const { dialog, back } = await practice.consent(way);
    expect(dialog.pathname).toBe('/linkedin/www/oauth/v2/authorization');
    expect(Object.fromEntries(dialog.searchParams)).toEqual({
      client_id: 'practice-linkedin',
      response_type: 'code',
      redirect_uri: 'https://clickpost.example/v1/oauth/linkedin/callback',
      scope,
      state: 'state-1',
    });
    expect(back.searchParams.get('state')).toBe('state-1');
  });

  it('says that it is practice, and names app, roles and permissions', async () => {
    const { dialog } = await practice.consent(ORGANIZATIONS);
    const html = await (await fetch(dialog)).text();
    for (const text of ['this is not LinkedIn', 'ClickPost', 'Practice Bakery', 'w_organization_social', 'Cancel']) {
      expect(html).toContain(text);
    }
  });

  it('ends in a failure that passport reports when the person says no', async () => {
    const { back } = await practice.consent(MEMBER, { decision: 'cancel' });
    expect(back.searchParams.get('error')).toBe('user_cancelled_authorize');
    const outcome = await drive(practice.strategy(MEMBER), Object.fromEntries(back.searchParams));
    expect(outcome).toEqual({ kind: 'fail', challenge: { message: 'The user cancelled LinkedIn authorization' } });
  });

  // The products of the two ways are never in one app: https://learn.microsoft.com/en-us/linkedin/marketing/community-management-app-review
  it('refuses permissions of both products at once', async () => {
    const { dialog } = await practice.consent(MEMBER);
    dialog.searchParams.set('scope', 'openid w_organization_social');
    const answer = await fetch(dialog, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    const outcome = await drive(practice.strategy(MEMBER), Object.fromEntries(back.searchParams));
    expect(outcome.kind).toBe('error');
    expect(adapter.classify(outcome.kind === 'error' && outcome.error, new Date())).toMatchObject({
      kind: 'permission',
      platformCode: 'unauthorized_scope_error',
      remedy: expect.stringContaining('connecting.md') as string,
    });
  });

  it('takes a code once', async () => {
    const { back } = await practice.consent(MEMBER);
    const query = Object.fromEntries(back.searchParams);
    expect((await drive(practice.strategy(MEMBER), query)).kind).toBe('success');
    const again = await drive(practice.strategy(MEMBER), query);
    expect(again.kind).toBe('error');
    const failure = adapter.classify(again.kind === 'error' && again.error, new Date());
    expect(failure).toMatchObject({ platformCode: 'invalid_request' });
    expect(failure.platformMessage).toContain('authorization code');
  });

  it('says in words that the secret is wrong', async () => {
    const { back } = await practice.consent(MEMBER);
    const strategy = practice.strategy(MEMBER, { clientId: 'practice-linkedin', clientSecret: 'wrong' });
    const outcome = await drive(strategy, Object.fromEntries(back.searchParams));
    expect(adapter.classify(outcome.kind === 'error' && outcome.error, new Date())).toMatchObject({
      kind: 'permission',
      platformCode: 'invalid_client',
      remedy: expect.stringContaining('operator') as string,
    });
  });
});

describe('what is kept of a sign-in', () => {
  it('is a token of 60 days, told of ahead where nobody but its person can renew it', async () => {
    const authorization = await practice.connect(MEMBER, { person: 'Ada Baker' });
    expect(authorization.account.name).toBe('Ada Baker');
    expect(authorization.credentials).toMatchObject({ personId: authorization.account.id, asMember: true });
    expect(authorization.credentials).not.toHaveProperty('refreshToken');
    expect(((authorization.expiresAt?.getTime() ?? 0) - practice.now().getTime()) / DAY).toBeCloseTo(60, 1);
    expect(authorization.expiryNote).toMatch(/only its person/);
    expect([...authorization.scopes].sort()).toEqual([...memberWay.scopes].sort());
  });

  it.each([
    [MEMBER, memberWay],
    [ORGANIZATIONS, organizationsWay],
  ] as const)(
    'names each required permission of the way "%s" that was left out',
    async (way, { scopes, requiredScopes }) => {
      for (const left of requiredScopes) {
        const failure: unknown = await practice
          .connect(way, { scopes: scopes.filter((scope) => scope !== left) })
          .catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(PlatformFailure);
        expect(adapter.classify(failure, new Date())).toMatchObject({
          kind: 'permission',
          message: expect.stringContaining(left) as string,
        });
      }
    },
  );

  it('puts neither token nor secret into an address', async () => {
    await practice.organization();
    await practice.member();
    expect(practice.asked.length).toBeGreaterThan(4);
    expect(practice.asked.filter(({ url }) => /AQ[\w-]{40}|practice-linkedin-secret/.test(url))).toEqual([]);
  });
});

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-access-control-by-role
describe('the channels of a sign-in', () => {
  it('are the person alone, by the way of members', async () => {
    const authorization = await practice.connect(MEMBER, { person: 'Ada Baker' });
    const channels = await adapter.listChannels(practice.account(MEMBER, authorization));
    expect(channels).toEqual([{ id: `urn:li:person:${authorization.account.id}`, name: 'Ada Baker', kind: 'Profile' }]);
  });

  it('are every page on which the person may publish, from all pages of the list, and the person', async () => {
    const authorization = await practice.connect(ORGANIZATIONS, { person: 'Ada Baker' });
    const channels = await adapter.listChannels(practice.account(ORGANIZATIONS, authorization));
    expect(channels.map(({ name }) => name)).toEqual([
      'Practice Bakery',
      'Practice Bikes',
      'Practice Café',
      'Ada Baker',
    ]);
    expect(channels.map(({ handle }) => handle)).toEqual([
      'practice-bakery',
      'practice-bikes',
      'practice-cafe',
      undefined,
    ]);
    expect(channels.map(({ withoutSettings }) => withoutSettings)).toEqual([
      ['visibility'],
      ['visibility'],
      ['visibility'],
      undefined,
    ]);
    expect(channels.every(({ id }) => /^urn:li:(organization:\d+|person:[\w-]+)$/.test(id))).toBe(true);
    const asked = practice.asked.filter(({ url }) => url.includes('/organizationAcls'));
    expect(asked.length).toBeGreaterThan(1);
  });

  // "BATCH_GET" is not for the tier of development: https://learn.microsoft.com/en-us/linkedin/marketing/increasing-access
  it('are named one by one for an app in development, as far as roles reach', async () => {
    const authorization = await practice.connect(ORGANIZATIONS, { scopes: organizationsWay.requiredScopes });
    await practice.order('develop', {});
    const channels = await adapter.listChannels(practice.account(ORGANIZATIONS, authorization));
    expect(channels.map(({ name }) => name)).toEqual([
      'Practice Bakery',
      expect.stringMatching(/^Organization \d+$/),
      expect.stringMatching(/^Organization \d+$/),
    ]);
  });

  it('are pages alone where the person may not be published as', async () => {
    const scopes = organizationsWay.requiredScopes;
    const authorization = await practice.connect(ORGANIZATIONS, { scopes });
    const channels = await adapter.listChannels(practice.account(ORGANIZATIONS, authorization));
    expect(channels.filter(({ id }) => id.startsWith('urn:li:person:'))).toEqual([]);
  });

  it('leave out roles that may not publish, were only asked for, or have ended', async () => {
    const authorization = await practice.connect(ORGANIZATIONS, {
      roles: { 'Practice Bakery': 'ANALYST', 'Practice Bikes': 'CURATOR' },
    });
    const person = authorization.account.id;
    await practice.order('roles', { person, organization: 'Practice Café', state: 'REQUESTED' });
    const channels = await adapter.listChannels(practice.account(ORGANIZATIONS, authorization));
    expect(channels.map(({ name }) => name)).toEqual(['Practice Person']);
  });

  it('are none in words where there is no role at all', async () => {
    const roles = Object.fromEntries(
      ['Practice Bakery', 'Practice Bikes', 'Practice Café', 'Practice Museum'].map((name) => [name, 'NONE']),
    );
    const authorization = await practice.connect(ORGANIZATIONS, { roles, scopes: organizationsWay.requiredScopes });
    const listed = adapter.listChannels(practice.account(ORGANIZATIONS, authorization));
    expect(await failureOf(listed)).toMatchObject({ kind: 'permission', platformCode: 'linkedin.no-pages' });
  });
});

// https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens
describe('renewing a sign-in', () => {
  it('is possible for the approved app, for a year', async () => {
    const authorization = await practice.connect(ORGANIZATIONS);
    expect(authorization.expiryNote).toBeUndefined();
    const ctx = practice.account(ORGANIZATIONS, authorization);
    practice.pass(59 * DAY);
    const next = await adapter.refresh?.(ctx);
    expect(next?.credentials.token).not.toBe(ctx.credentials.token);
    expect(next?.credentials).toMatchObject({ personId: authorization.account.id, way: ORGANIZATIONS });
    expect(((next?.expiresAt?.getTime() ?? 0) - practice.now().getTime()) / DAY).toBeCloseTo(60, 1);
    expect(await adapter.listChannels({ ...ctx, credentials: next?.credentials ?? {} })).toHaveLength(4);
    practice.pass(307 * DAY);
    const ended = { ...ctx, credentials: next?.credentials ?? {} };
    expect(await failureOf(adapter.refresh?.(ended))).toMatchObject({ kind: 'auth', platformCode: 'invalid_grant' });
  });

  it('is refused in words where LinkedIn gave no means to it, without asking anybody', async () => {
    const ctx = practice.account(MEMBER, await practice.connect(MEMBER));
    const asked = practice.asked.length;
    expect(await failureOf(adapter.refresh?.(ctx))).toMatchObject({
      kind: 'auth',
      platformCode: 'linkedin.not-renewable',
      remedy: expect.stringContaining('Reconnect') as string,
    });
    expect(practice.asked).toHaveLength(asked);
  });
});

describe('the end of a sign-in', () => {
  it.each([
    [true, '65602', 'EXPIRED_ACCESS_TOKEN'],
    [false, '65601', 'REVOKED_ACCESS_TOKEN'],
  ])('is a matter of sign-in (expired: %s)', async (expired, _number, platformCode) => {
    const authorization = await practice.connect(MEMBER);
    await practice.order('end', { person: authorization.account.id, ...(expired && { expired }) });
    const listed = adapter.listChannels(practice.account(MEMBER, authorization));
    expect(await failureOf(listed)).toMatchObject({ kind: 'auth', platformCode });
  });

  it('is given back, after which it is of no use', async () => {
    const ctx = practice.account(ORGANIZATIONS, await practice.connect(ORGANIZATIONS));
    await adapter.revoke?.(ctx);
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({ kind: 'auth' });
    expect(await failureOf(adapter.refresh?.(ctx))).toMatchObject({ kind: 'auth' });
  });

  // "If your application requests different scopes than the previously granted scopes, the previous access token will be invalidated."
  it('comes with a consent to other permissions', async () => {
    const first = practice.account(ORGANIZATIONS, await practice.connect(ORGANIZATIONS));
    await practice.connect(ORGANIZATIONS, { scopes: organizationsWay.requiredScopes });
    expect(await failureOf(adapter.listChannels(first))).toMatchObject({ kind: 'auth' });
  });

  it('of a role is a matter of permission, in words', async () => {
    const authorization = await practice.connect(ORGANIZATIONS);
    const ctx = practice.account(ORGANIZATIONS, authorization);
    const [bakery] = await adapter.listChannels(ctx);
    const prepared = await practice.prepare(on(ctx, bakery), { kind: 'post', text: 'Bread', media: [], settings: {} });
    await practice.order('roles', {
      person: authorization.account.id,
      organization: 'Practice Bakery',
      state: 'REVOKED',
    });
    const failure = await failureOf(adapter.commit(on(ctx, bakery), prepared));
    expect(failure).toMatchObject({ kind: 'permission', platformCode: 'ACCESS_DENIED' });
    expect(failure.message).toContain('role');
    expect(failure.remedy).toContain('administrator');
  });
});

// https://learn.microsoft.com/en-us/linkedin/marketing/versioning
describe('the version of the API', () => {
  it('is named by every call of /rest, and chosen by the operator', async () => {
    practice.options = { apiVersion: '202605' };
    await practice.organization();
    const versions = practice.asked
      .filter(({ url }) => url.includes('/api/rest/'))
      .map(({ headers }) => [headers.get('linkedin-version'), headers.get('x-restli-protocol-version')]);
    expect(versions.length).toBeGreaterThan(1);
    expect(new Set(versions.map(String))).toEqual(new Set(['202605,2.0.0']));
  });

  it.each(['202510', '202610'])('that LinkedIn does not answer is a matter of the operator: %s', async (apiVersion) => {
    practice.options = { apiVersion };
    expect(await failureOf(practice.organization())).toMatchObject({
      kind: 'permission',
      platformCode: 'NONEXISTENT_VERSION',
      remedy: expect.stringContaining('LINKEDIN_API_VERSION') as string,
    });
  });

  it('ends a year later, on the fifteenth', async () => {
    const ctx = await practice.organization();
    expect(adapter.manifest.apiVersion).toMatchObject({
      version: '202609',
      endsOn: '2027-09-15',
      option: 'apiVersion',
    });
    expect(adapter.configured?.({ apiVersion: '202601' }).apiVersion).toMatchObject({ endsOn: '2027-01-15' });
    await practice.order('sunset', { version: '202609' });
    const { status, body } = await practice.ask(ctx, 'GET', '/rest/organizationAcls?q=roleAssignee');
    expect([status, body.code]).toEqual([426, 'NONEXISTENT_VERSION']);
  });

  it.each(['latest', '2026-09', '202613'])('is refused at the start where it is none: %s', (apiVersion) => {
    expect(() => adapter.configured?.({ apiVersion })).toThrow(/LINKEDIN_API_VERSION/);
  });
});
