import { PlatformAccess } from '#channels';
import { type Transaction } from '#kernel';
import { type Contact, contactOf, FAILURES_TO_OPEN, FlowState, FlowUpkeep, isServerAway, noteMet } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

describe('a breaker for each outside server', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let workers: EngineParts[];
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start({ PUBLISH_CONCURRENCY: '100' });
    workers = await Promise.all([engine.parts(), engine.parts(), engine.parts()]);
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    await engine.owner.query('delete from breakers');
    await engine.owner.query('alter table publications disable trigger publications_guard');
    await engine.owner.query(
      `update publications set state = 'cancelled', version = version + 1, invitation = null, invited_until = null,
              lease = null, leased_until = null where state in ('scheduled', 'preparing', 'ready', 'committing')`,
    );
    await engine.owner.query('alter table publications enable trigger publications_guard');
    tenant = await engine.tenant();
    count += 1;
  });
  afterAll(() => engine.close());

  interface Due {
    id: string;
    channelId: string;
  }

  /** So many publications that are due, each on an account of its own. */
  async function due(platform: string, times = 1, name = 'b'): Promise<Due[]> {
    const made: Due[] = [];
    for (let i = 0; i < times; i += 1) {
      const channelId = await engine.account(tenant, platform, `${name}${count}x${i}`);
      made.push({ id: (await engine.publication(tenant, channelId, `breaker${count} ${name} ${i}`)).id, channelId });
    }
    await tend();
    return made;
  }

  /** What every worker does every few seconds: finds out where new channels are, and forgets what is over. */
  const tend = (): Promise<void> => engine.workers[0]!.get(FlowUpkeep, { strict: false }).tend();

  const engineTx = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => engine.kernel.database.engine(work);

  async function contact({ id, channelId }: Due, startedAt = new Date()): Promise<Contact> {
    const open = await engineTx((tx) => engine.service(PlatformAccess).open(tx, channelId));
    if (!open) throw new Error('The channel has no credentials.');
    return contactOf(open, id, startedAt);
  }
  const fail = async (...of: Due[]): Promise<void> => {
    for (const one of of) {
      const contacts = [await contact(one)];
      await engineTx((tx) =>
        noteMet(
          tx,
          contacts.map((contact) => ({ contact, away: true })),
        ),
      );
    }
  };
  const reach = async (one: Due, startedAt?: Date): Promise<void> => {
    const contacts = [await contact(one, startedAt)];
    await engineTx((tx) =>
      noteMet(
        tx,
        contacts.map((contact) => ({ contact, away: false })),
      ),
    );
  };

  /** Who is invited when all processes have had a round, at the same moment. */
  async function invited(): Promise<string[]> {
    await Promise.all(workers.map(({ dispatcher }) => dispatcher.dispatch()));
    const { rows } = await engine.owner.query<{ id: string }>(
      'select id from publications where invited_until > now()',
    );
    return rows.map((row) => row.id);
  }
  const ids = (of: readonly Due[]): string[] => of.map(({ id }) => id);

  /** Lets time pass for the breakers. */
  const pass = (seconds: number): Promise<unknown> =>
    engine.owner.query(
      `update breakers set open_until = open_until - make_interval(secs => $1), drain_from = drain_from - make_interval(secs => $1),
              failed_at = failed_at - make_interval(secs => $1), changed_at = changed_at - make_interval(secs => $1)`,
      [seconds],
    );
  const breakers = async (): Promise<{ platform: string; server: string; opened: number }[]> => {
    const { rows } = await engine.owner.query(
      'select platform, server, opened from breakers order by platform, server',
    );
    return rows;
  };
  /** Ends what is invited without a word about the server, and lets it be due again. */
  const giveBack = (id: string): Promise<unknown> =>
    engine.owner.query('update publications set invitation = null, invited_until = null where id = $1', [id]);

  /** An outage of the practice server of Bluesky, noticed by five publications. Returns what waits behind it. */
  async function outage(waiting = 3): Promise<Due[]> {
    const failing = await due('bluesky', FAILURES_TO_OPEN, 'failing');
    await fail(...failing);
    await engine.owner.query(
      `update publications set next_check_at = now() + interval '1 hour' where id = any($1::uuid[])`,
      [ids(failing)],
    );
    return due('bluesky', waiting, 'waiting');
  }

  it('opens when several publications in a row found the server away; what waits stays scheduled', async () => {
    const [first = never(), ...others] = await outage();
    const elsewhere = [...(await due('mastodon')), ...(await due('webhook'))];
    expect((await invited()).sort()).toEqual(ids(elsewhere).sort());
    for (const { id } of [first, ...others]) {
      expect(await engine.find(id)).toMatchObject({ state: 'scheduled', held_reason: null, failure: null });
    }
  });

  it('one answer in between, and it does not open; nothing is remembered of a server that is well', async () => {
    const [answered = never(), ...failing] = await due('bluesky', FAILURES_TO_OPEN + 1);
    await fail(...failing.slice(0, -1));
    await reach(answered);
    expect(await breakers()).toEqual([]);
    await fail(...failing.slice(-1));
    expect(await invited()).toHaveLength(FAILURES_TO_OPEN + 1);
    await reach(answered);
    expect(await breakers()).toEqual([]);
  });

  it('failures that are noted at once by several processes are all counted', async () => {
    const failing = await due('bluesky', FAILURES_TO_OPEN);
    await Promise.all(failing.map((one) => fail(one)));
    expect(await breakers()).toMatchObject([{ platform: 'bluesky', opened: 1 }]);
    // And by one transaction.
    await engine.owner.query('delete from breakers');
    const contacts = await Promise.all(failing.map((one) => contact(one)));
    await engineTx((tx) =>
      noteMet(
        tx,
        contacts.map((contact) => ({ contact, away: true })),
      ),
    );
    expect(await breakers()).toMatchObject([{ platform: 'bluesky', opened: 1 }]);
  });

  it('those who note several servers at once do not wait for each other in a circle', async () => {
    const [one = never()] = await due('bluesky');
    const [another = never()] = await due('webhook');
    const [here, there] = [await contact(one), await contact(another)];
    const notes = Array.from({ length: 30 }, (_, i) =>
      engineTx((tx) =>
        noteMet(tx, [
          { contact: i % 2 ? here : there, away: false },
          { contact: i % 2 ? there : here, away: true },
        ]),
      ),
    );
    expect((await Promise.allSettled(notes)).filter(({ status }) => status === 'rejected')).toEqual([]);
  });

  it('when its time is over exactly one probe goes out, however many processes ask', async () => {
    const waiting = await outage(4);
    expect(await invited()).toEqual([]);
    await pass(5);
    const [probe = never(), ...more] = await invited();
    expect(more).toEqual([]);
    expect(ids(waiting)).toContain(probe);
    expect(await invited()).toEqual([probe]);
    // Its invitation was lost on the way: another one is sent.
    await engine.owner.query(`update publications set invited_until = now() where id = $1`, [probe]);
    expect(await invited()).toHaveLength(1);
  });

  it('a probe that fails opens it for longer, one that succeeds lets more out every second', async () => {
    const waiting = await outage(12);
    const find = (id: string): Due => waiting.find((one) => one.id === id) ?? never();
    await pass(5);
    const [failed = never()] = await invited();
    await fail(find(failed));
    await giveBack(failed);
    expect(await breakers()).toMatchObject([{ opened: 2 }]);
    await pass(5);
    expect(await invited()).toEqual([]);
    await pass(5);
    const [probe = never()] = await invited();
    await reach(find(probe));
    await engine.owner.query(
      `update publications set state = 'cancelled', version = version + 1, invitation = null, invited_until = null where id = $1`,
      [probe],
    );
    expect(await invited()).toHaveLength(1);
    expect(await invited()).toHaveLength(1);
    await pass(1);
    expect(await invited()).toHaveLength(3);
    await pass(1);
    expect(await invited()).toHaveLength(7);
    await pass(6);
    expect(await invited()).toHaveLength(11);
    await tend();
    expect(await breakers()).toEqual([]);
  });

  it('what only has to be looked up still goes, and its answer ends the outage', async () => {
    const [look = never(), ...waiting] = await outage(2);
    await engine.owner.query('alter table publications disable trigger publications_guard');
    await engine.owner.query(
      `update publications set state = 'committing', first_fenced_at = now(), version = version + 1 where id = $1`,
      [look.id],
    );
    await engine.owner.query('alter table publications enable trigger publications_guard');
    expect(await invited()).toEqual([look.id]);
    // An answer to something that began before the outage says nothing.
    await reach(look, new Date(Date.now() - 60_000));
    expect(await invited()).toEqual([look.id]);
    await reach(look);
    expect((await invited()).sort()).toEqual(ids([look, ...waiting]).sort());
  });

  it('a receiver of one customer never stops another’s, even on the same host', async () => {
    const [broken = never()] = await due('webhook', 1, 'broken');
    const failing = [broken];
    for (let i = 1; i < FAILURES_TO_OPEN; i += 1) {
      failing.push({
        id: (await engine.publication(tenant, broken.channelId, 'again')).id,
        channelId: broken.channelId,
      });
    }
    await fail(...failing);
    const other = await engine.tenant();
    tenant = other;
    const [well = never()] = await due('webhook', 1, 'well');
    expect(await invited()).toEqual([well.id]);
    expect(await breakers()).toEqual([{ platform: 'webhook', server: broken.channelId, opened: 1 }]);
  });

  it('an outage of one server does not stop another of the same platform', async () => {
    const [here = never(), there = never()] = await outage(2);
    await engine.owner.query(`update channels set server = 'elsewhere.example' where id = $1`, [there.channelId]);
    expect(await invited()).toEqual([there.id]);
    expect((await engine.find(here.id)).invitation).toBeNull();
  });

  it('finds out by itself on which server a channel is', async () => {
    await due('webhook', 1, 'learn');
    const { rows } = await engine.owner.query(
      `select platform, server = id::text as alone, server from channels where organization_id = $1`,
      [tenant.organizationId],
    );
    expect(rows).toMatchObject([{ platform: 'webhook', alone: true }]);
    const bluesky = await due('bluesky', 1, 'learn');
    const found = await engine.owner.query('select server from channels where id = $1', [bluesky[0]?.channelId]);
    expect(found.rows).toEqual([{ server: new URL(engine.sandbox.origin).host }]);
  });

  it('tells whom it concerns why they are late, and nobody else', async () => {
    const waiting = await outage();
    const state = (of: TestTenant) =>
      engine.kernel.database.tenant(of.organizationId, (tx) => engine.service(FlowState).flowStateOf(tx));
    const server = new URL(engine.sandbox.origin).host;
    expect(await state(tenant)).toEqual([
      {
        ...{ platform: 'bluesky', practice: true, server, cause: 'outage' },
        since: expect.any(Date),
        until: expect.any(Date),
        channels: expect.arrayContaining(waiting.map(({ channelId }) => channelId)),
      },
    ]);
    expect(await state(await engine.tenant())).toEqual([]);
    await reach(waiting[0] ?? never());
    expect(await state(tenant)).toMatchObject([{ cause: 'recovering', until: null }]);
    await pass(10);
    expect(await state(tenant)).toEqual([]);
  });

  it('over HTTP: opens when the server is away, probes it, and lets everything out when it is back', async () => {
    engine.sandbox.faults.add({ kind: 'refuse-unavailable', operation: 'commit', platform: 'bluesky', times: 500 });
    for (const one of await due('bluesky', FAILURES_TO_OPEN, 'failing')) await tryOnce(one);
    expect(await breakers()).toMatchObject([{ platform: 'bluesky', opened: 1 }]);
    const waiting = await due('bluesky', 3, 'waiting');
    // Those that failed are looked up; none of the others is tried.
    const tried = async (): Promise<string[]> => (await invited()).filter((id) => ids(waiting).includes(id)).sort();
    expect(await tried()).toEqual([]);
    engine.sandbox.faults.clear();
    await pass(5);
    const [probe = never(), ...more] = await tried();
    expect(more).toEqual([]);
    await tryOnce(waiting.find(({ id }) => id === probe) ?? never());
    expect(engine.shown(`breaker${count}`)).toHaveLength(1);
    await pass(2);
    const rest = waiting.filter(({ id }) => id !== probe);
    expect(await tried()).toEqual(ids(rest).sort());
    for (const one of rest) await tryOnce(one);
    expect(engine.shown(`breaker${count} waiting`)).toHaveLength(3);
  });

  /** Carries out what is invited, or is due and not behind a breaker yet, and notes what it met as the runner does. */
  async function tryOnce(one: Due): Promise<void> {
    const [worker = never()] = workers;
    const { invitation } = await engine.find(one.id);
    const startedAt = new Date();
    if (invitation) await worker.runner.run({ publicationId: one.id, invitation });
    else await worker.carryOut(one.id);
    const entry = (await engine.log(one.id)).findLast(({ evidence }) => evidence?.['exchanges'] !== undefined);
    const exchanges = (entry?.evidence?.['exchanges'] ?? []) as never[];
    const away = entry?.failure ? isServerAway(entry.failure, exchanges) : false;
    const contacts = [await contact(one, startedAt)];
    await engineTx((tx) =>
      noteMet(
        tx,
        contacts.map((contact) => ({ contact, away })),
      ),
    );
  }
});

function never(): never {
  throw new Error('It is not there.');
}
