import { systemZoneRules, type ZoneRules } from '#kernel';
import { ZoneSweep } from '#planning';
import { type PublicationRecord } from '#publishing';
import { TestEngine, type TestTenant } from '../support/engine.js';

const YEAR = new Date().getUTCFullYear() + 1;
const NINE = `${YEAR}-07-01T09:00`;

/** Berlin gives up summer time at the end of this year. */
const newRules = (version: string): ZoneRules => ({
  version,
  offset: (zone, instant) =>
    zone === 'Europe/Berlin' && instant > Date.UTC(YEAR) ? 60 : systemZoneRules.offset(zone, instant),
});

describe('rule 19: the rules of a time zone change after people have scheduled', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let channel: string;
  let sweep: ZoneSweep;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start();
  });
  beforeEach(async () => {
    tenant = await engine.tenant();
    count += 1;
    channel = await engine.account(tenant, 'mastodon', `zone${count}`);
    sweep = new ZoneSweep(engine.kernel.database);
    await engine.owner.query('update installation set zone_rules = null');
  });
  afterAll(() => engine.close());

  const scheduled = async (at: string, timeZone = 'Europe/Berlin'): Promise<PublicationRecord> =>
    (await engine.post(tenant, [channel], 'Good morning', { at, timeZone })).publications[0]!;
  const dueOf = async ({ id }: PublicationRecord): Promise<string> => (await engine.find(id)).due_at.toISOString();

  it('what was chosen by the clock follows it and says why; an instant, another zone and the past stay', async () => {
    const morning = await scheduled(NINE);
    const winter = await scheduled(`${YEAR}-12-01T09:00`);
    const instant = await scheduled(`${NINE}:00+02:00`);
    const elsewhere = await scheduled(NINE, 'Europe/Paris');
    const now = await engine.publication(tenant, channel, 'Now');
    expect(await dueOf(morning)).toBe(`${YEAR}-07-01T07:00:00.000Z`);

    expect(await sweep.sweep(undefined, newRules('9999a'))).toBe(1);
    const moved = await engine.find(morning.id);
    expect(moved).toMatchObject({
      state: 'scheduled',
      due_at: new Date(`${YEAR}-07-01T08:00:00Z`),
      next_check_at: new Date(`${YEAR}-07-01T07:59:57Z`),
    });
    const entry = (await engine.log(morning.id)).at(-1)!;
    expect(entry).toMatchObject({ kind: 'rescheduled', version: moved.version, actor: { type: 'system' } });
    expect(entry.evidence).toMatchObject({
      from: `${YEAR}-07-01T07:00:00.000Z`,
      dueAt: `${YEAR}-07-01T08:00:00.000Z`,
      why: expect.stringContaining('The rules of the zone Europe/Berlin changed'),
    });
    for (const other of [winter, instant, elsewhere, now]) {
      expect(await engine.find(other.id)).toMatchObject({ version: other.version, due_at: other.due_at });
    }
    expect(await sweep.sweep(undefined, newRules('9999a'))).toBe(0);
  });

  it('one that is held keeps its hold and its reason', async () => {
    await engine.channels.setPaused(tenant.organizationId, channel, true);
    const held = await scheduled(NINE);
    expect(held.state).toBe('held');
    expect(await sweep.sweep(undefined, newRules('9999a'))).toBe(1);
    expect(await engine.find(held.id)).toMatchObject({
      state: 'held',
      held_reason: 'channel-paused',
      due_at: new Date(`${YEAR}-07-01T08:00:00Z`),
    });
  });

  it('a machine with older rules moves nothing back', async () => {
    const morning = await scheduled(NINE);
    expect(await sweep.sweep(undefined, newRules('9999a'))).toBe(1);
    // An old machine still at work beside it: its own rules say otherwise.
    expect(await sweep.sweep()).toBe(0);
    expect(await dueOf(morning)).toBe(`${YEAR}-07-01T08:00:00.000Z`);
  });

  it('a person who moves it in the same moment wins', async () => {
    const morning = await scheduled(NINE);
    const { version } = await engine.posts.get(tenant.organizationId, morning.post_id).then(({ post }) => post);
    const [moved] = await Promise.all([
      sweep.sweep(undefined, newRules('9999a')),
      engine.posts.update(tenant.author, morning.post_id, version, {
        schedule: { at: `${YEAR}-08-02T10:00:00Z`, timeZone: 'Europe/Berlin' },
      }),
    ]);
    expect(moved).toBeLessThanOrEqual(1);
    expect(await dueOf(morning)).toBe(`${YEAR}-08-02T10:00:00.000Z`);
  });

  it('takes thousands, more than fit into one batch, each once', async () => {
    const first = await scheduled(NINE);
    await engine.owner.query(
      `insert into publications (id, organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
              cleared_hash, due_at, time_zone, local_due, state, version, next_check_at)
       select gen_random_uuid(), organization_id, workspace_id, channel_id, post_id, 1, content, content_hash,
              cleared_hash, due_at, time_zone, local_due, 'scheduled', 1, next_check_at
         from publications, generate_series(1, 2499) where id = $1`,
      [first.id],
    );
    expect(await sweep.sweep(undefined, newRules('9999a'))).toBe(2_500);
    const { rows } = await engine.owner.query<{ n: number }>(
      `select count(*)::int as n from publications where channel_id = $1 and due_at = $2`,
      [channel, new Date(`${YEAR}-07-01T08:00:00Z`)],
    );
    expect(rows[0]!.n).toBe(2_500);
  });
});
