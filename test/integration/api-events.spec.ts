import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type TestAccount } from '../support/api.js';
import { Events } from './event-listener.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

describe('live events', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let channel: TestChannel;
  const open: Events[] = [];
  beforeAll(async () => {
    practice = await PracticeApi.start();
    account = await practice.api.signUp();
    channel = await practice.connect(account);
  });
  afterEach(() => {
    for (const events of open.splice(0)) events.close();
  });
  afterAll(() => practice?.close());

  const url = (query = '') => `${practice.api.url}/v1/events${query}`;
  const key = ({ apiKey }: TestAccount) => ({ authorization: `Bearer ${apiKey}` });
  const listen = async (who = account, headers: Record<string, string> = {}, query = '') => {
    const events = await Events.open(url(query), { ...key(who), ...headers });
    open.push(events);
    return events;
  };
  /** A stream that is told of everything from here on. */
  const ready = async (who = account) => {
    const events = await listen(who);
    return { events, cursor: (await events.next('ready')).id };
  };
  const schedule = async (who = account, on = channel): Promise<string> =>
    (await practice.schedule(who, [on])).publications[0].id;
  const cancel = (id: string) =>
    practice
      .as(account)
      .post(`/v1/publications/${id}/cancel`)
      .expect((answer) => expect(answer.status).toBeLessThan(300));

  it('tell a change within moments, with all that is needed to show it', async () => {
    const { events } = await ready();
    const id = await schedule();
    const publication = await practice.as(account).get(`/v1/publications/${id}`).expect(200);
    const first = await events.next('publication');
    expect(first.data).toEqual({
      publicationId: id,
      postId: publication.body.postId,
      workspaceId: account.workspaceId,
      channelId: channel.id,
      state: 'scheduled',
      version: 1,
      kind: 'scheduled',
      at: expect.stringMatching(/^\d{4}-.+Z$/),
    });
    await cancel(id);
    const last = await events.next('publication', ({ data }) => data['state'] === 'cancelled');
    expect(last.data).toMatchObject({ publicationId: id, kind: 'cancelled' });
    expect(events.versionsOf(id)).toEqual(await loggedVersions(id));
  });

  it('tell of what happens to a post before it is any publication, and nobody of another organization', async () => {
    const { events } = await ready();
    const stranger = await practice.api.signUp();
    const { events: strange } = await ready(stranger);
    const draft = async (who: TestAccount) => {
      const body = { content: { text: 'A draft' }, channels: [], schedule: null };
      return (await practice.as(who).post(`/v1/workspaces/${who.workspaceId}/posts`).send(body).expect(201)).body.id;
    };
    const [mine, theirs] = [await draft(account), await draft(stranger)];
    expect((await events.next('post')).data).toEqual({ postId: mine, workspaceId: account.workspaceId });
    expect((await strange.next('post')).data).toEqual({ postId: theirs, workspaceId: stranger.workspaceId });
    await practice.as(account).post(`/v1/posts/${mine}/comments`).send({ text: 'Shorter.' }).expect(201);
    await events.next('post', ({ data }) => data['postId'] === mine);
  });

  it('are for every role, and for browsers as for keys', async () => {
    await practice.owner.query(`update members set role = 'support' where user_id = $1`, [account.userId]);
    const cookie = await cookieOf(account);
    const inBrowser = await Events.open(url(), { cookie });
    open.push(inBrowser);
    await inBrowser.next('ready');
    await practice.owner.query(`update members set role = 'owner' where user_id = $1`, [account.userId]);
    const id = await schedule();
    expect((await inBrowser.next('publication')).data).toMatchObject({ publicationId: id });
    expect(inBrowser.headers.get('cache-control')).toBe('no-store');
    expect(inBrowser.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(inBrowser.headers.get('x-accel-buffering')).toBe('no');
  });

  it.each(['header', 'query'])('catch up after a lost connection without a gap, by %s', async (by) => {
    const { events } = await ready();
    const before = await schedule();
    const { id: cursor } = await events.next('publication', ({ data }) => data['publicationId'] === before);
    events.close();
    const missed = [await schedule(), await schedule()];
    const again =
      by === 'header'
        ? await listen(account, { 'last-event-id': cursor })
        : await listen(account, {}, `?after=${cursor}`);
    const later = await schedule();
    await again.next('publication', ({ data }) => data['publicationId'] === later && data['kind'] === 'cleared');
    for (const id of [...missed, later]) expect(again.versionsOf(id)).toEqual(await loggedVersions(id));
    // The place is inside a transaction: what it wrote behind that place is told, what stood before it is not.
    const rest = (await loggedVersions(before)).filter((version) => version > 1);
    expect(again.versionsOf(before)).toEqual(rest);
    expect(again.all.map(({ event }) => event)).not.toContain('resync');
  });

  it('go on behind "ready", also where nothing had ever happened', async () => {
    const newcomer = await practice.api.signUp();
    const theirs = await practice.connect(newcomer);
    const { events, cursor } = await ready(newcomer);
    events.close();
    const id = await schedule(newcomer, theirs);
    const again = await listen(newcomer, { 'last-event-id': cursor });
    expect((await again.next('publication')).data).toMatchObject({ publicationId: id });
  });

  it('lose nothing of a transaction that commits later than younger ones', async () => {
    const { events } = await ready();
    const slow = await schedule();
    await events.next('publication', ({ data }) => data['publicationId'] === slow && data['kind'] === 'cleared');
    const client = new pg.Client({ connectionString: practice.api.ownerUrl });
    await client.connect();
    try {
      await client.query('begin');
      await client.query(
        `insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state)
         values ($1, $2, $3, 1000, 'held', '{}', 0, 'held')`,
        [randomUUID(), slow, account.organizationId],
      );
      const quick = await schedule();
      // To say "ready", the log was looked at, with the younger transaction ended and the older one still open.
      const { events: other } = await ready();
      await client.query('commit');
      for (const stream of [events, other]) {
        const told = [
          await stream.next('publication', ({ data }) => data['version'] === 1000),
          await stream.next('publication', ({ data }) => data['publicationId'] === quick),
        ];
        expect(told.map(({ data }) => data['publicationId'])).toEqual([slow, quick]);
      }
    } finally {
      await client.end();
    }
  });

  it('never cross organizations', async () => {
    const stranger = await practice.api.signUp();
    const theirs = await practice.connect(stranger);
    const { events: mine } = await ready();
    const { events: strange, cursor } = await ready(stranger);
    const id = await schedule();
    const theirId = await schedule(stranger, theirs);
    const cursorOfMine = (await mine.next('publication')).id;
    await strange.next('publication', ({ data }) => data['kind'] === 'cleared');
    // Everything that the other organization can ask for, it asks for.
    const again = await listen(stranger, { 'last-event-id': cursor });
    await again.next('publication', ({ data }) => data['kind'] === 'cleared');
    const stolen = await listen(stranger, { 'last-event-id': cursorOfMine });
    await stolen.next('resync');
    for (const stream of [strange, again, stolen]) expect(JSON.stringify(stream.all)).not.toContain(id);
    expect(JSON.stringify(mine.all)).not.toContain(theirId);
  });

  describe('ask to load everything again', () => {
    const goesOn = async (events: Events) => {
      const { id } = await events.next('resync');
      const publication = await schedule();
      await events.next('publication', ({ data }) => data['publicationId'] === publication);
      return id;
    };

    it.each([
      ['that is none', 'yesterday'],
      ['from another database', `5.${randomUUID()}.1`],
    ])('after a cursor %s', async (_, cursor) => {
      await goesOn(await listen(account, { 'last-event-id': cursor }));
    });

    it('after a cursor whose entry was removed for its age', async () => {
      const { events } = await ready();
      const id = await schedule();
      const { id: cursor } = await events.next('publication', ({ data }) => data['publicationId'] === id);
      await practice.owner.query('begin');
      await practice.owner.query('set local session_replication_role = replica');
      await practice.owner.query('delete from publishing_log where publication_id = $1', [id]);
      await practice.owner.query('commit');
      await goesOn(await listen(account, { 'last-event-id': cursor }));
    });

    it('after a cursor of a transaction that is still to come, as after a restore', async () => {
      const id = await schedule();
      const ahead = '18446744073709551000';
      await practice.owner.query(
        `insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state, xid)
         values ($1, $2, $3, 500, 'held', '{}', 0, 'held', $4::xid8)`,
        [randomUUID(), id, account.organizationId, ahead],
      );
      await goesOn(await listen(account, { 'last-event-id': `${ahead}.${id}.500` }));
    });

    it('when too much was missed, and when too much comes at once', async () => {
      const { events, cursor } = await ready();
      const id = await schedule();
      await events.next('publication', ({ data }) => data['publicationId'] === id && data['kind'] === 'cleared');
      await practice.owner.query(
        `insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state)
         select gen_random_uuid(), $1, $2, 1000 + n, 'held', '{}', 0, 'held' from generate_series(1, 1001) n`,
        [id, account.organizationId],
      );
      const resumed = await goesOn(events);
      expect(events.versionsOf(id).filter((version) => version > 1000)).toEqual([]);
      expect(await goesOn(await listen(account, { 'last-event-id': cursor }))).not.toBe(cursor);
      // Just behind it there is little, so from there nobody has to load anything again.
      const later = await schedule();
      const again = await listen(account, { 'last-event-id': resumed });
      await again.next('publication', ({ data }) => data['publicationId'] === later);
      expect(again.all.map(({ event }) => event)).not.toContain('resync');
    });
  });

  it('go on after the database was away, without a gap', async () => {
    const { events } = await ready();
    await practice.owner.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    // The pool may hand out one more connection that is broken, before it has found out.
    const id = await eventually(() => schedule());
    await events.next('publication', ({ data }) => data['publicationId'] === id);
    expect(events.ended).toBe(false);
  });

  it('need somebody who is signed in, also when they come again', async () => {
    const person = await practice.api.signUp();
    const cookie = await cookieOf(person);
    const events = await Events.open(url(), { cookie });
    open.push(events);
    const { id } = await events.next('ready');
    events.close();
    await person.agent.post('/v1/auth/logout').expect((answer) => expect(answer.status).toBeLessThan(300));
    const answer = await fetch(url(), { headers: { cookie, 'last-event-id': id } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ type: 'urn:clickpost:problem:unauthorized' });
  });

  it('are open to one user 20 times at the most, and again once one is closed', async () => {
    const person = await practice.api.signUp();
    const streams = await Promise.all(Array.from({ length: 20 }, () => listen(person)));
    const refused = await practice.as(person).get('/v1/events');
    expectProblem(refused, { status: 429, slug: 'too-many-requests' });
    expect(refused.headers['retry-after']).toBe('30');
    await (await listen()).next('ready');
    streams[0]?.close();
    const again = await eventually(() => listen(person));
    await again.next('ready');
  });

  it('answer a HEAD with headers alone', async () => {
    const answer = await practice.as(account).head('/v1/events').expect(200);
    expect(answer.headers['content-type']).toMatch(/^text\/event-stream/);
  });

  it.each([
    `xid >= '5'::xid8 and xid < pg_snapshot_xmin(pg_current_snapshot())`,
    `(xid, publication_id, version) > ('5'::xid8, '0197a1b2-0000-7000-8000-000000000001'::uuid, 1)`,
  ])('find their entries in order by an index: %s', async (where) => {
    await practice.owner.query('begin');
    await practice.owner.query('set local enable_seqscan = off');
    const { rows } = await practice.owner.query<{ 'QUERY PLAN': string }>(
      `explain select * from publishing_log where organization_id = '${account.organizationId}' and ${where}
        order by xid, publication_id, version limit 1001`,
    );
    await practice.owner.query('rollback');
    const plan = rows.map((line) => line['QUERY PLAN']).join('\n');
    expect(plan).toContain('Index Scan using publishing_log_feed');
    expect(plan).not.toContain('Sort');
  });

  it('end when the API stops, which does not wait for who listens', async () => {
    const own = await PracticeApi.start();
    const person = await own.api.signUp();
    const events = await Events.open(`${own.api.url}/v1/events`, key(person));
    await events.next('ready');
    const started = Date.now();
    await own.api.app.close();
    await events.end;
    // It would be five minutes; or, with connections kept for a next request, five seconds.
    expect(Date.now() - started).toBeLessThan(4_000);
    await own.close();
  });

  async function loggedVersions(id: string): Promise<number[]> {
    const { rows } = await practice.owner.query<{ version: number }>(
      'select version from publishing_log where publication_id = $1 order by version',
      [id],
    );
    return rows.map(({ version }) => version);
  }

  async function cookieOf(person: TestAccount): Promise<string> {
    const { email, password } = person;
    const { headers } = await person.agent.post('/v1/auth/login').send({ email, password }).expect(200);
    return String(headers['set-cookie']).split(';', 1)[0] ?? '';
  }
});

/** Tries until it works. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + 20_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
