import { performance } from 'node:perf_hooks';
import { rows } from '#kernel';
import { type AttentionFilter, causesStatement, pageStatement, selectionStatement } from '#publishing';
import { type TestAccount } from '../support/api.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

const MANY = 100_000;

describe('finding out why a post did not go out', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let mastodon: TestChannel;
  let bluesky: TestChannel;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    account = await practice.api.signUp();
    mastodon = await practice.connect(account);
    bluesky = await practice.connect(account, 'bluesky');
  });
  afterAll(() => practice?.close());

  const get = (path: string, query: object, who = account) => practice.as(who).get(`/v1/support/${path}`).query(query);
  const ids = async (query: object, who = account): Promise<string[]> =>
    (await get('publications', query, who).expect(200)).body.data.map(({ id }: { id: string }) => id).sort();
  const total = async (query: object, who = account): Promise<number> =>
    (await get('causes', query, who).expect(200)).body.total;
  /** What list and causes alike find. */
  const found = async (query: object, who = account): Promise<string[]> => {
    const list = await ids(query, who);
    expect(await total(query, who)).toBe(list.length);
    return list;
  };

  const scheduled = async (text: string, where = mastodon, who = account) => {
    const { body } = await practice
      .as(who)
      .post(`/v1/workspaces/${who.workspaceId}/posts`)
      .send({
        content: { text },
        channels: [{ id: where.id }],
        schedule: { at: '2027-05-04T09:00:00Z', timeZone: 'Europe/Berlin' },
      })
      .expect(201);
    return { id: body.publications[0].id as string, postId: body.id as string };
  };
  /** A publication that failed like this, with the log of it. */
  const failed = async (
    failure: { kind: string; platformCode?: string; requestId?: string },
    { text = 'Hello', where = mastodon, who = account } = {},
  ) => {
    const made = await scheduled(text, where, who);
    const told = JSON.stringify({ message: 'No.', remedy: 'Change it.', ...failure });
    await practice.bring(made.id, ['preparing', 'failed']);
    await practice.owner.query('update publications set failure = $2 where id = $1', [made.id, told]);
    await logged(made.id, 'failed', told);
    return made;
  };
  const logged = (id: string, kind: string, failure: string | null, evidence: object = {}) =>
    practice.owner.query(
      `insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state, failure, evidence)
       select gen_random_uuid(), id, organization_id,
              1 + (select max(version) from publishing_log l where l.publication_id = p.id), $2, '{"type": "worker"}', 1,
              state, $3, $4 from publications p where id = $1`,
      [id, kind, failure, JSON.stringify(evidence)],
    );

  it('goes by platform, failure kind, code, post and publication, and by all of them together', async () => {
    const auth = await failed({ kind: 'auth', platformCode: '190/463' });
    const content = await failed({ kind: 'content', platformCode: 'TooLong' }, { where: bluesky });
    const held = await scheduled('Held');
    await practice.bring(held.id, ['held']);
    expect(await found({})).toHaveLength(3);
    expect(await found({ platform: 'bluesky' })).toEqual([content.id]);
    expect(await found({ platform: 'facebook' })).toEqual([]);
    expect(await found({ failureKind: 'auth' })).toEqual([auth.id]);
    expect(await found({ platformCode: '190/463' })).toEqual([auth.id]);
    expect(await found({ platformCode: ' TooLong ' })).toEqual([content.id]);
    expect(await found({ platformCode: 'toolong' })).toEqual([]);
    expect(await found({ postId: held.postId })).toEqual([held.id]);
    expect(await found({ publicationId: content.id.toUpperCase() })).toEqual([content.id]);
    expect(await found({ state: 'failed', platform: 'bluesky', failureKind: 'content' })).toEqual([content.id]);
    expect(await found({ state: 'held', failureKind: 'auth' })).toEqual([]);
    expect(await found({ cause: 'failed:auth' })).toEqual([auth.id]);
    expect(await found({ cause: 'failed:auth', channelId: bluesky.id })).toEqual([]);
  });

  it('finds a publication by the id of a request that failed, also at an earlier attempt or at a look', async () => {
    const now = await failed({ kind: 'unknown', requestId: 'req-last' });
    const before = await failed({ kind: 'unknown', requestId: 'req-second' });
    await logged(before.id, 'retry-planned', JSON.stringify({ kind: 'unavailable', requestId: 'req-first' }));
    await logged(before.id, 'reconciled', null, { exchanges: [{ requestId: 'r1' }, { requestId: 'req-look' }] });
    expect(await found({ requestId: 'req-last' })).toEqual([now.id]);
    expect(await found({ requestId: 'req-second' })).toEqual([before.id]);
    expect(await found({ requestId: 'req-first' })).toEqual([before.id]);
    expect(await found({ requestId: ' req-look ' })).toEqual([before.id]);
    expect(await found({ requestId: 'req' })).toEqual([]);
    expect(await found({ requestId: 'req-first', failureKind: 'auth' })).toEqual([]);
  });

  it('finds words anywhere in what the channel gets, in whatever case and with signs that mean something elsewhere', async () => {
    const one = await failed({ kind: 'content' }, { text: 'Käse 100% "frisch" heute_abend\nund morgen' });
    const other = await failed({ kind: 'content' }, { text: 'Brot' });
    for (const text of ['käse', 'KÄSE', '100%', '"FRISCH"', 'heute_abend', 'abend\nund', 'MORGEN']) {
      expect([text, await found({ text })]).toEqual([text, [one.id]]);
    }
    expect(await found({ text: 'brot' })).toEqual([other.id]);
    for (const text of ['k%e', 'heute-abend', 'quark']) expect([text, await found({ text })]).toEqual([text, []]);
  });

  it('goes by the due time: from an instant on, up to before another one', async () => {
    const first = await failed({ kind: 'auth' });
    const second = await failed({ kind: 'auth' });
    await practice.owner.query(
      `update publications set version = version + 1, due_at = case when id = $1 then timestamptz '2026-03-01T10:00:00Z'
         else '2026-03-01T11:00:00Z' end where id in ($1, $2)`,
      [first.id, second.id],
    );
    expect(await found({ from: '2026-03-01T10:00:00Z' })).toEqual([first.id, second.id].sort());
    expect(await found({ from: '2026-03-01T11:00:00+01:00', to: '2026-03-01T11:00:00Z' })).toEqual([first.id]);
    expect(await found({ from: '2026-03-01T10:00:01Z' })).toEqual([second.id]);
    expect(await found({ to: '2026-03-01T10:00:00Z' })).toEqual([]);
  });

  it('goes on page by page with a filter, without a repeat or a gap', async () => {
    const wanted: string[] = [];
    for (let count = 0; count < 7; count += 1) {
      wanted.push((await failed({ kind: 'content' }, { text: `Wanted ${count}` })).id);
      await failed({ kind: 'auth' }, { text: `Other ${count}` });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 3, failureKind: 'content', text: 'wanted', ...(cursor !== undefined && { cursor }) };
      const page = await get('publications', query).expect(200);
      seen.push(...page.body.data.map(({ id }: { id: string }) => id));
      cursor = page.body.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(wanted.toReversed());
  });

  it('finds nothing of another organization, whatever is known of it', async () => {
    const made = await failed({ kind: 'auth', platformCode: 'C1', requestId: 'theirs' }, { text: 'Secret plan' });
    const stranger = await practice.api.signUp();
    expect(await found({ requestId: 'theirs', text: 'secret', platformCode: 'C1' })).toEqual([made.id]);
    const known = [
      { requestId: 'theirs' },
      { text: 'secret' },
      { platformCode: 'C1' },
      { publicationId: made.id },
      { postId: made.postId },
      { channelId: mastodon.id },
      { platform: 'mastodon' },
    ];
    for (const query of known) expect(await found(query, stranger)).toEqual([]);
  });

  it.each([
    [{ platform: 'Blue Sky' }, 'platform'],
    [{ failureKind: 'bad-luck' }, 'failureKind'],
    [{ platformCode: '' }, 'platformCode'],
    [{ requestId: 'x'.repeat(201) }, 'requestId'],
    [{ requestId: ['a', 'b'] }, 'requestId'],
    [{ text: '  ' }, 'text'],
    [{ from: '2026-02-30T00:00:00Z' }, 'from'],
    [{ from: '2026-03-01' }, 'from'],
    [{ to: 'tomorrow' }, 'to'],
    [{ from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' }, 'to'],
    [{ postId: '1' }, 'postId'],
    [{ publicationId: 'x' }, 'publicationId'],
    [{ colour: 'red' }, 'colour'],
  ])('refuses %j and says why', async (query, field) => {
    for (const path of ['publications', 'causes']) {
      expectProblem(await get(path, query), { status: 422, slug: 'validation-failed', field });
    }
  });

  describe('among very many', () => {
    const explain = async (who: TestAccount, { sql, parameters }: ReturnType<typeof pageStatement>) => {
      const plan = await practice.api.kernel.database.tenant(who.organizationId, (tx) =>
        rows<{ 'QUERY PLAN': string }>(tx, `explain ${sql}`, parameters),
      );
      return plan.map((line) => line['QUERY PLAN']).join('\n');
    };
    /** As many more like a publication, on their channels in turn, with a code of their own for every hundredth. */
    const multiply = (id: string, times: number) =>
      practice.owner.query(
        `insert into publications (id, organization_id, workspace_id, channel_id, post_id, revision, content, content_hash,
                cleared_hash, due_at, time_zone, local_due, state, held_reason, failure, version, next_check_at, updated_at)
         select gen_random_uuid(), organization_id, workspace_id, channel_id, gen_random_uuid(), revision, content,
                content_hash, cleared_hash, due_at + n * interval '1 minute', time_zone, local_due, state, held_reason,
                failure || jsonb_build_object('platformCode', 'code ' || n / 100), 1, next_check_at,
                now() - n * interval '1 second'
           from publications, generate_series(1, $2) n where id = $1`,
        [id, times],
      );

    it('answers quickly by an index, whatever is asked, behind the row-level security of the tenant', async () => {
      const stranger = await practice.api.signUp();
      const theirs = await practice.connect(stranger);
      await multiply((await failed({ kind: 'auth' }, { who: stranger, where: theirs })).id, 5_000);
      await multiply((await scheduled('Hello', theirs, stranger)).id, 5_000);
      await multiply((await scheduled('Hello')).id, 500);
      const held = await scheduled('Held');
      await practice.bring(held.id, ['held']);
      await multiply(held.id, 1_000);
      const rare = await failed({ kind: 'auth', platformCode: 'rare', requestId: 'rare' }, { where: bluesky });
      await multiply((await failed({ kind: 'content' }, { text: 'Hello again' })).id, MANY);
      await practice.owner.query(
        `insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state, failure)
         select gen_random_uuid(), id, organization_id, 1, 'failed', '{"type": "worker"}', 1, state,
                failure || jsonb_build_object('requestId', id)
           from publications where state = 'failed' and version = 1 limit 20000`,
      );
      await practice.owner.query('analyze publications');
      await practice.owner.query('analyze publishing_log');

      const questions: [AttentionFilter, string[]][] = [
        [{}, ['publications_attention', 'publications_late']],
        [{ cause: 'failed:auth' }, ['publications_attention_kind']],
        [{ cause: 'held:channel-paused' }, ['publications_attention']],
        [{ failureKind: 'auth', state: 'failed' }, ['publications_attention_kind']],
        [{ platformCode: 'rare' }, ['publications_attention_code']],
        [{ requestId: 'rare' }, ['publishing_log_request', 'publications_pkey']],
        [{ channelId: bluesky.id }, ['publications_attention_channel']],
        [{ workspaceId: account.workspaceId }, ['publications_attention']],
        [{ platform: 'bluesky' }, ['publications_attention']],
        [{ publicationId: rare.id }, ['publications_pkey']],
        [{ postId: rare.postId }, ['publications_post']],
        [
          { from: new Date('2027-05-04T09:00:00Z'), to: new Date('2027-05-04T09:02:00Z') },
          ['publications_attention_due'],
        ],
        [{ text: 'nowhere' }, ['publications_attention']],
      ];
      const slow: string[] = [];
      for (const [filter, indexes] of questions) {
        const plan = await explain(account, pageStatement(account.organizationId, filter, { limit: 51 }));
        for (const index of indexes) expect(`${JSON.stringify(filter)}\n${plan}`).toContain(index);
        expect(plan).not.toMatch(/Seq Scan on (publications|publishing_log)/);
        const query = JSON.parse(JSON.stringify(filter)) as object;
        for (const path of ['publications', 'causes']) {
          const begun = performance.now();
          await get(path, query).expect(200);
          const ms = performance.now() - begun;
          if (ms > 2_500) slow.push(`${path} ${JSON.stringify(query)}: ${Math.round(ms)} ms`);
        }
      }
      expect(slow).toEqual([]);
      for (const statement of [
        causesStatement(account.organizationId, { failureKind: 'auth' }),
        selectionStatement(account.organizationId, { failureKind: 'auth' }, 1_000),
      ]) {
        expect(await explain(account, statement)).toContain('publications_attention_kind');
      }
    }, 120_000);
  });
});
