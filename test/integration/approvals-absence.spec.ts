import { type TestAccount } from '../support/api.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';
import { addTeammate, type Teammate } from '../support/team.js';

type Agent = TestAccount['agent'];

describe('deciding for somebody who is away', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let channel: TestChannel;
  let ben: Teammate;
  let dora: Teammate;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    account = await practice.api.signUp();
    channel = await practice.connect(account);
    [ben, dora] = [await approver(), await approver()];
  });
  afterAll(() => practice?.close());

  const approver = (role: 'approver' | 'author' = 'approver') =>
    addTeammate(practice, account, { workspaces: [{ id: account.workspaceId, role }] });
  const nameOf = ({ email }: Teammate) => email.split('@')[0]!;
  const path = (userId: string) => `/v1/organizations/${account.organizationId}/members/${userId}/absence`;
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const away = (who: Teammate, delegate: { userId: string }, from = -1, until = 1, by: Agent = who.agent) =>
    by.put(path(who.userId)).send({ from: day(from), until: day(until), delegateId: delegate.userId });
  const set = (members: string[], rule: string | number, more: object = {}) =>
    account.agent
      .put(`/v1/workspaces/${account.workspaceId}/approval-workflow`)
      .send({
        ...{ mode: 'required', selfApproval: false, rescheduleNeedsApproval: false },
        ...{ steps: [{ name: 'Lead', approvers: { members }, rule }], ...more },
      })
      .expect(200);
  const asked = async (author: Agent = account.agent): Promise<string> => {
    const { body } = await author
      .post(`/v1/workspaces/${account.workspaceId}/posts`)
      .send({
        content: { text: 'The winter roast.' },
        channels: [{ id: channel.id }],
        schedule: { at: '2030-05-04T09:00', timeZone: 'UTC' },
      })
      .expect(201);
    await author.post(`/v1/posts/${body.id}/approval/requests`).expect(201);
    return body.id as string;
  };
  const show = async (id: string) => (await account.agent.get(`/v1/posts/${id}/approval`).expect(200)).body;
  const decide = async (id: string, { agent }: { agent: Agent }, decision = 'approve') => {
    const { contentHash } = await show(id);
    return agent.post(`/v1/posts/${id}/approval/decisions`).send({ decision, contentHash });
  };
  const stateOf = async (id: string) => {
    const { body } = await account.agent.get(`/v1/posts/${id}`).expect(200);
    return body.publications[0].state as string;
  };

  it('is for the delegate while it lasts, is told as theirs, and counts on when it is over', async () => {
    await set([ben.userId], 'any');
    const id = await asked();
    expectProblem(await decide(id, dora), { status: 403, slug: 'forbidden' });
    const { body } = await away(ben, dora).expect(200);
    expect(body).toMatchObject({ user: { id: ben.userId }, delegate: { id: dora.userId, name: nameOf(dora) } });
    const waits = (await show(id)).steps[0].waitingFor;
    const delegate = { id: dora.userId, name: nameOf(dora) };
    expect(waits).toEqual([
      { type: 'member', id: ben.userId, name: nameOf(ben), delegate: { ...delegate, until: body.until } },
    ]);
    const inbox = async (who: Teammate) =>
      (await who.agent.get('/v1/approvals?waitingFor=me').expect(200)).body.data.map(
        (one: { postId: string }) => one.postId,
      );
    expect([await inbox(dora), await inbox(ben)]).toEqual([[id], [id]]);
    expect((await decide(id, dora)).status).toBe(200);
    await ben.agent.delete(path(ben.userId)).expect(204);
    const done = await show(id);
    expect(done).toMatchObject({ state: 'approved', decisions: [{ by: { id: ben.userId, delegate }, counts: true }] });
    expect(done.steps[0].approvedBy).toEqual([{ type: 'member', id: ben.userId, name: nameOf(ben), delegate }]);
    expect(await stateOf(id)).toBe('scheduled');
  });

  it.each([
    ['before it begins', 1, 2],
    ['after its end', -2, -1],
  ])('is not for the delegate %s', async (_, from, until) => {
    await set([ben.userId], 'any');
    const id = await asked();
    await away(ben, dora).expect(200);
    await practice.owner.query('update absences set from_at = $2, until_at = $3 where user_id = $1', [
      ...[ben.userId, day(from), day(until)],
    ]);
    expect((await decide(id, dora)).status).toBe(403);
    expect((await show(id)).steps[0].waitingFor).toEqual([
      expect.not.objectContaining({ delegate: expect.anything() }),
    ]);
  });

  it('is not for who may not approve, nor for who wrote the post', async () => {
    const author = await approver('author');
    await set([ben.userId], 'any');
    const id = await asked(author.agent);
    await away(ben, author).expect(200);
    expect((await decide(id, author)).status).toBe(403);
    await away(ben, { userId: account.userId }).expect(200);
    expect((await decide(await asked(), account)).status).toBe(403);
    expect((await decide(id, account)).status).toBe(200);
  });

  it('covers both where all have to agree, and is one person where two have to', async () => {
    await away(ben, dora).expect(200);
    await set([ben.userId, dora.userId], 'all');
    const all = await asked();
    expect((await decide(all, dora)).body.state).toBe('approved');
    await set([ben.userId, dora.userId], 2);
    const two = await asked();
    expect((await decide(two, dora)).body).toMatchObject({ state: 'pending', steps: [{ needed: 2 }] });
    expectProblem(await decide(two, dora), { status: 409, slug: 'conflict' });
    expect(await stateOf(two)).toBe('held');
    expect((await decide(two, ben)).body.state).toBe('approved');
  });

  it('counts no more when the delegate leaves before everybody has agreed, and stays approved afterwards', async () => {
    const carl = await approver();
    await set([ben.userId, carl.userId], 'all');
    const [open, through] = [await asked(), await asked()];
    await away(ben, dora).expect(200);
    for (const id of [open, through]) await decide(id, dora);
    await decide(through, carl);
    expect((await show(open)).steps[0].waitingFor).toHaveLength(1);
    await account.agent.delete(`/v1/organizations/${account.organizationId}/members/${dora.userId}`).expect(204);
    expect((await show(open)).steps[0].waitingFor).toHaveLength(2);
    expect(await show(through)).toMatchObject({ state: 'approved', steps: [{ state: 'approved', waitingFor: [] }] });
    expect(await stateOf(through)).toBe('scheduled');
  });

  it('is said by oneself, and by owners and admins for anybody, and is seen by those whom it concerns', async () => {
    expectProblem(await away(ben, dora, -1, 1, dora.agent), { status: 403, slug: 'forbidden' });
    await away(ben, dora, -1, 1, account.agent).expect(200);
    expectProblem(await dora.agent.get(path(ben.userId)), { status: 403, slug: 'forbidden' });
    expectProblem(await dora.agent.get(path(dora.userId)), { status: 404, slug: 'not-found' });
    const list = async (agent: Agent) =>
      (await agent.get(`/v1/organizations/${account.organizationId}/absences`).expect(200)).body.data.length;
    const emil = await approver();
    expect([await list(account.agent), await list(ben.agent), await list(dora.agent)]).toEqual([1, 1, 1]);
    expect(await list(emil.agent)).toBe(0);
    const stranger = await practice.api.signUp();
    expectProblem(await stranger.agent.get(path(ben.userId)), { status: 404, slug: 'not-found' });
    expectProblem(await away(ben, stranger), { status: 422, slug: 'validation-failed', field: 'delegateId' });
  });

  it('is never handed on: who is away in that time decides for nobody, also when two say it at once', async () => {
    expectProblem(await away(ben, ben), { status: 422, slug: 'validation-failed', field: 'delegateId' });
    expectProblem(await away(ben, dora, 1, -1), { status: 422, slug: 'validation-failed', field: 'until' });
    const both = await Promise.all([away(ben, dora), away(dora, ben)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    const { body } = await account.agent.get(`/v1/organizations/${account.organizationId}/absences`).expect(200);
    const [{ user }] = body.data;
    const [gone, stays] = user.id === ben.userId ? [ben, dora] : [dora, ben];
    const emil = await approver();
    expectProblem(await away(emil, gone), { status: 422, slug: 'validation-failed', field: 'delegateId' });
    expectProblem(await away(stays, emil), { status: 422, slug: 'validation-failed', field: 'from' });
    await away(stays, emil, 2, 3).expect(200);
  });
});
