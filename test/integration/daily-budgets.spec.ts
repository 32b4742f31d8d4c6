import { Budgets } from '#channels';
import { PlatformRegistry } from '#platforms';
import { ChannelLiveService, FlowState, FlowUpkeep, type PublicationRecord } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';
import { BudgetDay, OWNER } from './budget-day.js';
import { BUDGETS, DEVELOPING, FilmNetwork, NO_MORE_FOR_MS, NO_MORE_TODAY } from './film-network.platform.js';

describe('what may be used in a day', () => {
  const network = new FilmNetwork();
  let engine: TestEngine;
  let day: BudgetDay;
  let tenant: TestTenant;
  let worker: EngineParts;
  let channel: string;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start({}, new PlatformRegistry([network.platform]));
    worker = await engine.parts();
    day = new BudgetDay(engine);
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    channel = await engine.connect(tenant, 'cinema');
    await day.begin();
    count += 1;
  });
  afterAll(() => engine.close());

  const word = (): string => `day${count}`;
  const schedule = (text = word(), dueIn?: number): Promise<PublicationRecord> =>
    engine.publication(tenant, channel, text, dueIn === undefined ? {} : { dueIn });

  it('counts what publishing uses, and what is used beside it', async () => {
    const { id } = await schedule();
    expect((await worker.carryOut(id)).state).toBe('published');
    // Its terms were asked for as well when it was scheduled.
    await day.counted({ reels: 1, units: 61 });
    await engine.connect(await engine.tenant(), 'cinema');
    await day.counted({ units: 62 });
  });

  it('sends nothing that has no room, says why, and goes on when the next day begins there', async () => {
    await day.use('reels', 3);
    const { id } = await schedule();
    const waiting = await worker.carryOut(id);
    expect(waiting).toMatchObject({ state: 'scheduled', attempts: 0, failure: null });
    expect(waiting.next_check_at).toEqual(await day.goesOnAt());
    expect((await engine.log(id)).at(-1)?.evidence).toMatchObject({
      why:
        "Cinema's daily quota for this installation has no room for this: 3 of 3 reels of everybody here are used today, " +
        `and it takes 1. It goes on at ${(await day.goesOnAt()).toISOString()}.`,
    });
    expect(network.reelsOf(word())).toEqual([]);

    await day.pass();
    expect((await worker.carryOut(id)).state).toBe('published');
  });

  it('is told to whose channels wait, and to nobody else', async () => {
    const flow = engine.service(FlowState);
    await day.use('reels', 3);
    expect(await flow.list(tenant.organizationId)).toEqual([]);
    await worker.carryOut((await schedule()).id);
    const all = await engine.channels.list(tenant.organizationId, tenant.workspaceId);
    expect(await flow.list(tenant.organizationId)).toMatchObject([
      {
        ...{
          platform: 'cinema',
          practice: true,
          cause: 'app-budget',
          channels: all.map(({ id }) => id).sort(),
          until: await day.resetsAt(),
        },
        message: "Cinema's daily quota for this installation is used up.",
      },
    ]);
    const stranger = await engine.tenant();
    expect(await flow.list(stranger.organizationId)).toEqual([]);
  });

  it('does not use up together what several in hand were told fits', async () => {
    await day.use('reels', 2);
    engine.sandbox.faults.add({ operation: 'prepare', kind: 'slow', delayMs: 700, times: 3 });
    const tenants = await Promise.all(Array.from({ length: 3 }, () => engine.tenant()));
    const all = await Promise.all(
      tenants.map(async (one, index) => {
        const where = await engine.connect(one, 'cinema');
        return engine.publication(one, where, `${word()} ${index}`);
      }),
    );
    const invitations = [];
    for (const { id } of all) invitations.push(await worker.invite(id));
    await Promise.all(invitations.map((invitation) => worker.runner.run(invitation)));
    expect(network.reelsOf(word())).toHaveLength(1);
    const states = await Promise.all(all.map(async ({ id }) => (await engine.find(id)).state));
    expect(states.sort()).toEqual(['published', 'scheduled', 'scheduled']);
  });

  it('commits what is prepared already where what it still takes has room', async () => {
    const { id } = await schedule(word(), 60);
    await worker.carryOut(id);
    expect((await engine.segments(id))[0]).toMatchObject({ budget_used: { reels: 1, units: 10 } });
    await day.counted({ reels: 1 });
    await day.use('reels', 3);
    await day.use('units', 950);
    await engine.owner.query(`update publications set due_at = now(), version = version + 1 where id = $1`, [id]);
    expect((await worker.carryOut(id)).state).toBe('published');
    expect(network.reelsOf(word())).toHaveLength(1);
  });

  it('keeps nothing else of the channel back where the network itself says that one post has to wait', async () => {
    const { id: prepared } = await schedule(word(), 60);
    await worker.carryOut(prepared);
    const { id } = await schedule(`${word()} ${NO_MORE_TODAY}`);
    const waiting = await worker.carryOut(id);
    expect(waiting).toMatchObject({ state: 'scheduled', failure: { kind: 'rate-limit', scope: 'post' } });
    expect(waiting.next_check_at?.getTime()).toBeGreaterThan(Date.now() + NO_MORE_FOR_MS - 60_000);
    const channels = await engine.channels.list(tenant.organizationId, tenant.workspaceId);
    expect(channels.map(({ blockedUntil }) => blockedUntil)).toEqual(channels.map(() => null));
    await engine.owner.query(`update publications set due_at = now(), version = version + 1 where id = $1`, [prepared]);
    expect((await worker.carryOut(prepared)).state).toBe('published');
  });

  it('does not commit what is prepared where what it still takes has none', async () => {
    const { id } = await schedule(word(), 60);
    await worker.carryOut(id);
    await day.counted({ reels: 1 });
    await day.use('units', 951);
    await engine.owner.query(`update publications set due_at = now(), version = version + 1 where id = $1`, [id]);
    expect(await worker.carryOut(id)).toMatchObject({ state: 'scheduled', next_check_at: await day.goesOnAt() });
    expect(engine.shown(word())).toEqual([]);
  });

  it('counts all messages of a thread before the first of them', async () => {
    await day.use('units', 900);
    const { id } = await engine.thread(tenant, channel, [`${word()} one`, `${word()} two`]);
    expect(await worker.carryOut(id)).toMatchObject({ state: 'scheduled', attempts: 0 });
    expect(network.reelsOf(word())).toEqual([]);
    await day.use('units', 870);
    expect((await worker.carryOut(id)).state).toBe('published');
  });

  it('looks up what is out already, whatever is used', async () => {
    const { id } = await schedule(`${word()} ${DEVELOPING}`);
    expect((await worker.carryOut(id)).state).toBe('committing');
    await day.counted({ reels: 1 });
    await day.use('units', 1_000);
    await day.use('reels', 3);
    network.finish(`${word()} ${DEVELOPING}`);
    expect((await worker.carryOut(id)).state).toBe('published');
  });

  it('fails what no day has room for', async () => {
    const parts = Array.from({ length: 17 }, (_, index) => `${word()} part ${index}`);
    const { id } = await engine.thread(tenant, channel, parts);
    const failed = await worker.carryOut(id);
    expect(failed).toMatchObject({
      state: 'failed',
      failure: {
        kind: 'permission',
        message: 'Cinema allows this installation 1000 units a day, and this post takes 1020.',
      },
    });
    expect(network.reelsOf(word())).toEqual([]);
  });

  it('is shown with the channel, and adds up whatever process counted it', async () => {
    const live = engine.service(ChannelLiveService);
    await day.use('reels', 2);
    engine.service(Budgets).use(OWNER, { budgets: BUDGETS }, 'reels', 1);
    expect(await live.usage(tenant.organizationId, channel)).toMatchObject([
      { what: 'reels of everybody here', used: 3, limit: 3, windowMs: null, resetsAt: await day.resetsAt() },
      { what: 'units', limit: 1_000 },
    ]);
  });

  it('loses nothing when the database is away for a moment, and never ends the call', async () => {
    const budgets = engine.service(Budgets);
    await engine.owner.query('alter table budget_uses rename to budget_uses_away');
    try {
      budgets.use(OWNER, { budgets: BUDGETS }, 'units', 5);
      await budgets.flush();
      budgets.use(OWNER, { budgets: BUDGETS }, 'units', 2);
    } finally {
      await engine.owner.query('alter table budget_uses_away rename to budget_uses');
    }
    await day.counted({ units: 7 });
    budgets.use(OWNER, { budgets: BUDGETS }, 'nothing', 5);
    budgets.use(OWNER, { budgets: BUDGETS }, 'units', -3);
    await day.counted({ units: 7 });
  });

  it('is forgotten a week after its day', async () => {
    await day.use('units', 5);
    await engine.owner.query(`update budget_uses set day = day - 9`);
    await engine.owner.query(
      `insert into budget_uses (platform, practice, app, budget, day, used) values ('cinema', true, '', 'units', current_date - 1, 1)`,
    );
    await engine.workers[0]!.get(FlowUpkeep, { strict: false }).tend();
    const { rows } = await engine.owner.query('select used::int from budget_uses');
    expect(rows).toEqual([{ used: 1 }]);
  });

  describe('while a post is planned', () => {
    const validate = async (at: Date | null) => {
      const { notices } = await engine.posts.validate(tenant.organizationId, tenant.workspaceId, {
        content: { text: word() },
        media: [],
        channels: [{ id: channel }],
        schedule: at && { at: at.toISOString(), timeZone: 'UTC' },
      });
      return notices.map(({ rule }) => rule);
    };
    const soon = () => new Date(Date.now() + 60_000);
    /** Also what is left of other tests and was invited meanwhile. */
    const cancelAll = () =>
      engine.owner.query(
        `update publications set state = 'cancelled', version = version + 1, invitation = null, invited_until = null
          where state = 'scheduled'`,
      );

    it('warns where the day may have no room for it, by what is planned anywhere', async () => {
      await cancelAll();
      const other = await engine.tenant();
      const elsewhere = await engine.connect(other, 'cinema');
      const far = new Date((await day.resetsAt()).getTime() + 3 * 86_400_000);
      for (let planned = 0; planned < 3; planned += 1) {
        expect(await validate(far)).toEqual([]);
        await engine.publication(other, elsewhere, word(), { dueIn: (far.getTime() - Date.now()) / 1_000 + 60 });
      }
      expect(await validate(far)).toEqual(['cinema.budget-may-wait']);
      expect(await validate(new Date(far.getTime() - 60_000))).toEqual([]);
      expect(await validate(null)).toEqual([]);
    });

    it('warns by what is used today', async () => {
      await cancelAll();
      expect(await validate(soon())).toEqual([]);
      await day.use('reels', 3);
      expect(await validate(soon())).toEqual(['cinema.budget-may-wait']);
    });
  });
});
