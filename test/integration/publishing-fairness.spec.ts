import { inviteParameters, INVITE } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';
import { schedule } from './publishing-fairness.backlog.js';

/** Invitations that may be open at once. */
const CAPACITY = 20;
const MINUTES = -60;

describe('who is next in a backlog', () => {
  let engine: TestEngine;
  let worker: EngineParts;
  let count = 0;

  beforeEach(async () => {
    engine = await TestEngine.start({ PUBLISH_CONCURRENCY: String(CAPACITY / 2) });
    worker = await engine.parts();
  });
  afterEach(() => engine.close());

  /** One publication far ahead, to be copied. */
  async function template(tenant: TestTenant): Promise<string> {
    count += 1;
    const channel = await engine.account(tenant, 'webhook', `fair${count}`);
    return (await engine.publication(tenant, channel, 'fair', { dueIn: 86_400 })).id;
  }

  /** Invites, and has everybody who is invited be done at once. Returns the channels of those. */
  async function round(): Promise<string[]> {
    await worker.dispatcher.dispatch();
    const { rows } = await engine.owner.query<{ channel_id: string }>(
      `update publications set state = 'cancelled', version = version + 1, invitation = null, invited_until = null
        where invitation is not null returning channel_id`,
    );
    return rows.map((row) => row.channel_id);
  }

  /** Rounds until everything on these channels went out; fails when it takes more than `most`. */
  async function roundsFor(channels: readonly string[], publications: number, most: number): Promise<void> {
    let out = 0;
    for (let i = 0; i < most && out < publications; i += 1) {
      out += (await round()).filter((channel) => channels.includes(channel)).length;
    }
    expect({ out, most }).toEqual({ out: publications, most });
  }

  it('one organization with 10,000 due does not hold up five of another', async () => {
    const big = await template(await engine.tenant());
    await schedule(engine, { like: big, channels: 1_000, each: 10, dueIn: 60 * MINUTES });
    const small = await template(await engine.tenant());
    const later = await schedule(engine, { like: small, channels: 5, each: 1, dueIn: 1 * MINUTES });
    await roundsFor(later, 5, 2);
  });

  it('nor when they are on one channel, of which one goes at a time', async () => {
    const big = await template(await engine.tenant());
    await schedule(engine, { like: big, channels: 1_000, each: 10, dueIn: 60 * MINUTES });
    const small = await template(await engine.tenant());
    const later = await schedule(engine, { like: small, channels: 1, each: 5, dueIn: 1 * MINUTES });
    await roundsFor(later, 5, 5);
  });

  it('one channel with 10,000 due does not hold up another of its organization', async () => {
    const like = await template(await engine.tenant());
    await schedule(engine, { like, channels: 1, each: 10_000, dueIn: 60 * MINUTES });
    const others = await schedule(engine, { like, channels: 5, each: 2, dueIn: 1 * MINUTES });
    await roundsFor(others, 10, 2);
  });

  it('4,000 that may not go yet do not hide those that may', async () => {
    const like = await template(await engine.tenant());
    const blocked = await schedule(engine, { like, channels: 400, each: 10, dueIn: 60 * MINUTES });
    await engine.owner.query(`update channels set blocked_until = now() + interval '1 hour' where id = any($1)`, [
      blocked,
    ]);
    const others = await schedule(engine, { like, channels: 100, each: 1, dueIn: 1 * MINUTES });
    // A hundred channels are asked in turn in each round, so all in every six.
    await roundsFor(others, 100, 12);
  });

  it('what only has to be looked up is not behind a backlog', async () => {
    const tenant = await engine.tenant();
    const like = await template(tenant);
    await schedule(engine, { like, channels: 100, each: 10, dueIn: 60 * MINUTES });
    const place = await engine.account(tenant, 'bluesky', 'fairlook');
    const { id } = await engine.publication(tenant, place, 'fair look', { dueIn: 3_600 });
    await engine.owner.query('alter table publications disable trigger publications_guard');
    await engine.owner.query(
      `update publications set state = 'committing', first_fenced_at = now(), next_check_at = now(), version = 2 where id = $1`,
      [id],
    );
    await worker.dispatcher.dispatch();
    expect((await engine.find(id)).invitation).not.toBeNull();
  });

  describe('among 100,000 scheduled publications', () => {
    const parameters = (room = 100): unknown[] => {
      const channel = '80000000-0000-0000-0000-000000000000';
      const organization = '00000000-0000-0000-0000-000000000000';
      return inviteParameters({ horizonMs: 10_000, room, limits: [], after: { channel, organization } });
    };

    /** The plan of a round as the engine's role runs it, and how many pages it touched. The round itself is taken back. */
    async function explain(settings = ''): Promise<Plan> {
      const { owner } = engine;
      await owner.query('vacuum analyze publications, channels');
      await owner.query(`begin; set local role clickpost_engine; ${settings}`);
      const { rows } = await owner.query(`explain (analyze, buffers, format json) ${INVITE}`, parameters());
      await owner.query('rollback');
      return rows[0]['QUERY PLAN'][0].Plan;
    }

    it('a round reads indexes alone, and no more pages however many are scheduled', async () => {
      const due = await template(await engine.tenant());
      await schedule(engine, { like: due, channels: 1_000, each: 10, dueIn: 60 * MINUTES });
      const few = await explain('set local enable_seqscan = off');
      for (let i = 0; i < 90; i += 1) {
        const like = await template(await engine.tenant());
        await schedule(engine, { like, channels: 10, each: 100, dueIn: 3_600 * (i + 1) });
      }
      const plan = await explain();
      expect(scansOf(plan).filter(({ relation }) => relation === 'publications')).not.toContainEqual(
        expect.objectContaining({ node: 'Seq Scan' }),
      );
      const many = await explain('set local enable_seqscan = off');
      // The round did something, and an index ten times as large is at most one page deeper.
      expect(few['Actual Rows']).toBe(100);
      expect(many['Actual Rows']).toBe(100);
      expect(pagesOf(many)).toBeLessThan(pagesOf(few) * 1.5);
    });
  });
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
}

function scansOf(plan: Plan): { node: string; relation: string | undefined }[] {
  const own = { node: plan['Node Type'], relation: plan['Relation Name'] };
  return [own, ...(plan.Plans ?? []).flatMap(scansOf)];
}

function pagesOf(plan: Plan): number {
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
}
