import { randomUUID } from 'node:crypto';
import { type WorkspaceRole } from '#accounts';
import { type Agent, type TestAccount } from '../support/api.js';
import { PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';
import { addTeammate, type Teammate } from '../support/team.js';

const LEAD = { name: 'Lead', approvers: { roles: ['owner'] }, rule: 'any' };
const required = (more: object = {}) => ({
  ...{ mode: 'required', selfApproval: true, rescheduleNeedsApproval: false, steps: [LEAD] },
  ...more,
});

describe('approvals', () => {
  let practice: PracticeApi;
  let owner: TestAccount;
  let channel: TestChannel;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    owner = await practice.api.signUp();
    channel = await practice.connect(owner);
  });
  afterAll(() => practice?.close());

  /** A person of the same organization and workspace. */
  const colleague = (role: WorkspaceRole): Promise<Teammate> =>
    addTeammate(practice, owner, { workspaces: [{ id: owner.workspaceId, role }] });
  /** The owner by API key, whoever else in a browser of their own. */
  const as = (who?: { agent: Agent }) => who?.agent ?? practice.as(owner);

  const set = (workflow: object, who?: { agent: Agent }) =>
    as(who).put(`/v1/workspaces/${owner.workspaceId}/approval-workflow`).send(workflow);
  const approval = async (postId: string) =>
    (await practice.as(owner).get(`/v1/posts/${postId}/approval`).expect(200)).body;
  const ask = (postId: string) => practice.as(owner).post(`/v1/posts/${postId}/approval/requests`);
  const decide = (postId: string, body: object, who?: { agent: Agent }) =>
    as(who).post(`/v1/posts/${postId}/approval/decisions`).send(body);
  const approve = async (postId: string, who?: { agent: Agent }) =>
    decide(postId, { decision: 'approve', contentHash: (await approval(postId)).contentHash }, who);
  const publicationOf = async (postId: string) => {
    const { body } = await practice.as(owner).get(`/v1/posts/${postId}`).expect(200);
    const { state, heldReason } = body.publications.find((one: { state: string }) => one.state !== 'cancelled');
    return heldReason ? `${state}: ${heldReason}` : state;
  };
  const change = async (postId: string, body: object) => {
    const { headers } = await practice.as(owner).get(`/v1/posts/${postId}`).expect(200);
    return practice.as(owner).patch(`/v1/posts/${postId}`).set('If-Match', headers['etag']!).send(body).expect(200);
  };
  const scheduled = async () => (await practice.schedule(owner, [channel])).id as string;

  describe('the workflow of a workspace', () => {
    it('is none where nobody set one, and what was set from then on', async () => {
      const path = `/v1/workspaces/${owner.workspaceId}/approval-workflow`;
      expect((await practice.as(owner).get(path).expect(200)).body).toMatchObject({ mode: 'none', steps: [] });
      const { body } = await set(required()).expect(200);
      const whole = required({ reminders: [24, 2], escalation: null });
      expect(body).toEqual(whole);
      expect((await practice.as(owner).get(path).expect(200)).body).toEqual(whole);
    });

    it.each([
      [{ steps: [] }, 'steps'],
      [{ steps: [{ ...LEAD, approvers: {} }] }, 'steps/0/approvers'],
      [{ steps: [{ ...LEAD, approvers: { members: [randomUUID()] }, rule: 2 }] }, 'steps/0/rule'],
      [{ steps: [{ ...LEAD, approvers: { roles: ['support'] } }] }, 'steps/0/approvers/roles'],
      [{ steps: [{ ...LEAD, rule: 'some' }] }, 'steps/0/rule'],
      [{ mode: 'sometimes' }, 'mode'],
      [{ reminders: [0] }, 'reminders'],
      [{ reminders: [1, 2, 3, 4, 5, 6] }, 'reminders'],
      [{ escalation: { hours: 4 } }, 'escalation'],
      [{ escalation: { hours: 337, roles: ['owner'] } }, 'escalation/hours'],
    ])('refuses %j, naming the field', async (more, field) => {
      expectProblem(await set(required(more)), { status: 422, slug: 'validation-failed', field });
    });

    it('is for those who may change the workspace', async () => {
      expectProblem(await set(required(), await colleague('approver')), { status: 403, slug: 'forbidden' });
    });

    it('holds what is scheduled and not approved at once, and lets it go when none is asked any more', async () => {
      const id = await scheduled();
      await set(required()).expect(200);
      expect(await publicationOf(id)).toBe('held: approval-missing');
      await set(required({ mode: 'optional' })).expect(200);
      expect(await publicationOf(id)).toBe('scheduled');
      await set(required()).expect(200);
      await set(required({ mode: 'none', steps: [] })).expect(200);
      expect(await publicationOf(id)).toBe('scheduled');
    });
  });

  describe('a post that needs approval', () => {
    beforeEach(() => set(required()).expect(200));

    it('is held until it is approved, and then goes out at its time', async () => {
      const id = await scheduled();
      expect(await publicationOf(id)).toBe('held: approval-missing');
      expect(await approval(id)).toMatchObject({ state: 'none', approvedHash: null, steps: [] });
      const { body } = await ask(id).expect(201);
      expect(body).toMatchObject({ state: 'pending', steps: [{ name: 'Lead', state: 'open', needed: 1 }] });
      expect(body.steps[0].waitingFor).toEqual([{ type: 'member', id: owner.userId, name: expect.any(String) }]);
      const done = await approve(id);
      expect(done.status).toBe(200);
      expect(done.body).toMatchObject({ state: 'approved', approvedHash: body.contentHash });
      expect(await publicationOf(id)).toBe('scheduled');
    });

    it('returns to review with any change, is held, and is approved again by the content that was', async () => {
      const id = await scheduled();
      await ask(id).expect(201);
      expect((await approve(id)).status).toBe(200);
      const approved = await approval(id);
      await change(id, { content: { text: 'Hello, changed' } });
      expect(await publicationOf(id)).toBe('held: changed-after-approval');
      const pending = await approval(id);
      expect(pending).toMatchObject({ state: 'pending', approvedHash: approved.contentHash });
      expect(pending.contentHash).not.toBe(approved.contentHash);
      expectProblem(await decide(id, { decision: 'approve', contentHash: approved.contentHash }), {
        status: 409,
        slug: 'conflict',
      });
      await change(id, { content: { text: 'Hello' } });
      expect(await approval(id)).toMatchObject({ state: 'approved' });
      expect(await publicationOf(id)).toBe('scheduled');
    });

    it('holds the channels too that a change of another channel’s text leaves as they were', async () => {
      const other = await practice.connect(owner, 'bluesky');
      const { id } = await practice.schedule(owner, [channel, other]);
      await ask(id).expect(201);
      await approve(id);
      await change(id, { channels: [{ id: channel.id }, { id: other.id, content: { text: 'Only here' } }] });
      const { body } = await practice.as(owner).get(`/v1/posts/${id}`);
      expect(body.publications.map(({ state }: { state: string }) => state)).toEqual(['held', 'held']);
    });

    it('asks for changes, and begins again when the author changed it or asks anew', async () => {
      const id = await scheduled();
      const { contentHash } = (await ask(id).expect(201)).body;
      const answer = await decide(id, { decision: 'request-changes', contentHash, comment: 'Too short' }).expect(200);
      expect(answer.body).toMatchObject({
        state: 'changes-requested',
        decisions: [{ decision: 'request-changes', comment: 'Too short', counts: true }],
      });
      expectProblem(await approve(id), { status: 409, slug: 'conflict' });
      await change(id, { content: { text: 'Longer' } });
      expect(await approval(id)).toMatchObject({ state: 'pending', decisions: [{ counts: false }] });
      expect((await approve(id)).body).toMatchObject({ state: 'approved' });
      expect((await ask(id).expect(201)).body).toMatchObject({ state: 'pending' });
    });

    it('is held again when an approver asks for changes after all', async () => {
      const id = await scheduled();
      await ask(id).expect(201);
      const { contentHash } = (await approve(id)).body;
      const { body } = await decide(id, { decision: 'request-changes', contentHash }).expect(200);
      expect(body).toMatchObject({ state: 'changes-requested', approvedHash: null });
      expect(await publicationOf(id)).toBe('held: approval-missing');
    });

    it('is held again when its author asks anew', async () => {
      const id = await scheduled();
      await ask(id).expect(201);
      await approve(id);
      await ask(id).expect(201);
      expect(await publicationOf(id)).toBe('held: approval-missing');
    });

    it('keeps its approval when only the time changes, unless the workspace wants that approved too', async () => {
      const later = (hours: number) => ({
        schedule: { at: new Date(Date.now() + hours * 3_600_000).toISOString(), timeZone: 'UTC' },
      });
      const id = await scheduled();
      await ask(id).expect(201);
      await approve(id);
      await change(id, later(30));
      expect(await publicationOf(id)).toBe('scheduled');
      await set(required({ rescheduleNeedsApproval: true })).expect(200);
      await ask(id).expect(201);
      await approve(id);
      expect(await publicationOf(id)).toBe('scheduled');
      await change(id, later(40));
      expect(await publicationOf(id)).toMatch(/^held/);
      expect(await approval(id)).toMatchObject({ state: 'pending' });
    });

    it('goes through its steps in order, each asked when it is its turn', async () => {
      const approver = await colleague('approver');
      const client = { name: 'Client', approvers: { roles: ['approver'] }, rule: 'all' };
      await set(required({ steps: [LEAD, client] })).expect(200);
      const id = await scheduled();
      await ask(id).expect(201);
      expectProblem(await approve(id, approver), { status: 403, slug: 'forbidden' });
      await approve(id);
      expect(await publicationOf(id)).toBe('held: approval-missing');
      expectProblem(await approve(id), { status: 403, slug: 'forbidden' });
      expect((await approve(id, approver)).body).toMatchObject({ state: 'approved' });
      expect(await publicationOf(id)).toBe('scheduled');
    });

    it('is not approved by its author where the workspace does not want that', async () => {
      const approver = await colleague('approver');
      const step = { name: 'Somebody', approvers: { roles: ['owner', 'approver'] }, rule: 'any' };
      await set(required({ selfApproval: false, steps: [step] })).expect(200);
      const id = await scheduled();
      expect((await ask(id).expect(201)).body.steps[0].waitingFor).toEqual([
        { type: 'member', id: approver.userId, name: expect.any(String) },
      ]);
      expectProblem(await approve(id), { status: 403, slug: 'forbidden' });
      expect((await approve(id, approver)).body).toMatchObject({ state: 'approved' });
    });

    it('is not for viewers and authors to approve, nor for other organizations to see', async () => {
      const id = await scheduled();
      const { contentHash } = (await ask(id).expect(201)).body;
      for (const role of ['viewer', 'author'] as const) {
        const answer = await decide(id, { decision: 'approve', contentHash }, await colleague(role));
        expectProblem(answer, { status: 403, slug: 'forbidden' });
      }
      const stranger = await practice.api.signUp();
      expectProblem(await decide(id, { decision: 'approve', contentHash }, stranger), {
        status: 404,
        slug: 'not-found',
      });
      expectProblem(await stranger.agent.get(`/v1/posts/${id}/approval`), { status: 404, slug: 'not-found' });
    });

    it('counts two decisions at the same moment, and neither twice', async () => {
      const approver = await colleague('approver');
      const both = { name: 'Both', approvers: { roles: ['owner', 'approver'] }, rule: 'all' };
      await set(required({ steps: [both] })).expect(200);
      const id = await scheduled();
      await ask(id).expect(201);
      const answers = await Promise.all([approve(id), approve(id, approver), approve(id)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 409]);
      expect(await approval(id)).toMatchObject({ state: 'approved' });
      expect((await approval(id)).decisions).toHaveLength(2);
    });
  });

  it('binds where it is optional only when somebody asked', async () => {
    await set(required({ mode: 'optional' })).expect(200);
    const id = await scheduled();
    expect(await publicationOf(id)).toBe('scheduled');
    await ask(id).expect(201);
    expect(await publicationOf(id)).toBe('held: approval-missing');
    await approve(id);
    expect(await publicationOf(id)).toBe('scheduled');
  });

  it('is not asked for where the workspace has none', async () => {
    expectProblem(await ask(await scheduled()), { status: 409, slug: 'conflict' });
  });
});
