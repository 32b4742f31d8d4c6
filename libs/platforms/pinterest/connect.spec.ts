import { adapter } from './adapter.js';
import { SCOPES } from './manifest.js';
import { approve, failureOf, Practice } from './practice.fixture.js';

let practice: Practice;
beforeAll(async () => (practice = await Practice.start()));
afterEach(() => practice.reset());
afterAll(() => practice.sandbox.close());

const refresh = (ctx: Parameters<NonNullable<typeof adapter.refresh>>[0]) =>
  adapter.refresh?.(ctx) ?? Promise.reject(new Error('Nothing is renewed.'));
const DAY_MS = 86_400_000;

// https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/
describe('signing in to Pinterest', () => {
  it('finds out whose account it is, with all that was allowed and when it ends', async () => {
    const { account, scopes, expiresAt } = await practice.connect({ person: 'Ada Baker' });
    expect(account).toMatchObject({ name: 'Ada Baker', handle: 'adabaker' });
    expect(scopes).toEqual([...SCOPES]);
    expect(Math.round(((expiresAt?.getTime() ?? 0) - practice.now().getTime()) / DAY_MS)).toBe(30);
  });

  it('is the same account at the second time, with the same boards', async () => {
    const first = await practice.account({ person: 'Ada Baker' });
    const boards = await adapter.lookup?.(first, 'board', '');
    const second = await practice.account({ person: 'Ada Baker' });
    expect(second.channelId).toBe(first.channelId);
    expect(await adapter.lookup?.(second, 'board', '')).toEqual(boards);
  });

  it('proves who asks by Basic authentication, which the app of another secret cannot', async () => {
    const failure = await failureOf(
      practice.connect({}, { clientId: 'practice-pinterest-app', clientSecret: 'other' }),
    );
    expect(failure).toMatchObject({ kind: 'auth', platformCode: '2' });
  });

  it('ends with a refusal where the person says no', async () => {
    await expect(practice.connect({ decision: 'cancel' })).rejects.toThrow('refused');
  });

  it('names the permission that was left out', async () => {
    const failure = await failureOf(practice.connect({ scopes: SCOPES.filter((scope) => scope !== 'pins:write') }));
    expect(failure).toMatchObject({ kind: 'permission' });
    expect(failure.message).toContain('missing: pins:write');
  });

  it('shows a page and no form where the app is none', async () => {
    const page = await fetch(`${practice.sandbox.origin}/pinterest/www/oauth/?client_id=other&response_type=code`);
    expect(page.status).toBe(400);
    expect(await approve(page.url)).toBe('');
  });
});

describe('renewing and giving back', () => {
  it('takes a refresh token once: the one before is refused', async () => {
    const ctx = await practice.account();
    const next = await refresh(ctx);
    expect(next.credentials.refreshToken).not.toBe(ctx.credentials.refreshToken);
    const failure = await failureOf(refresh(ctx));
    expect(failure).toMatchObject({ kind: 'auth', platformCode: '2' });
    expect(failure.remedy).toContain('Reconnect');
    const listed = await adapter.listChannels({ ...ctx, credentials: next.credentials });
    expect(listed).toHaveLength(1);
  });

  it('renews up to sixty days later, and not after that', async () => {
    const ctx = await practice.account();
    practice.pass(59 * DAY_MS);
    const next = await refresh(ctx);
    practice.pass(61 * DAY_MS);
    expect(await failureOf(refresh({ ...ctx, credentials: next.credentials }))).toMatchObject({ kind: 'auth' });
  });

  it('ends both tokens when they are given back', async () => {
    const ctx = await practice.account();
    await adapter.revoke?.(ctx);
    expect(await failureOf(adapter.listChannels(ctx))).toMatchObject({ kind: 'auth' });
    expect(await failureOf(refresh(ctx))).toMatchObject({ kind: 'auth' });
  });

  // "Only tokens issued for system users are currently supported": https://developers.pinterest.com/docs/api/v5/token-revoke
  it('says that it is not allowed where Pinterest keeps the tokens of people', async () => {
    const ctx = await practice.account();
    await practice.order('arrange', { what: 'keeps-tokens', on: true });
    expect(await failureOf(adapter.revoke?.(ctx) ?? Promise.resolve())).toMatchObject({
      kind: 'permission',
      platformCode: '29',
    });
  });

  it('needs no more than the documented parameters', async () => {
    const ctx = await practice.account();
    practice.sent.length = 0;
    await refresh(ctx);
    const [request] = practice.sent;
    const fields = new URLSearchParams(await request?.text());
    expect([...fields.keys()]).toEqual(['grant_type', 'refresh_token']);
    expect(request?.headers.get('authorization')).toMatch(/^Basic /);
  });
});
