import type pg from 'pg';
import { APPLICATION_ROLES } from '#kernel';
import {
  ACTIVE_STATES,
  HELD_REASONS,
  LOG_KINDS,
  PUBLICATION_STATES,
  type PublicationState,
  TRANSITIONS,
} from '#publishing';
import { TestEngine, type TestTenant } from '../support/engine.js';

const PAIRS = PUBLICATION_STATES.flatMap((from) => PUBLICATION_STATES.map((to) => ({ from, to })));

describe('the database stands behind the engine', () => {
  let engine: TestEngine;
  let tenant: TestTenant;
  let channel: string;
  let id: string;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start();
    tenant = await engine.tenant();
  });
  beforeEach(async () => {
    count += 1;
    channel = await engine.account(tenant, 'webhook', `guard${count}`);
    id = (await engine.publication(tenant, channel, `guard${count}`)).id;
  });
  afterAll(() => engine.close());

  const query = (sql: string, parameters: unknown[] = [id]): Promise<pg.QueryResult> =>
    engine.owner.query(sql, parameters);
  const refused = async (sql: string, code: string, parameters?: unknown[]): Promise<void> => {
    await expect(query(sql, parameters)).rejects.toMatchObject({ code });
  };

  /** Puts a publication into a state by the columns that the state demands, past the transitions. */
  async function put(publication: string, state: PublicationState): Promise<void> {
    await query('alter table publications disable trigger publications_guard', []);
    await query(
      `update publications set state = $2, version = version + 1,
              held_reason = case $2 when 'held' then 'too-late' end,
              published_at = case $2 when 'published' then now() end,
              failure = '{"kind":"unknown"}',
              first_fenced_at = case $2 when 'committing' then now() end,
              lease = null, leased_until = null, invitation = null, invited_until = null where id = $1`,
      [publication, state],
    );
    await query('alter table publications enable trigger publications_guard', []);
  }

  const change = (publication: string, to: PublicationState): Promise<pg.QueryResult> =>
    query(
      `update publications set state = $2, version = version + 1, failure = '{"kind":"unknown"}',
              held_reason = case $2 when 'held' then 'too-late' end,
              published_at = case $2 when 'published' then now() end,
              first_fenced_at = coalesce(first_fenced_at, case $2 when 'committing' then now() end) where id = $1`,
      [publication, to],
    );

  describe('rule 2: every write is guarded and counted', () => {
    it('holds the same table of transitions as the code', async () => {
      const { rows } = await query('select from_state, to_state from publication_transitions', []);
      const held = rows.map((row: { from_state: string; to_state: string }) => `${row.from_state} ${row.to_state}`);
      const coded = PUBLICATION_STATES.flatMap((from) => TRANSITIONS[from].map((to) => `${from} ${to}`));
      expect(held.sort()).toEqual(coded.sort());
    });

    it('refuses every change of state that is not in the table, and no other', async () => {
      const wrong: string[] = [];
      for (const { from, to } of PAIRS) {
        await put(id, from);
        const allowed = from === to || TRANSITIONS[from].includes(to);
        const done = await change(id, to).then(
          () => true,
          (error: { code?: string }) => {
            expect(error.code).toBe('23514');
            return false;
          },
        );
        if (done !== allowed) wrong.push(`${from} -> ${to} was ${done ? 'made' : 'refused'}`);
      }
      expect(wrong).toEqual([]);
    });

    it('never lets the version go back, and no change go uncounted', async () => {
      await refused('update publications set version = version - 1 where id = $1', '23514');
      await refused(`update publications set state = 'cancelled' where id = $1`, '23514');
      await refused(`update publications set cleared_hash = null where id = $1`, '23514');
      await refused(`update publications set due_at = now() + interval '1 day' where id = $1`, '23514');
      await query(`update publications set state = 'cancelled', version = version + 1 where id = $1`);
    });

    it('orders the log by its version, without a second entry for one', async () => {
      await refused(
        `insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state)
         select gen_random_uuid(), publication_id, organization_id, version, kind, actor, attempt, state
           from publishing_log where publication_id = $1 limit 1`,
        '23505',
      );
    });

    it('knows the kinds and reasons of the code, and no other', async () => {
      const insert = (kind: string) =>
        query(
          `insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state)
           select gen_random_uuid(), id, organization_id, (select max(version) + 1 from publishing_log where publication_id = $1),
                  $2, '{}', 0, state from publications where id = $1`,
          [id, kind],
        );
      for (const kind of LOG_KINDS) await insert(kind);
      await expect(insert('guessed')).rejects.toMatchObject({ code: '23514' });
      await put(id, 'held');
      for (const reason of HELD_REASONS)
        await query('update publications set held_reason = $2 where id = $1', [id, reason]);
      await refused(`update publications set held_reason = 'no-mood' where id = $1`, '23514');
    });
  });

  describe('rule 2: impossible rows', () => {
    it.each([
      ['held without a reason', `update publications set state = 'held', version = version + 1 where id = $1`],
      ['a reason without being held', `update publications set held_reason = 'too-late' where id = $1`],
      ['published without a time', `update publications set state = 'published', version = version + 1 where id = $1`],
      ['failed without a failure', `update publications set state = 'failed', version = version + 1 where id = $1`],
      [
        'unconfirmed without a failure',
        `update publications set state = 'unconfirmed', version = version + 1 where id = $1`,
      ],
      [
        'committing without a fence',
        `update publications set state = 'committing', version = version + 1 where id = $1`,
      ],
      ['a lease without an end', `update publications set lease = gen_random_uuid() where id = $1`],
      [
        'a lease while nobody works on it',
        `update publications set lease = gen_random_uuid(), leased_until = now() where id = $1`,
      ],
      ['an invitation without an end', `update publications set invitation = gen_random_uuid() where id = $1`],
    ])('refuses %s', async (_name, sql) => {
      await query('alter table publications disable trigger publications_guard', []);
      try {
        await refused(sql, '23514');
      } finally {
        await query('alter table publications enable trigger publications_guard', []);
      }
    });

    it('refuses an invitation to what has come to its end', async () => {
      await put(id, 'cancelled');
      await refused(
        `update publications set invitation = gen_random_uuid(), invited_until = now() where id = $1`,
        '23514',
      );
    });

    it.each([
      ['an outcome without a fence', `outcome = 'absent'`],
      ['a fence without its times', 'fences = 1'],
      ['a prepared set without its hash', `set_id = gen_random_uuid()`],
      ['something prepared in no set', `prepared = '{}'`],
      [
        'a published segment without its object',
        `outcome = 'published', fences = 1, fenced_at = now(), first_fenced_at = now(), settled_at = now()`,
      ],
      ['an object of what is not published', `platform_object_id = 'x', platform_account = 'y', published_at = now()`],
    ])('refuses %s', async (_name, columns) => {
      await refused(`update segments set ${columns} where publication_id = $1`, '23514');
    });
  });

  describe('rule 5: what was fenced', () => {
    it('keeps its content from the first fence on, in every state', async () => {
      await put(id, 'committing');
      await change(id, 'failed');
      await refused(`update publications set content_hash = 'other', version = version + 1 where id = $1`, '23514');
      await refused(
        `update publications set content = '{"segments":[]}', version = version + 1 where id = $1`,
        '23514',
      );
      await refused(`update publications set first_fenced_at = null, version = version + 1 where id = $1`, '23514');
      await change(id, 'scheduled');
      await refused(`update publications set content_hash = 'other', version = version + 1 where id = $1`, '23514');
    });

    it('never takes a fence or a published segment back', async () => {
      const fenced = `fences = 2, fenced_at = now(), first_fenced_at = now(), settled_at = now()`;
      await query(`update segments set ${fenced} where publication_id = $1`);
      await refused('update segments set fences = 1 where publication_id = $1', '23514');
      await refused(`update segments set first_fenced_at = now() + interval '1 s' where publication_id = $1`, '23514');
      await query(
        `update segments set outcome = 'published', platform_object_id = 'o', platform_account = $2, published_at = now()
          where publication_id = $1`,
        [id, `account${count}`],
      );
      await refused(
        `update segments set outcome = 'absent', platform_object_id = null, platform_account = null, published_at = null where publication_id = $1`,
        '23514',
      );
      await refused(`update segments set platform_object_id = 'another' where publication_id = $1`, '23514');
    });

    it('lets one publication of a channel be between fence and outcome', async () => {
      const { id: other } = await engine.publication(tenant, channel, `guard${count} other`);
      for (const publication of [id, other]) await put(publication, 'ready');
      await change(id, 'committing');
      await expect(change(other, 'committing')).rejects.toMatchObject({
        code: '23505',
        constraint: 'publications_one_committing',
      });
    });

    it('gives an object on the platform to one publication, through whichever channel', async () => {
      const elsewhere = await engine.account(tenant, 'webhook', `guard${count}b`);
      const { id: other } = await engine.publication(tenant, elsewhere, `guard${count} other`);
      const publish = (publication: string) =>
        query(
          `update segments set fences = 1, fenced_at = now(), first_fenced_at = now(), settled_at = now(), outcome = 'published',
                  platform_object_id = 'the post', platform_account = 'the account', published_at = now() where publication_id = $1`,
          [publication],
        );
      await publish(id);
      await expect(publish(other)).rejects.toMatchObject({ code: '23505', constraint: 'segments_platform_object' });
    });
  });

  describe('rules 17 and 18: who may do what', () => {
    const roles = [
      'clickpost_app',
      'clickpost_engine',
      'clickpost_retention',
      'clickpost_identity',
      'the owner',
    ] as const;

    /** Runs as a role of the application, or as the owner, who is a superuser here; always rolled back. */
    async function as(role: (typeof roles)[number], sql: string, parameters: unknown[] = []): Promise<pg.QueryResult> {
      await query('begin', []);
      try {
        if (role !== 'the owner')
          await query(`select set_config('role', $1, true), set_config('app.organization_id', $2, true)`, [
            role,
            tenant.organizationId,
          ]);
        return await query(sql, parameters);
      } finally {
        await query('rollback', []);
      }
    }

    it.each(roles)('%s cannot change or truncate the log', async (role) => {
      await expect(as(role, `update publishing_log set kind = 'removed'`)).rejects.toMatchObject({ code: '42501' });
      await expect(as(role, 'truncate publishing_log cascade')).rejects.toMatchObject({ code: '42501' });
    });

    it.each(roles.filter((role) => role !== 'clickpost_retention'))('%s cannot delete from the log', async (role) => {
      await expect(as(role, 'delete from publishing_log where publication_id = $1', [id])).rejects.toMatchObject({
        code: '42501',
      });
    });

    it('retention deletes the log of what has come to its end, and sees no other', async () => {
      const remove = () => as('clickpost_retention', 'delete from publishing_log where publication_id = $1', [id]);
      expect((await remove()).rowCount).toBe(0);
      await put(id, 'unconfirmed');
      expect((await remove()).rowCount).toBe(0);
      await put(id, 'published');
      expect((await remove()).rowCount).toBe(2);
    });

    it('the application sees nothing of another organization, the engine sees all, neither owns anything', async () => {
      const stranger = await engine.tenant();
      for (const table of ['publications', 'segments', 'publishing_log']) {
        const sql = `select count(*)::int as n from ${table}`;
        const seen = async (organization: string): Promise<number> => {
          await query('begin', []);
          await query(`select set_config('role', 'clickpost_app', true), set_config('app.organization_id', $1, true)`, [
            organization,
          ]);
          const { rows } = await query(sql, []);
          await query('rollback', []);
          return rows[0].n as number;
        };
        expect(await seen(stranger.organizationId)).toBe(0);
        expect(await seen('')).toBe(0);
        expect(await seen(tenant.organizationId)).toBeGreaterThan(0);
        expect((await as('clickpost_engine', sql)).rows[0].n).toBeGreaterThan(0);
      }
      const { rows } = await query(
        `select rolname from pg_roles where rolname = any($1) and (rolbypassrls or rolsuper)`,
        [APPLICATION_ROLES],
      );
      expect(rows).toEqual([]);
    });

    it('the engine reaches the delivery tables alone', async () => {
      for (const table of ['users', 'sessions', 'api_keys', 'members', 'posts', 'media_assets']) {
        await expect(as('clickpost_engine', `select * from ${table}`)).rejects.toMatchObject({ code: '42501' });
      }
    });
  });

  it('the states that the dispatcher looks after are those of its indexes', async () => {
    const { rows } = await query(`select indexdef from pg_indexes where indexname = 'publications_dispatch'`, []);
    const named = PUBLICATION_STATES.filter((state) => (rows[0].indexdef as string).includes(`'${state}'`));
    expect(named).toEqual([...ACTIVE_STATES]);
  });
});
