import { type Transaction } from '#kernel';
import { loadPlatforms, PlatformRegistry } from '#platforms';
import { type Quota } from '#platforms/core';
import { FlowControl, FlowState, FlowUpkeep, type QuotaBlock, type QuotaUse } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

const MINUTE = 60_000;
const docs = 'https://docs.example/limits';
/** Three of an account in five minutes; ten of the app in an hour. */
const QUOTAS: readonly Quota[] = [
  { scope: 'channel', what: 'posts of one account', limit: 3, windowMs: 5 * MINUTE, docs },
  { scope: 'app', what: 'posts of all accounts', limit: 10, windowMs: 60 * MINUTE, docs },
];

/** What an operator entered. */
const APPS = {
  FACEBOOK_APP_ID: 'facebook-app',
  FACEBOOK_APP_SECRET: 'facebook-secret',
  INSTAGRAM_APP_ID: 'instagram-app',
  INSTAGRAM_APP_SECRET: 'instagram-secret',
  GOOGLE_APP_ID: 'google-app',
  GOOGLE_APP_SECRET: 'google-secret',
};

describe('quotas', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let flow: FlowControl;
  let count = 0;

  beforeAll(async () => {
    const platforms = (await loadPlatforms()).all().map((platform) => {
      const { adapter } = platform;
      if (adapter.manifest.id !== 'webhook') return platform;
      return { ...platform, adapter: { ...adapter, manifest: { ...adapter.manifest, quotas: QUOTAS } } };
    });
    engine = await TestEngine.start(APPS, new PlatformRegistry(platforms));
    flow = engine.service(FlowControl);
  });
  beforeEach(async () => {
    await engine.owner.query('delete from quota_uses');
    await engine.owner.query('delete from app_blocks');
    tenant = await engine.tenant();
    count += 1;
  });
  afterAll(() => engine.close());

  const use = (segmentId: string, account = `account-${count}`, change: Partial<QuotaUse> = {}): QuotaUse => ({
    ...{ segmentId, channelId: '00000000-0000-0000-0000-000000000001', platform: 'webhook', practice: true, account },
    way: null,
    ...change,
  });
  const fence = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => engine.kernel.database.engine(work);
  const send = (...uses: QuotaUse[]): Promise<Map<string, QuotaBlock>> => fence((tx) => flow.useQuotas(tx, uses));
  const times = (n: number, account?: string): QuotaUse[] =>
    Array.from({ length: n }, (_, i) => use(`${account ?? 'segment'}-${i}`, account));
  const pass = (ms: number): Promise<unknown> =>
    engine.owner.query(
      `update quota_uses set bucket = bucket - make_interval(secs => $1), expires_at = expires_at - make_interval(secs => $1)`,
      [ms / 1000],
    );

  it('lets as many pass as the platform takes, in order, and says of the others why and until when', async () => {
    const blocked = await send(...times(5));
    expect([...blocked.keys()]).toEqual(['segment-3', 'segment-4']);
    const { blockedUntil, what, why, scope } = blocked.get('segment-3')!;
    expect({ what, scope }).toEqual({ what: 'posts of one account', scope: 'channel' });
    const wait = blockedUntil.getTime() - Date.now();
    expect(wait).toBeGreaterThan(4 * MINUTE);
    expect(wait).toBeLessThan(6 * MINUTE);
    expect(why).toBe(
      `The quota of Webhook is used up until ${blockedUntil.toISOString()}: 3 posts of one account in 5 minutes.`,
    );
  });

  it('has room again when the window has moved on, and not before', async () => {
    await send(use('first'));
    await pass(3 * MINUTE);
    await send(...times(2));
    const { blockedUntil } = (await send(use('too-soon'))).get('too-soon')!;
    // The first one leaves the window two minutes from now, the two others in five.
    expect(Math.abs(blockedUntil.getTime() - Date.now() - 2 * MINUTE)).toBeLessThan(20_000);
    await pass(2 * MINUTE + 12_000);
    expect([...(await send(...times(2))).keys()]).toEqual(['segment-1']);
  });

  it('those that are refused count nothing', async () => {
    await send(...times(3));
    for (let i = 0; i < 5; i += 1) expect((await send(use('refused'))).size).toBe(1);
    await pass(5 * MINUTE + 12_000);
    expect((await send(...times(3))).size).toBe(0);
  });

  it('a fence that was taken back counts nothing', async () => {
    const undone = fence(async (tx) => {
      expect((await flow.useQuotas(tx, times(3))).size).toBe(0);
      throw new Error('taken back');
    });
    await expect(undone).rejects.toThrow('taken back');
    expect((await send(...times(3))).size).toBe(0);
  });

  it('holds across processes that send at the same moment', async () => {
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) => send(use(`a-${i}`, 'one'), use(`b-${i}`, i % 2 ? 'two' : 'three'))),
    );
    const refused = results.flatMap((result) => [...result.keys()]);
    // Three of each account, of 12, 6 and 6.
    expect(refused.filter((id) => id.startsWith('a'))).toHaveLength(9);
    expect(refused.filter((id) => id.startsWith('b'))).toHaveLength(6);
  });

  it('the app’s is everybody’s, and one that is refused by it counts nothing of its account’s', async () => {
    for (const account of ['one', 'two', 'three']) await send(...times(3, account));
    const blocked = await send(use('tenth', 'four'), use('eleventh', 'four'));
    expect([...blocked].map(([id, { scope, what }]) => [id, scope, what])).toEqual([
      ['eleventh', 'app', 'posts of all accounts'],
    ]);
    await pass(60 * MINUTE + 2 * MINUTE);
    expect((await send(...times(3, 'four'))).size).toBe(0);
  });

  it('practice and what is real share none, and an account has one through whichever channel', async () => {
    await send(...times(3));
    const other = { channelId: '00000000-0000-0000-0000-000000000002' };
    expect((await send(use('same-account', undefined, other))).size).toBe(1);
    expect((await send(use('real', undefined, { practice: false }))).size).toBe(0);
    expect((await send(use('other-account', 'other'))).size).toBe(0);
  });

  it('a platform without quotas is not counted', async () => {
    expect((await send(...times(50).map((one) => ({ ...one, platform: 'facebook' })))).size).toBe(0);
    const { rows } = await engine.owner.query('select count(*)::int as n from quota_uses');
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('what no window holds any more is removed, and nothing else', async () => {
    await engine.parts();
    await send(...times(3));
    const kept = async (): Promise<number> => (await engine.owner.query('select * from quota_uses')).rows.length;
    const upkeep = engine.workers.at(-1)!.get(FlowUpkeep, { strict: false });
    await upkeep.tend();
    expect(await kept()).toBe(2);
    await pass(6 * MINUTE);
    await upkeep.tend();
    expect(await kept()).toBe(1);
    expect((await send(...times(3))).size).toBe(0);
  });

  describe('what is used up is not even invited', () => {
    let workers: EngineParts[];
    beforeAll(async () => {
      workers = [await engine.parts(), await engine.parts()];
    });
    afterEach(() =>
      engine.owner.query(
        `update publications set state = 'cancelled', version = version + 1, invitation = null, invited_until = null
          where state = 'scheduled'`,
      ),
    );

    const due = async (platform: string, name: string): Promise<{ id: string; channelId: string }> => {
      const channelId = await engine.account(tenant, platform, `${name}${count}`);
      return { id: (await engine.publication(tenant, channelId, `quota${count}`)).id, channelId };
    };
    /** Who is invited by any of the processes. */
    const invited = async (): Promise<string[]> => {
      for (const { dispatcher } of workers) await dispatcher.dispatch();
      const { rows } = await engine.owner.query<{ id: string }>(
        'select id from publications where invited_until > now()',
      );
      return rows.map((row) => row.id).sort();
    };
    const soon = (): Date => new Date(Date.now() + MINUTE);
    const ids = (...of: { id: string }[]): string[] => of.map(({ id }) => id).sort();

    /** A real channel of a platform, due now. */
    const real = async (platform: string, way: string | null): Promise<{ id: string; channelId: string }> => {
      const made = await due('webhook', `${platform}${way ?? ''}`);
      const { channelId } = made;
      await engine.owner.query(
        `update connections set platform = $2, way = $3, practice = false
          where id = (select connection_id from channels where id = $1)`,
        [channelId, platform, way],
      );
      await engine.owner.query('update channels set platform = $2, practice = false where id = $1', [
        channelId,
        platform,
      ]);
      return made;
    };
    const limit = (channelId: string, platform: string, way: string | null): Promise<void> =>
      fence((tx) => flow.block(tx, [{ channelId, platform, practice: false, way, scope: 'app', until: soon() }]));

    it('a channel alone, until its time', async () => {
      const [blocked, free] = [await due('webhook', 'blocked'), await due('webhook', 'free')];
      const { channelId } = blocked;
      await fence((tx) =>
        flow.block(tx, [
          { channelId, platform: 'webhook', practice: true, way: null, scope: 'channel', until: soon() },
        ]),
      );
      expect(await invited()).toEqual(ids(free));
      await engine.owner.query('update channels set blocked_until = now() where id = $1', [channelId]);
      expect(await invited()).toEqual(ids(blocked, free));
    });

    it('nothing else where only one post is concerned', () => {
      const channel = { channelId: 'any', platform: 'webhook', practice: true, way: null };
      const failure = { kind: 'rate-limit', scope: 'post', message: 'Not this one.', remedy: 'Wait.' } as const;
      expect(flow.blockOf(channel, failure, soon())).toBeUndefined();
    });

    it('every channel of an app, of all organizations, and nobody of another platform', async () => {
      const [one, another] = [await due('webhook', 'one'), await due('bluesky', 'another')];
      tenant = await engine.tenant();
      const two = await due('webhook', 'two');
      const block = flow.blockOf(
        { channelId: one.channelId, platform: 'webhook', practice: true, way: null },
        { kind: 'rate-limit', scope: 'app', message: 'All together.', remedy: 'Wait.' },
        soon(),
      );
      await fence((tx) => flow.block(tx, [block!]));
      expect(await invited()).toEqual(ids(another));
      // An earlier end does not shorten it.
      await fence((tx) => flow.block(tx, [{ ...block!, until: new Date() }]));
      expect(await invited()).toEqual(ids(another));
      await engine.owner.query('update app_blocks set blocked_until = now()');
      expect(await invited()).toEqual(ids(one, two, another));
    });

    it('what publishes by one app, on whichever network, and nobody who was connected another way', async () => {
      const facebook = await real('facebook', null);
      const byFacebook = await real('instagram', 'facebook-login');
      const byInstagram = await real('instagram', 'instagram-login');
      const threads = await real('threads', null);
      await limit(facebook.channelId, 'facebook', null);
      expect(await invited()).toEqual(ids(byInstagram, threads));
      const told = await engine.service(FlowState).list(tenant.organizationId);
      expect(told.map(({ platform, channels }) => [platform, channels]).sort()).toEqual([
        ['facebook', [facebook.channelId]],
        ['instagram', [byFacebook.channelId]],
      ]);
      await engine.owner.query('delete from app_blocks');
      await engine.owner.query('update publications set invitation = null, invited_until = null');
      await limit(byInstagram.channelId, 'instagram', 'instagram-login');
      expect(await invited()).toEqual(ids(facebook, byFacebook, threads));
    });

    it('what one network takes no more of by the day keeps nothing else of its company’s app from going out', async () => {
      const youtube = await real('youtube', null);
      const places = await real('google-business', null);
      await limit(youtube.channelId, 'youtube', null);
      expect(await invited()).toEqual(ids(places));
    });

    it('a limit of practice stops nothing real', async () => {
      const { id, channelId } = await due('webhook', 'one');
      await engine.owner.query('update channels set practice = false where id = $1', [channelId]);
      await fence((tx) =>
        flow.block(tx, [{ channelId, platform: 'webhook', practice: true, way: null, scope: 'app', until: soon() }]),
      );
      expect(await invited()).toEqual([id]);
    });
  });
});

describe('the quotas in manifests', () => {
  it('are one for each scope and window, and say where they are from', async () => {
    for (const { id, quotas = [] } of (await loadPlatforms()).manifests()) {
      const windows = quotas.map(({ scope, windowMs }) => `${id} ${scope} ${windowMs}`);
      expect(windows).toEqual([...new Set(windows)]);
      for (const quota of quotas) {
        expect(quota).toMatchObject({ what: expect.any(String), docs: expect.stringMatching(/^https:/) });
        expect(Math.min(quota.limit, quota.windowMs)).toBeGreaterThan(0);
      }
    }
  });
});
