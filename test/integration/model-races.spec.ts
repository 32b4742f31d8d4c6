import pg from 'pg';
import { AccountsService, WorkspacesService } from '#accounts';
import { type PublicationRecord } from '#publishing';
import { type EngineParts } from '../support/engine-parts.js';
import { ownerOf, TestEngine, type TestTenant } from '../support/engine.js';
import { withdraw } from './model-world.js';

/** What somebody does, and what becomes of the publication where that comes before the fence. */
interface Rival {
  does: (publication: PublicationRecord) => Promise<unknown>;
  wins: Partial<PublicationRecord>;
  /** After the fence it is refused; what is not is only heeded from the next publication on. */
  refused: boolean;
}

/** Held while the test decides: people's transactions, the one that fences, and the one that invites. */
const PEOPLE = 1;
const FENCE = 2;
const INVITATION = 3;

describe('two at once, one at the fence and one against it', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let judge: pg.Client;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start();
    worker = await engine.parts();
    judge = new pg.Client({ connectionString: engine.ownerUrl });
    await judge.connect();
    // Whoever has written waits before the commit, with all the locks of the transaction.
    await judge.query(`
      create function wait_for_judge() returns trigger language plpgsql security invoker as $$ begin
        perform pg_advisory_xact_lock_shared(
          coalesce(tg_argv[0]::int, case current_user when 'clickpost_app' then ${PEOPLE} else ${FENCE} end));
        return new;
      end $$;
      create constraint trigger wait_fence after update on publications deferrable initially deferred for each row
        when (new.state = 'committing' and old.state <> 'committing') execute function wait_for_judge();
      create constraint trigger wait_people after update on publications deferrable initially deferred for each row
        when (new.state <> 'committing' and new.lease is null) execute function wait_for_judge()`);
    for (const gate of ['channels', 'workspaces', 'organizations']) {
      await judge.query(`create constraint trigger wait_people after update on ${gate} deferrable initially deferred
        for each row execute function wait_for_judge()`);
    }
  });
  beforeEach(async () => {
    tenant = await engine.tenant();
    count += 1;
  });
  afterAll(async () => {
    await judge.end();
    await engine.close();
  });

  const word = (): string => `race${count}`;
  const act = (work: Parameters<TestEngine['act']>[2]) => (publication: PublicationRecord) =>
    engine.act(tenant, publication.id, work);
  const update = (change: Parameters<TestEngine['posts']['update']>[3]) => async (publication: PublicationRecord) => {
    const { post } = await engine.posts.get(tenant.organizationId, publication.post_id);
    return engine.posts.update(tenant.author, post.id, post.version, change);
  };
  const person = () => ownerOf(tenant);
  const later = new Date(Date.now() + 3_600_000).toISOString();

  const rivals: Record<string, Rival> = {
    'an edit': {
      does: (publication) => update({ content: { text: `${word()} second version` } })(publication),
      wins: { state: 'scheduled' },
      refused: true,
    },
    'another time': {
      does: (publication) => update({ schedule: { at: later, timeZone: 'UTC' } })(publication),
      wins: { state: 'scheduled', due_at: new Date(later) },
      refused: true,
    },
    'taking it back to a draft': {
      does: (publication) => update({ schedule: null })(publication),
      wins: { state: 'cancelled' },
      refused: true,
    },
    'a cancellation': {
      does: act((service, tx, actor, record) => service.cancel(tx, actor, record, 'Changed my mind.')),
      wins: { state: 'cancelled' },
      refused: true,
    },
    'deleting the post': {
      does: async ({ post_id }) => {
        const { post } = await engine.posts.get(tenant.organizationId, post_id);
        return engine.posts.delete(tenant.author, post.id, post.version);
      },
      wins: { state: 'cancelled' },
      refused: true,
    },
    'a clearance that is taken back': {
      does: act((_service, tx, actor, record) => withdraw(tx, actor, record)),
      wins: { state: 'held', held_reason: 'approval-missing' },
      refused: true,
    },
    'a hold by a person': {
      does: act((service, tx, actor, record) => service.hold(tx, actor, record)),
      wins: { state: 'held', held_reason: 'held-by-person' },
      refused: true,
    },
    'a pause of the channel': {
      does: ({ channel_id }) => engine.channels.setPaused(tenant.organizationId, channel_id, true),
      wins: { state: 'held', held_reason: 'channel-paused' },
      refused: false,
    },
    'a pause of the workspace': {
      does: () => new WorkspacesService(engine.kernel.database).setPaused(person(), tenant.workspaceId, true),
      wins: { state: 'held', held_reason: 'workspace-paused' },
      refused: false,
    },
    'a pause of the organization': {
      does: () => new AccountsService(engine.kernel.database).setPaused(person(), tenant.organizationId, true),
      wins: { state: 'held', held_reason: 'organization-paused' },
      refused: false,
    },
    'a disconnect': {
      does: async ({ channel_id }) => {
        const { rows } = await engine.owner.query<{ id: string }>(
          'select connection_id as id from channels where id = $1',
          [channel_id],
        );
        return engine.connections.disconnect(tenant.organizationId, rows[0]!.id);
      },
      wins: { state: 'held', held_reason: 'channel-disconnected' },
      refused: false,
    },
  };

  /** Waits until so many transactions wait for another, or for the judge. */
  async function waiting(transactions: number): Promise<void> {
    await engine.eventually(
      async () => {
        const { rows } = await judge.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows[0]!.n >= transactions ? true : undefined;
      },
      () => `There are never ${transactions} that wait.`,
    );
  }

  async function ready(): Promise<{ publication: PublicationRecord; run: Promise<PublicationRecord> }> {
    const channel = await engine.account(tenant, 'bluesky', word());
    const publication = await engine.publication(tenant, channel, word(), { dueIn: 0.7 });
    const run = worker.carryOut(publication.id);
    run.catch(() => undefined);
    await engine.until(publication.id, 'ready');
    return { publication, run };
  }

  async function whileHeld(who: number, work: () => Promise<void>): Promise<void> {
    await judge.query('select pg_advisory_lock($1)', [who]);
    try {
      await work();
    } finally {
      await judge.query('select pg_advisory_unlock($1)', [who]);
    }
  }

  it.each(Object.keys(rivals))(
    'rule 5: %s that was first wins: the fence finds it, and nothing goes out',
    async (name) => {
      const { does, wins } = rivals[name]!;
      const { publication, run } = await ready();
      let deed: Promise<unknown> | undefined;
      await whileHeld(PEOPLE, async () => {
        deed = does(publication);
        deed.catch(() => undefined);
        await waiting(1);
        // The fence comes at the due time, and waits for what is written but not yet acknowledged.
        await waiting(2);
      });
      await deed;
      await run;
      expect(await engine.find(publication.id)).toMatchObject({ ...wins, lease: null });
      expect(engine.shown(word())).toEqual([]);
      expect(await engine.story(publication.id)).not.toContain('fenced');
    },
  );

  it.each(Object.keys(rivals))(
    'rule 5: %s that comes a moment after the fence: it goes out as it was, once',
    async (name) => {
      const { does, refused } = rivals[name]!;
      const { publication, run } = await ready();
      let deed: Promise<unknown> | undefined;
      await whileHeld(FENCE, async () => {
        await waiting(1);
        deed = does(publication);
        deed.catch(() => undefined);
        await waiting(2);
      });
      if (refused) {
        await expect(deed).rejects.toMatchObject({
          status: 409,
          extra: { state: expect.stringMatching(/^(committing|published)$/) },
        });
      } else {
        await deed;
      }
      expect((await run).state).toBe('published');
      expect(engine.shown(word())).toEqual([word()]);
      expect(await engine.find(publication.id)).toMatchObject({
        content_hash: publication.content_hash,
        held_reason: null,
      });
    },
  );

  it('rule 3: what an edit replaced goes out in its new version alone, by the next invitation', async () => {
    const { publication, run } = await ready();
    await rivals['an edit']!.does(publication);
    await run;
    expect((await worker.carryOut(publication.id)).state).toBe('published');
    expect(engine.shown(word())).toEqual([`${word()} second version`]);
  });

  it('rule 3: nobody is invited for a time that was put off while the round was choosing', async () => {
    const [first, putOff] = [
      await engine.publication(tenant, await engine.account(tenant, 'webhook', word()), word()),
      await engine.publication(tenant, await engine.account(tenant, 'webhook', `${word()}x`), word()),
    ];
    // Between the choice and the second invitation.
    await judge.query(`create trigger wait_invitation before update on publications for each row
      when (new.invitation is not null and new.id = '${first.id}') execute function wait_for_judge(${INVITATION})`);
    let round: Promise<unknown> | undefined;
    await whileHeld(INVITATION, async () => {
      round = worker.dispatcher.dispatch();
      round.catch(() => undefined);
      await waiting(1);
      const at = new Date(later);
      await act((service, tx, actor, record) =>
        service.reschedule(tx, actor, record, { at, timeZone: 'UTC', local: later.slice(0, 19) }),
      )(putOff);
    });
    await round;
    expect((await engine.find(first.id)).invitation).not.toBeNull();
    expect((await engine.find(putOff.id)).invitation).toBeNull();
  });
});
