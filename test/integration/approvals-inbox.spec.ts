import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import { type WorkspaceRole } from '#accounts';
import { rows } from '#kernel';
import { INBOX, inboxParameters } from '#planning';
import { type Agent, type TestAccount } from '../support/api.js';
import { inHours, PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';
import { addTeammate, type Teammate } from '../support/team.js';

const DRAFT = null;

describe('the inbox of approvals', () => {
  let practice: PracticeApi;
  let owner: TestAccount;
  let channel: TestChannel;
  let ben: Teammate;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    owner = await practice.api.signUp({ organization: 'North Roast' });
    channel = await practice.connect(owner);
    ben = await colleague('approver');
    await workflow({ name: 'Client', approvers: { roles: ['approver'] }, rule: 'any' });
  });
  afterAll(() => practice?.close());

  const colleague = (role: WorkspaceRole, workspaceId = owner.workspaceId): Promise<Teammate> =>
    addTeammate(practice, owner, { workspaces: [{ id: workspaceId, role }] });
  const workflow = (step: object, more: object = {}, workspaceId = owner.workspaceId) =>
    practice
      .as(owner)
      .put(`/v1/workspaces/${workspaceId}/approval-workflow`)
      .send({ mode: 'required', selfApproval: false, rescheduleNeedsApproval: false, steps: [step], ...more })
      .expect(200);
  /** A post of which approval was asked. */
  const asked = async (schedule: unknown = inHours(24), target = channel, workspaceId = owner.workspaceId) => {
    const { body } = await practice
      .as(owner)
      .post(`/v1/workspaces/${workspaceId}/posts`)
      .send({ content: { text: 'Hello' }, channels: [{ id: target.id }], schedule })
      .expect(201);
    await practice.as(owner).post(`/v1/posts/${body.id}/approval/requests`).expect(201);
    return body.id as string;
  };
  const look = async (query: object = {}, who: { agent: Agent } = ben) =>
    (await who.agent.get('/v1/approvals').query(query).expect(200)).body;
  const ids = async (query: object = {}, who: { agent: Agent } = ben): Promise<string[]> =>
    (await look(query, who)).data.map(({ postId }: { postId: string }) => postId);
  const hashOf = async (id: string): Promise<string> =>
    (await practice.as(owner).get(`/v1/posts/${id}/approval`).expect(200)).body.contentHash;
  const decide = (who: { agent: Agent }, decisions: object[]) =>
    who.agent.post('/v1/approvals/decisions').send({ decisions });
  const approve = async (id: string, who: { agent: Agent } = ben) => {
    const { body } = await decide(who, [{ postId: id, decision: 'approve', contentHash: await hashOf(id) }]).expect(
      200,
    );
    expect(body.results).toMatchObject([{ postId: id, outcome: 'done' }]);
  };
  const change = async (id: string, body: object) => {
    const { headers } = await practice.as(owner).get(`/v1/posts/${id}`).expect(200);
    await practice.as(owner).patch(`/v1/posts/${id}`).set('If-Match', headers['etag']!).send(body).expect(200);
  };
  const publicationsOf = async (id: string): Promise<{ id: string }[]> =>
    (await practice.as(owner).get(`/v1/posts/${id}`).expect(200)).body.publications;

  it('tells what waits, since when, for whom, and exactly what it says', async () => {
    const id = await asked(inHours(3));
    const { data } = await look();
    expect(data).toEqual([
      {
        postId: id,
        workspace: { id: owner.workspaceId, name: expect.any(String) },
        revision: 1,
        contentHash: await hashOf(id),
        state: 'pending',
        step: { index: 0, name: 'Client' },
        waitingFor: [expect.objectContaining({ type: 'member', id: ben.userId, name: expect.any(String) })],
        since: expect.any(String),
        requestedBy: expect.objectContaining({ type: 'user', id: owner.userId }),
        dueAt: expect.any(String),
        timeZone: 'Europe/Berlin',
        overdue: false,
        channels: [{ id: channel.id, platform: channel.platform, name: channel.name, practice: true }],
        text: 'Hello',
        media: [],
        content: { content: { text: 'Hello' }, media: [], channels: [{ id: channel.id }] },
        mayDecide: true,
      },
    ]);
  });

  it('is in the order of what is due, what has no time last, and pages that neither skip nor repeat', async () => {
    const later = await asked(inHours(40));
    const soon = await asked(inHours(2));
    const firstDraft = await asked(DRAFT);
    const decided = await asked(inHours(20));
    const secondDraft = await asked(DRAFT);
    const between = await asked(inHours(30));
    await approve(decided);
    const order = [soon, between, later, firstDraft, secondDraft];
    expect(await ids()).toEqual(order);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await look({ limit: 2, ...(cursor && { cursor }) });
      paged.push(...page.data.map(({ postId }: { postId: string }) => postId));
      cursor = page.next;
    } while (cursor);
    expect(paged).toEqual(order);
  });

  it('says that something is overdue', async () => {
    const id = await asked();
    await practice.owner.query(
      `update publications set due_at = now() - interval '1 hour', version = version + 1 where post_id = $1`,
      [id],
    );
    expect((await look()).data).toMatchObject([{ postId: id, overdue: true }]);
  });

  it('is for whoever is asked now: not for authors of what they wrote, nor for those who agreed', async () => {
    await workflow({ name: 'All', approvers: { roles: ['owner', 'approver'] }, rule: 'all' });
    const cleo = await colleague('approver');
    const id = await asked();
    expect(await ids({}, owner)).toEqual([]);
    expect((await look({ waitingFor: 'anybody' }, owner)).data).toMatchObject([{ postId: id, mayDecide: false }]);
    await approve(id);
    expect(await ids()).toEqual([]);
    const [waits] = (await look({ waitingFor: 'anybody' })).data;
    expect(waits).toMatchObject({ postId: id, mayDecide: false });
    expect(waits.waitingFor.map((one: { id: string }) => one.id)).toEqual([cleo.userId]);
    await approve(id, cleo);
    expect(await ids({ waitingFor: 'anybody' })).toEqual([]);
  });

  it('is for whoever decides in the place of somebody who is away', async () => {
    const cleo = await colleague('approver');
    await workflow({ name: 'Ben', approvers: { members: [ben.userId] }, rule: 'any' });
    const id = await asked();
    expect(await ids({}, cleo)).toEqual([]);
    const away = { from: new Date().toISOString(), until: new Date(Date.now() + 86_400_000).toISOString() };
    await ben.agent
      .put(`/v1/organizations/${owner.organizationId}/members/${ben.userId}/absence`)
      .send({ ...away, delegateId: cleo.userId })
      .expect(200);
    expect((await look({}, cleo)).data).toMatchObject([{ postId: id, mayDecide: true }]);
    await approve(id, cleo);
    expect(await ids({ waitingFor: 'anybody' })).toEqual([]);
  });

  it('asks the database as often for many posts as for one', async () => {
    const query = jest.spyOn(PostgresQueryRunner.prototype, 'query');
    const cost = async (count: number) => {
      query.mockClear();
      expect(await ids()).toHaveLength(count);
      return query.mock.calls.length;
    };
    try {
      await asked();
      const one = await cost(1);
      await Promise.all([asked(), asked(), asked(DRAFT)]);
      expect(await cost(4)).toBe(one);
      expect(one).toBeGreaterThan(5);
    } finally {
      query.mockRestore();
    }
  });

  it('has nothing that is deleted, out, given up, refused, or need not be approved any more', async () => {
    const post = await Promise.all([asked(), asked(), asked(), asked(), asked()]);
    const [deleted, out, cancelled, refused, draftAgain] = post;
    expect((await ids()).toSorted()).toEqual(post.toSorted());
    await practice.as(owner).delete(`/v1/posts/${deleted}`).set('If-Match', '"1"').expect(204);
    const [published] = await publicationsOf(out);
    await practice.bring(published!.id, ['scheduled', 'preparing', 'ready', 'committing', 'published']);
    const [given] = await publicationsOf(cancelled);
    await practice.as(owner).post(`/v1/publications/${given!.id}/cancel`).expect(200);
    const contentHash = await hashOf(refused);
    await decide(ben, [{ postId: refused, decision: 'request-changes', contentHash }]).expect(200);
    // Taken back to a draft is not given up.
    await change(draftAgain, { schedule: null });
    expect(await ids()).toEqual([draftAgain]);
    expect((await look()).data).toMatchObject([{ dueAt: null, overdue: false }]);
    await workflow({ name: 'Client', approvers: { roles: ['approver'] }, rule: 'any' }, { mode: 'none', steps: [] });
    expect(await ids()).toEqual([]);
  });

  it('shows nothing of workspaces that one does not see, nor of other organizations', async () => {
    const { body: hidden } = await practice
      .as(owner)
      .post('/v1/workspaces')
      .send({ name: 'East', timeZone: 'UTC' })
      .expect(201);
    const step = { name: 'Anybody', approvers: { roles: ['approver'] }, rule: 'any' };
    await workflow(step, {}, hidden.id);
    const there = await asked(inHours(5), await practice.connect(owner, 'bluesky', hidden.id), hidden.id);
    const here = await asked(inHours(6));
    expect(await ids({ waitingFor: 'anybody' })).toEqual([here]);
    expect(await ids({ waitingFor: 'anybody' }, owner)).toEqual([there, here]);
    expect(await ids({ waitingFor: 'anybody', workspaceId: hidden.id }, owner)).toEqual([there]);
    expectProblem(await ben.agent.get('/v1/approvals').query({ workspaceId: hidden.id }), {
      status: 404,
      slug: 'not-found',
    });
    expect(await ids({ waitingFor: 'anybody' }, await practice.api.signUp())).toEqual([]);
  });

  it('refuses what is no part of it, naming the field', async () => {
    const cases: [object, string][] = [
      [{ waitingFor: 'nobody' }, 'waitingFor'],
      [{ workspaceId: 'x' }, 'workspaceId'],
      [{ cursor: 'x' }, 'cursor'],
      [{ limit: 101 }, 'limit'],
    ];
    for (const [query, field] of cases) {
      expectProblem(await ben.agent.get('/v1/approvals').query(query), {
        ...{ status: 422, slug: 'validation-failed', field },
      });
    }
  });

  it('counts what waits for whoever asks', async () => {
    const count = async (who: { agent: Agent }) => (await who.agent.get('/v1/approvals/count').expect(200)).body;
    const [first] = [await asked(), await asked(DRAFT)];
    expect(await count(ben)).toEqual({ count: 2 });
    expect(await count(owner)).toEqual({ count: 0 });
    await approve(first);
    expect(await count(ben)).toEqual({ count: 1 });
  });

  it('finds what waits by its index', async () => {
    await asked();
    const plan = await practice.api.kernel.database.tenant(owner.organizationId, async (tx) => {
      // Of a few rows any plan is a good one.
      await tx.query('set local enable_seqscan = off');
      return rows<{ 'QUERY PLAN': string }>(tx, `explain ${INBOX}`, inboxParameters({ limit: 500 }));
    });
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toMatch(/Index Scan (using|on) approvals_pending/);
    expect(text).toMatch(/Index Scan (using|on) publications_post/);
    expect(text).not.toMatch(/Seq Scan on (approvals|publications|posts)\b/);
  });

  describe('deciding many', () => {
    it('answers each: what was done, what was changed meanwhile, what is not there, what is not theirs', async () => {
      const other = await practice.api.signUp();
      const foreign = (await practice.schedule(other, [await practice.connect(other)])).id as string;
      const [good, stale, refused, done] = [await asked(), await asked(), await asked(), await asked()] as const;
      const [hash, old] = [await hashOf(good), await hashOf(stale)];
      await change(stale, { content: { text: 'Changed meanwhile' } });
      await approve(done);
      const yes = { decision: 'approve', contentHash: hash };
      const missing = randomUUID();
      const { body } = await decide(ben, [
        { postId: good, ...yes },
        { postId: stale, ...yes, contentHash: old },
        { postId: foreign, ...yes },
        { postId: refused, decision: 'request-changes', contentHash: await hashOf(refused), comment: 'Shorter' },
        { postId: missing, ...yes },
        { postId: done, ...yes, contentHash: await hashOf(done) },
      ]).expect(200);
      const problem = (slug: string) => ({
        type: `urn:clickpost:problem:${slug}`,
        title: expect.any(String),
        detail: expect.any(String),
      });
      expect(body.results).toEqual([
        { postId: good, outcome: 'done', approval: expect.objectContaining({ state: 'approved' }) },
        { postId: stale, outcome: 'refused', problem: { ...problem('conflict'), contentHash: await hashOf(stale) } },
        { postId: foreign, outcome: 'refused', problem: problem('not-found') },
        { postId: refused, outcome: 'done', approval: expect.objectContaining({ state: 'changes-requested' }) },
        { postId: missing, outcome: 'refused', problem: problem('not-found') },
        { postId: done, outcome: 'refused', problem: problem('conflict') },
      ]);
      const states = await Promise.all([good, stale].map(async (id) => (await publicationsOf(id))[0]));
      expect(states).toMatchObject([{ state: 'scheduled' }, { state: 'held' }]);
      const log = await practice.as(owner).get('/v1/audit-log').query({ operation: 'decideApproval' }).expect(200);
      const told = log.body.data.filter((entry: { subject: { id: string } }) => entry.subject.id !== done);
      expect(told).toHaveLength(2);
      expect(told).toMatchObject([
        { subject: { type: 'post', id: refused, name: 'Hello' }, details: { decision: 'request-changes' } },
        { subject: { type: 'post', id: good, name: 'Hello' }, details: { decision: 'approve' } },
      ]);
      expect(told[0]).toMatchObject({ workspaceId: owner.workspaceId, actor: { userId: ben.userId } });
      expect(Object.keys(told[1].details)).toEqual(['decision']);
    });

    it('is for those who may approve in the workspace of the post', async () => {
      const { body: east } = await practice
        .as(owner)
        .post('/v1/workspaces')
        .send({ name: 'East', timeZone: 'UTC' })
        .expect(201);
      const workspaces = [
        { id: owner.workspaceId, role: 'viewer' as const },
        { id: east.id as string, role: 'approver' as const },
      ];
      const cleo = await addTeammate(practice, owner, { workspaces });
      const postId = await asked();
      const decision = { postId, decision: 'approve', contentHash: await hashOf(postId) };
      const { body } = await decide(cleo, [decision]).expect(200);
      expect(body.results).toMatchObject([
        { postId, outcome: 'refused', problem: { type: 'urn:clickpost:problem:forbidden' } },
      ]);
      expectProblem(await decide(await colleague('viewer'), [decision]), { status: 403, slug: 'forbidden' });
      expect(await ids()).toEqual([postId]);
    });

    it('takes each post once, and from one to fifty', async () => {
      const postId = await asked();
      const decision = { decision: 'approve', contentHash: await hashOf(postId) };
      const wrong: object[][] = [
        [],
        [
          { postId, ...decision },
          { postId: postId.toUpperCase(), ...decision },
        ],
        Array.from({ length: 51 }, () => ({ postId: randomUUID(), ...decision })),
      ];
      for (const decisions of wrong) {
        expectProblem(await decide(ben, decisions), { status: 422, slug: 'validation-failed', field: 'decisions' });
      }
      expect(await ids()).toEqual([postId]);
    });
  });

  describe('the words on calendar and drafts', () => {
    const calendar = async () => {
      const [from, to] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 7 * 86_400_000)];
      const { body } = await practice
        .as(owner)
        .get(`/v1/workspaces/${owner.workspaceId}/calendar`)
        .query({ from: from.toISOString(), to: to.toISOString() })
        .expect(200);
      return body.data;
    };
    const drafts = async () =>
      (await practice.as(owner).get(`/v1/workspaces/${owner.workspaceId}/posts?state=draft`).expect(200)).body.data;
    const waits = () => ({
      state: 'pending',
      step: { index: 0, name: 'Client' },
      waitingFor: [expect.objectContaining({ type: 'member', id: ben.userId })],
    });

    it('tell who is waited for, and that changes were asked for', async () => {
      const id = await asked();
      expect(await calendar()).toMatchObject([{ postId: id, state: 'held', approval: waits() }]);
      await decide(ben, [{ postId: id, decision: 'request-changes', contentHash: await hashOf(id) }]).expect(200);
      const refused = { state: 'changes-requested', step: null, waitingFor: [] };
      expect(await calendar()).toMatchObject([{ postId: id, approval: refused }]);
      await change(id, { schedule: null });
      expect(await drafts()).toMatchObject([{ id, approval: refused }]);
      await practice.as(owner).post(`/v1/posts/${id}/approval/requests`).expect(201);
      expect(await drafts()).toMatchObject([{ id, approval: waits() }]);
    });

    it('tell nothing of what is approved, or of which nobody asked', async () => {
      await approve(await asked());
      await practice.schedule(owner, [channel]);
      const entries = await calendar();
      expect(entries).toHaveLength(2);
      expect(entries.filter((entry: object) => 'approval' in entry)).toEqual([]);
    });
  });
});
