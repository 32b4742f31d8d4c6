import { TestEngine, type TestTenant } from '../support/engine.js';

const PUBLICATIONS = 24;

/** Whole workers against practice networks of which one goes away and comes back. */
describe('an outage of one platform, from its first failure to its end', () => {
  let engine: TestEngine;
  let tenant: TestTenant;

  beforeAll(async () => {
    // Few at a time, so that most of them wait when it is noticed.
    engine = await TestEngine.start({ PUBLISH_CONCURRENCY: '3' });
    tenant = await engine.tenant();
  });
  afterAll(() => engine.close());

  const away = (): void => {
    for (const operation of ['prepare', 'commit', 'read'] as const) {
      engine.sandbox.faults.add({ kind: 'refuse-unavailable', operation, platform: 'bluesky', times: 10_000 });
    }
  };
  const tried = async (ids: readonly string[]): Promise<number> => {
    const { rows } = await engine.owner.query<{ n: number }>(
      `select count(distinct publication_id)::int as n from publishing_log
        where publication_id = any($1::uuid[]) and kind = 'attempt-started'`,
      [ids],
    );
    return rows[0]?.n ?? 0;
  };

  it('is noticed, stops no other platform, is probed, and everything goes out once in the end', async () => {
    const ids: string[] = [];
    for (let i = 0; i < PUBLICATIONS; i += 1) {
      const channel = await engine.account(tenant, 'bluesky', `outage${i}`);
      ids.push((await engine.publication(tenant, channel, `outage ${i}`)).id);
    }
    away();
    for (let i = 0; i < 2; i += 1) await engine.startWorker();
    await engine.eventually(
      async () => {
        const { rows } = await engine.owner.query('select 1 from breakers where opened > 1');
        return rows.length > 0 ? true : undefined;
      },
      async () => `The breaker did not open, and not again after its probe: ${await engine.story(ids[0] ?? '')}`,
    );
    expect(await tried(ids)).toBeLessThan(PUBLICATIONS);
    const elsewhere = await engine.publication(tenant, await engine.account(tenant, 'mastodon', 'well'), 'elsewhere');
    await engine.until(elsewhere.id, 'published');
    engine.sandbox.faults.clear();
    for (const id of ids) await engine.until(id, 'published');
    expect(engine.shown('outage').sort()).toEqual(ids.map((_, i) => `outage ${i}`).sort());
  });
});
