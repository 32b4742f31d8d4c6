import { type PublicationRecord } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';

/** Invitations that may be open at once: twice the concurrency. */
const CAPACITY = 10;

describe('dispatching and time', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let count = 0;
  let begun = '';

  beforeAll(async () => {
    engine = await TestEngine.start({ PUBLISH_CONCURRENCY: String(CAPACITY / 2) });
    worker = await engine.parts();
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    count += 1;
    begun = new Date().toISOString();
  });
  afterEach(async () => {
    // Every test counts the whole installation's invitations.
    await engine.owner.query(
      `update publications set state = 'cancelled', version = version + 1, invitation = null, invited_until = null,
              lease = null, leased_until = null, held_reason = null where state in ('scheduled', 'preparing', 'ready', 'held', 'failed')`,
    );
  });
  afterAll(() => engine.close());

  const word = (): string => `turn${count}`;
  const channel = (name = word(), of = tenant): Promise<string> => engine.account(of, 'webhook', name);
  const asked = (operation: 'prepare' | 'commit' | 'read'): Promise<unknown> =>
    engine.sandbox.waitForRequest((request) => request.operation === operation && request.at >= begun);
  const invited = async (): Promise<string[]> => {
    const { rows } = await engine.owner.query<{ id: string }>(
      'select id from publications where invited_until > now()',
    );
    return rows.map((row) => row.id);
  };
  const dispatch = async (): Promise<string[]> => {
    await worker.dispatcher.dispatch();
    return invited();
  };
  const inBackoff = (id: string, seconds: number): Promise<unknown> =>
    engine.owner.query(`update publications set next_check_at = now() + make_interval(secs => $2) where id = $1`, [
      id,
      seconds,
    ]);
  const strict = (id: string): Promise<unknown> =>
    engine.owner.query('update channels set strict_order = true where id = $1', [id]);

  describe('rule 12: order inside a channel', () => {
    it('invites one of a channel, the earliest, and the next one after it', async () => {
      const place = await channel();
      const ids = [];
      for (let i = 0; i < 3; i += 1) ids.push((await engine.publication(tenant, place, `${word()}-${i}`)).id);
      for (const id of ids) {
        expect(await dispatch()).toEqual([id]);
        const { invitation } = await engine.find(id);
        await worker.runner.run({ publicationId: id, invitation: invitation! });
      }
      expect(engine.shown(word())).toEqual([0, 1, 2].map((i) => `${word()}-${i}`));
    });

    it('one in flight per channel: a second one at the fence is handed back, and that is no try', async () => {
      const place = await channel();
      const [first, second] = [
        await engine.publication(tenant, place, word()),
        await engine.publication(tenant, place, word()),
      ];
      engine.sandbox.faults.add({ kind: 'slow', operation: 'commit', match: word(), delayMs: 500 });
      const run = worker.carryOut(first.id);
      await asked('commit');
      // As if two dispatchers had overlooked each other.
      const { rows } = await engine.owner.query<{ invitation: string }>(
        `update publications set invitation = gen_random_uuid(), invited_until = now() + interval '1 min' where id = $1
         returning invitation`,
        [second.id],
      );
      await worker.runner.run({ publicationId: second.id, invitation: rows[0]!.invitation });
      expect(await engine.find(second.id)).toMatchObject({ state: 'scheduled', attempts: 0, failure: null });
      expect((await run).state).toBe('published');
      expect((await worker.carryOut(second.id)).state).toBe('published');
    });

    it('what has to be looked up waits for nothing that is earlier in its channel', async () => {
      const place = await channel();
      const earlier = await engine.publication(tenant, place, `${word()} earlier`);
      await inBackoff(earlier.id, 60);
      const { id } = await engine.publication(tenant, place, `${word()} later`);
      engine.sandbox.faults.add({ kind: 'accept-then-reset', operation: 'commit', match: word() });
      await worker.carryOut(id);
      await engine.settle(id);
      await engine.skipWait(earlier.id);
      expect(await dispatch()).toEqual([id]);
      await worker.carryOut(id);
      expect((await worker.carryOut(earlier.id)).state).toBe('published');
    });

    it('an invitation for later holds up nothing that is earlier', async () => {
      const place = await channel();
      const later = await engine.publication(tenant, place, word(), { dueIn: 12 });
      expect(await dispatch()).toEqual([later.id]);
      const earlier = await engine.publication(tenant, place, word());
      expect(await dispatch()).toContain(earlier.id);
    });

    it('one in a long backoff, held, failed or unconfirmed does not block those behind it', async () => {
      const place = await channel();
      for (const state of ['backoff', 'held', 'failed', 'unconfirmed']) {
        const { id } = await engine.publication(tenant, place, `${word()} ${state}`);
        await stop(id, state);
      }
      const next = await engine.publication(tenant, place, word());
      expect(await dispatch()).toEqual([next.id]);
    });

    it.each(['backoff', 'held', 'failed', 'unconfirmed'])(
      'in strict order, one that is in state "%s" does',
      async (state) => {
        const place = await channel();
        await strict(place);
        const { id } = await engine.publication(tenant, place, `${word()} first`);
        await stop(id, state);
        const next = await engine.publication(tenant, place, word());
        expect(await dispatch()).toEqual([]);
        await engine.owner.query(
          `update publications set state = 'cancelled', held_reason = null, version = version + 1 where id = $1`,
          [id],
        );
        expect(await dispatch()).toEqual([next.id]);
      },
    );

    it('strict order is kept at the fence too, for what was invited before', async () => {
      const place = await channel();
      await strict(place);
      const later = await engine.publication(tenant, place, `${word()} later`, { dueIn: 1 });
      const run = worker.carryOut(later.id);
      await engine.until(later.id, 'ready');
      const earlier = await engine.publication(tenant, place, `${word()} earlier`);
      expect(await run).toMatchObject({ state: 'scheduled', attempts: 0 });
      expect((await worker.carryOut(earlier.id)).state).toBe('published');
      expect((await worker.carryOut(later.id)).state).toBe('published');
      expect(engine.shown(word())).toEqual([`${word()} earlier`, `${word()} later`]);
    });

    it('a blocked channel is left alone until its time, and others are not', async () => {
      const [blocked, free] = [await channel(), await channel(`${word()}b`)];
      const waiting = await engine.publication(tenant, blocked, word());
      const other = await engine.publication(tenant, free, word());
      await engine.owner.query(`update channels set blocked_until = now() + interval '1 hour' where id = $1`, [
        blocked,
      ]);
      expect(await dispatch()).toEqual([other.id]);
      await engine.owner.query('update channels set blocked_until = now() where id = $1', [blocked]);
      expect(await dispatch()).toContain(waiting.id);
    });

    async function stop(id: string, state: string): Promise<void> {
      if (state === 'backoff') return void (await inBackoff(id, 60));
      await engine.owner.query(`update publications set state = 'preparing', version = version + 1 where id = $1`, [
        id,
      ]);
      await engine.owner.query(
        `update publications set state = $2, version = version + 1, failure = '{"kind":"unknown"}',
                held_reason = case $2 when 'held' then 'too-late' end where id = $1`,
        [id, state],
      );
    }
  });

  describe('rule 3: the dispatcher', () => {
    it('organizations take turns: one with 500 due does not starve one with a single post', async () => {
      const big = await engine.publication(tenant, await channel(), word());
      await multiply(big, 499);
      const small = await engine.tenant();
      const single = await engine.publication(small, await channel(`${word()}s`, small), word());
      await engine.owner.query(
        `update publications set due_at = now(), next_check_at = now(), version = version + 1 where id = $1`,
        [single.id],
      );
      const first = await dispatch();
      expect(first).toHaveLength(CAPACITY);
      expect(first).toContain(single.id);
      // Nobody took one of them: there is no capacity for more.
      expect(await worker.dispatcher.dispatch()).toBe(0);
    });

    it('any number of dispatchers invite each publication once', async () => {
      const { id } = await engine.publication(tenant, await channel(), word());
      await multiply(await engine.find(id), CAPACITY - 1);
      const others = [await engine.parts(), await engine.parts()];
      const rounds = await Promise.all([worker, ...others, worker].map((parts) => parts.dispatcher.dispatch()));
      expect(rounds.reduce((sum, n) => sum + n, 0)).toBe(CAPACITY);
      expect(await invited()).toHaveLength(CAPACITY);
    });

    it('hands out what is due together in jobs of ten, and what is due later by itself', async () => {
      const { id } = await engine.publication(tenant, await channel(), word());
      await multiply(await engine.find(id), CAPACITY - 2);
      const later = await engine.publication(tenant, await channel(`${word()}l`), word(), { dueIn: 8 });
      await worker.queue.drain(true);
      await worker.dispatcher.dispatch();
      const jobs = await worker.queue.getJobs(['waiting', 'delayed', 'prioritized']);
      const carried = jobs.map(({ data, opts }) => ({ delay: opts.delay ?? 0, of: data.invitations.length }));
      expect(carried.sort((a, b) => a.delay - b.delay)).toEqual([
        { delay: 0, of: CAPACITY - 1 },
        // Three seconds ahead, to be prepared.
        { delay: expect.any(Number), of: 1 },
      ]);
      expect(carried[1]?.delay).toBeGreaterThan(2_000);
      const last = jobs.find(({ opts }) => (opts.delay ?? 0) > 0);
      expect(last?.data.invitations).toEqual([
        { publicationId: later.id, invitation: (await engine.find(later.id)).invitation },
      ]);
    });

    it('one of a job that fails stops none of the others', async () => {
      const good = [
        await engine.publication(tenant, await channel(`${word()}a`), word()),
        await engine.publication(tenant, await channel(`${word()}b`), word()),
      ];
      const [first, second] = [await worker.invite(good[0]!.id), await worker.invite(good[1]!.id)];
      await worker.queue.drain(true);
      const loop = await engine.startWorker();
      try {
        const invitations = [first, { publicationId: 'no id at all', invitation: 'none' }, second];
        await worker.queue.add('publish', { invitations });
        for (const { id } of good) await engine.until(id, 'published');
        for (const { id } of good) expect((await engine.find(id)).attempts).toBe(1);
      } finally {
        await loop.close();
      }
    });

    it('nothing depends on the queue: what it loses is invited again, what it doubles finds nothing', async () => {
      const { id } = await engine.publication(tenant, await channel(), word(), { dueIn: 4 });
      const loop = await engine.startWorker();
      try {
        const lost = await engine.eventually(
          async () => ((await engine.find(id)).invitation ? engine.find(id) : undefined),
          () => engine.story(id),
        );
        await engine.owner.query('truncate bullmq.job cascade');
        // Lost on the way, it is missed soon after its time.
        expect(lost.invited_until!.getTime() - lost.due_at.getTime()).toBeLessThan(15_000);
        await engine.owner.query(`update publications set invited_until = now() where id = $1`, [id]);
        const again = await engine.eventually(
          async () => {
            const { invitation } = await engine.find(id);
            return invitation !== null && invitation !== lost.invitation ? invitation : undefined;
          },
          () => engine.story(id),
        );
        for (const invitation of [lost.invitation!, again, again]) {
          await worker.queue.add('publish', { invitations: [{ publicationId: id, invitation }] });
        }
        await engine.until(id, 'published');
        expect((await engine.log(id)).filter((entry) => entry.kind === 'attempt-started')).toHaveLength(1);
        expect(engine.shown(word())).toHaveLength(1);
      } finally {
        await loop.close();
      }
    });
  });

  describe('rule 19: time is the database’s', () => {
    const RealDate = globalThis.Date;
    afterEach(() => {
      globalThis.Date = RealDate;
    });

    it.each([
      ['slow', -3_600_000],
      ['fast', 3_600_000],
    ])('a worker whose clock is an hour %s sends on time', async (_name, offset) => {
      const { id } = await engine.publication(tenant, await engine.account(tenant, 'mastodon', word()), word(), {
        dueIn: 60,
      });
      await engine.owner.query(
        `update publications set due_at = now() + interval '1 s', version = version + 1 where id = $1`,
        [id],
      );
      const invitation = await worker.invite(id);
      globalThis.Date = skewed(RealDate, offset);
      await worker.runner.run(invitation);
      globalThis.Date = RealDate;
      const { rows } = await engine.owner.query<{ late: number }>(
        `select extract(epoch from s.fenced_at - p.due_at)::float as late from publications p
           join segments s on s.publication_id = p.id where p.id = $1 and p.state = 'published'`,
        [id],
      );
      expect(rows[0]?.late).toBeGreaterThanOrEqual(-0.05);
      expect(rows[0]?.late).toBeLessThan(5);
    });
  });

  /** So many more organizations' worth of the same: each on a channel of its own. */
  async function multiply(publication: PublicationRecord, times: number): Promise<void> {
    await engine.owner.query(
      `with places as (
         insert into channels (id, organization_id, workspace_id, connection_id, platform, practice, external_id, name)
         select gen_random_uuid(), organization_id, workspace_id, connection_id, platform, practice, external_id || n, name
           from channels, generate_series(1, $2::int) as n where id = $1 returning id)
       insert into publications (id, organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
              cleared_hash, due_at, time_zone, local_due, state, version, next_check_at)
       select gen_random_uuid(), p.organization_id, p.workspace_id, places.id, p.post_id, 1, p.content, p.content_hash,
              p.cleared_hash, p.due_at, p.time_zone, p.local_due, 'scheduled', 1, p.next_check_at
         from publications p, places where p.id = $3`,
      [publication.channel_id, times, publication.id],
    );
  }
});

function skewed(real: DateConstructor, offset: number): DateConstructor {
  return class extends real {
    constructor(...given: [] | [number | string | Date]) {
      if (given.length === 0) super(real.now() + offset);
      else super(...(given as [number]));
    }
    static override now(): number {
      return real.now() + offset;
    }
  } as DateConstructor;
}
