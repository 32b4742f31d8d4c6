import { randomUUID } from 'node:crypto';
import { Budgets } from '#channels';
import { PlatformRegistry } from '#platforms';
import { FlowUpkeep, type PublicationRecord } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine } from '../support/engine.js';
import { BudgetDay, OWNER } from './budget-day.js';
import { BUDGETS, FilmNetwork } from './film-network.platform.js';

const [REELS] = BUDGETS as [(typeof BUDGETS)[number]];

describe('what several workers may use in a day together', () => {
  const network = new FilmNetwork();
  let engine: TestEngine;
  let day: BudgetDay;
  let workers: [EngineParts, EngineParts];
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start({}, new PlatformRegistry([network.platform]));
    workers = [await engine.parts(), await engine.parts()];
    day = new BudgetDay(engine);
  });
  beforeEach(async () => {
    network.whenAsked = () => Promise.resolve();
    await day.begin();
    count += 1;
  });
  afterAll(() => engine.close());

  const budgetsOf = (worker: 0 | 1): Budgets => engine.workers[worker]!.get(Budgets, { strict: false });
  const word = (): string => `together${count}`;
  /** Each of a channel of its own, so that none waits for another. */
  const schedule = async (dueIn?: number): Promise<PublicationRecord> => {
    const tenant = await engine.tenant();
    const channel = await engine.connect(tenant, 'cinema');
    return engine.publication(tenant, channel, word(), dueIn === undefined ? {} : { dueIn });
  };
  const several = (many: number) => Promise.all(Array.from({ length: many }, () => schedule()));
  const statesOf = async (all: readonly PublicationRecord[]) =>
    (await Promise.all(all.map(({ id }) => engine.find(id)))).map(({ state }) => state).sort();
  /** Carries them out at the same time, by one worker and the other in turn. */
  const carryOut = async (all: readonly PublicationRecord[]): Promise<void> => {
    const invitations = [];
    for (const { id } of all) invitations.push(await workers[0].invite(id));
    await Promise.all(invitations.map((one, index) => workers[index % 2 === 0 ? 0 : 1].runner.run(one)));
  };
  /** Holds the network's answers back until `go`. */
  const holdBack = () => {
    let times = 0;
    let go = (): void => undefined;
    const answer = new Promise<void>((resolve) => (go = resolve));
    network.whenAsked = () => {
      times += 1;
      return answer;
    };
    const asked = (wanted: number) =>
      engine.eventually(
        () => times === wanted || undefined,
        () => `It was asked ${times} times, not ${wanted}.`,
      );
    return { asked, go };
  };
  const why = async (id: string) => (await engine.log(id)).at(-1)?.evidence?.['why'];
  const OTHERS = "Others are about to use what is left today of Cinema's daily quota for this installation.";

  it('has exactly so many go as there is room for, and the others wait for the next day and say so', async () => {
    const all = await several(6);
    await carryOut(all);
    expect(await statesOf(all)).toEqual([...Array(3).fill('published'), ...Array(3).fill('scheduled')]);
    expect(network.reelsOf(word())).toHaveLength(3);
    expect((await day.used())['reels']).toBe(3);

    const found = await Promise.all(all.map(({ id }) => engine.find(id)));
    const late = found.filter(({ state }) => state === 'scheduled');
    await carryOut(late);
    for (const { id } of late) {
      expect(await engine.find(id)).toMatchObject({
        ...{ state: 'scheduled', attempts: 0, failure: null, next_check_at: await day.goesOnAt() },
      });
      expect((await engine.log(id)).at(-1)?.evidence).toMatchObject({
        why: expect.stringContaining('has no room for this: 3 of 3 reels of everybody here are used today'),
      });
    }
    expect(network.reelsOf(word())).toHaveLength(3);

    await day.pass();
    await carryOut(late);
    expect(await statesOf(all)).toEqual(Array(6).fill('published'));
    expect(network.reelsOf(word())).toHaveLength(6);
  });

  it('has counted what a request uses before the network is asked, so that no kill loses it', async () => {
    const seen: unknown[] = [];
    network.whenAsked = async () => {
      // What the database knows, by none of the processes.
      const { rows } = await engine.owner.query(`select budget, used::int from budget_uses where day = (
        now() at time zone 'America/Los_Angeles')::date order by budget`);
      seen.push(rows);
    };
    const { id } = await schedule();
    await day.begin();
    expect((await workers[0].carryOut(id)).state).toBe('published');
    expect(seen).toEqual([
      [
        { budget: 'reels', used: 1 },
        { budget: 'units', used: 10 },
      ],
    ]);
  });

  it('keeps for a publication what it has not used yet, and no more', async () => {
    const [first, second, third] = (await several(3)) as [PublicationRecord, PublicationRecord, PublicationRecord];
    await day.begin();
    // There is room for two of 60 units each.
    await day.use('units', 880);
    const { asked, go } = holdBack();
    const inHand = [workers[0].runner.run(await workers[0].invite(first.id))];
    await asked(1);
    // Of the first one's units ten are used by now and 50 are kept, so that exactly 60 are left.
    inHand.push(workers[1].runner.run(await workers[1].invite(second.id)));
    await asked(2);
    expect(await workers[1].carryOut(third.id)).toMatchObject({ state: 'scheduled', attempts: 0, failure: null });
    expect(await why(third.id)).toBe(OTHERS);
    go();
    await Promise.all(inHand);
    expect(await statesOf([first, second])).toEqual(['published', 'published']);
    expect((await day.used())['units']).toBe(1_000);
  });

  it('keeps nothing for a worker that died, once its lease is over, and nothing for what is out of hand', async () => {
    const dead = await schedule(3_600);
    const { id } = await schedule();
    const lease = randomUUID();
    const lasts = (seconds: number) =>
      engine.owner.query(
        `update publications set state = 'preparing', version = version + (state <> 'preparing')::int,
                lease = $2, leased_until = now() + make_interval(secs => $3) where id = $1`,
        [dead.id, lease, seconds],
      );
    await lasts(3_600);
    const asked = [{ budget: REELS, need: 3 }];
    expect(await budgetsOf(0).reserve(OWNER, asked, { publicationId: dead.id, lease })).toBeUndefined();
    await workers[1].carryOut(id);
    expect(await why(id)).toBe(OTHERS);
    await day.pass();
    // What is kept is of no day: it may be used after midnight as well.
    await workers[1].carryOut(id);
    expect(await why(id)).toBe(OTHERS);
    await lasts(-1);
    expect((await workers[1].carryOut(id)).state).toBe('published');
    // The one that is published keeps nothing: two of three are left.
    await lasts(3_600);
    expect(await budgetsOf(0).reserve(OWNER, asked, { publicationId: dead.id, lease })).toMatchObject({ why: 'used' });
    const two = [{ budget: REELS, need: 2 }];
    expect(await budgetsOf(0).reserve(OWNER, two, { publicationId: dead.id, lease })).toBeUndefined();
  });

  it('counts exactly, and waits in no circle, whatever comes at once and in which order', async () => {
    const big = BUDGETS.map((budget) => ({ ...budget, limit: 1_000_000 }));
    const holders = Array.from({ length: 20 }, () => ({ publicationId: randomUUID(), lease: randomUUID() }));
    const answers = await Promise.all(
      holders.flatMap((holder, index) => {
        const budgets = budgetsOf(index % 2 === 0 ? 0 : 1);
        const order = index % 3 === 0 ? big : big.toReversed();
        return [1, 2, 3].map(async (round) => {
          const asked = order.map((budget) => ({ budget, need: round }));
          const none = await budgets.reserve(OWNER, asked, holder);
          for (const { id } of order) budgets.use(OWNER, { budgets: big }, id, 2, holder);
          await budgets.flush();
          return none;
        });
      }),
    );
    expect(answers).toEqual(Array(60).fill(undefined));
    expect(await day.used()).toEqual({ reels: 120, units: 120 });
  });

  it('forgets what was kept by leases that are long over', async () => {
    const old = { publicationId: randomUUID(), lease: randomUUID() };
    const fresh = { publicationId: randomUUID(), lease: randomUUID() };
    for (const one of [old, fresh])
      expect(await budgetsOf(0).reserve(OWNER, [{ budget: REELS, need: 3 }], one)).toBeUndefined();
    await engine.owner.query(
      `update budget_reservations set made_at = now() - interval '2 days' where publication_id = $1`,
      [old.publicationId],
    );
    await engine.workers[0]!.get(FlowUpkeep, { strict: false }).tend();
    const { rows } = await engine.owner.query('select publication_id as "publicationId" from budget_reservations');
    expect(rows).toEqual([{ publicationId: fresh.publicationId }]);
  });

  describe('around midnight, where clocks may differ', () => {
    /** A budget of a place where it is so many seconds after midnight; before it, where negative. */
    const at = async (seconds: number) => {
      const { rows } = await engine.owner.query<{ utc: number }>(
        `select extract(epoch from (now() at time zone 'UTC')::time)::float8 as utc`,
      );
      // By the way of POSIX: what has to be added to the clock there to have UTC.
      const west = Math.round(rows[0]!.utc - seconds + 86_400) % 86_400;
      const part = (size: number, of: number) => String(Math.floor(west / size) % of).padStart(2, '0');
      const timeZone = `<X>+${part(3_600, 24)}:${part(60, 60)}:${part(1, 60)}`;
      return { ...REELS, id: `reels${seconds}`, timeZone };
    };
    const daysOf = async (id: string) => {
      const { rows } = await engine.owner.query<{ used: number }>(
        'select used::int from budget_uses where budget = $1 order by day',
        [id],
      );
      return rows.map(({ used }) => used);
    };
    const holder = () => ({ publicationId: randomUUID(), lease: randomUUID() });
    const use = async (budget: (typeof BUDGETS)[number], amount: number) => {
      budgetsOf(0).use(OWNER, { budgets: [budget] }, budget.id, amount);
      await budgetsOf(0).flush();
    };

    it('counts for both days what is used right before it, and for one what is used at any other time', async () => {
      const [before, after, noon] = [await at(-15), await at(300), await at(43_200)];
      for (const budget of [before, after, noon]) await use(budget, 2);
      expect(await daysOf(before.id)).toEqual([2, 2]);
      expect(await daysOf(after.id)).toEqual([2]);
      expect(await daysOf(noon.id)).toEqual([2]);
    });

    it('has room right after it only where the day before had', async () => {
      const budget = await at(10);
      await use(budget, 3);
      await engine.owner.query('update budget_uses set day = day - 1 where budget = $1', [budget.id]);
      const none = await budgetsOf(0).reserve(OWNER, [{ budget, need: 1 }], holder());
      expect(none).toMatchObject({ why: 'used', used: 3 });
      // By then it is the new day in the slowest clock.
      const wait = none!.freeAt.getTime() - Date.now();
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThan(30_000);
      const later = { ...(await at(60)), id: budget.id };
      expect(await budgetsOf(0).reserve(OWNER, [{ budget: later, need: 1 }], holder())).toBeUndefined();
    });
  });
});
