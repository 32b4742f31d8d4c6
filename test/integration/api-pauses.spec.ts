import { randomUUID } from 'node:crypto';
import { type TestAccount } from '../support/api.js';
import { PracticeApi } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

describe('pauses by the API', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let stranger: TestAccount;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    [account, stranger] = [await practice.api.signUp(), await practice.api.signUp()];
  });
  afterAll(() => practice?.close());

  const post = (path: string, who = account) => practice.as(who).post(path);
  const me = async () => (await practice.as(account).get('/v1/me').expect(200)).body;
  const workspace = () => `/v1/workspaces/${account.workspaceId}`;
  const organization = () => `/v1/organizations/${account.organizationId}`;
  const publication = async () => {
    const scheduled = await practice.schedule(account, [await practice.connect(account)]);
    return scheduled.publications[0] as { id: string; state: string; heldReason?: string };
  };

  it('a paused workspace says so everywhere, and holds what is scheduled in it', async () => {
    expect((await practice.as(account).get(workspace()).expect(200)).body.paused).toBe(false);
    const { body } = await post(`${workspace()}/pause`).expect(200);
    expect(body).toEqual({ ...(await practice.as(account).get(workspace())).body, paused: true });
    expect((await me()).workspaces).toMatchObject([{ id: account.workspaceId, paused: true }]);
    expect(await publication()).toMatchObject({ state: 'held', heldReason: 'workspace-paused' });
    expect((await post(`${workspace()}/resume`).expect(200)).body).toMatchObject({ paused: false });
    expect(await publication()).toMatchObject({ state: 'scheduled' });
  });

  it('another workspace of the organization goes on', async () => {
    const { body } = await post('/v1/workspaces').send({ name: 'Other' }).expect(201);
    expect(body.paused).toBe(false);
    await post(`/v1/workspaces/${body.id}/pause`).expect(200);
    expect(await publication()).toMatchObject({ state: 'scheduled' });
  });

  it('a paused organization says so, and holds what is scheduled in all of its workspaces', async () => {
    expect((await post(`${organization()}/pause`).expect(200)).body).toEqual({
      ...(await me()).organization,
      paused: true,
    });
    expect((await me()).organization.paused).toBe(true);
    expect(await publication()).toMatchObject({ state: 'held', heldReason: 'organization-paused' });
    expect((await post(`${organization()}/resume`).expect(200)).body.paused).toBe(false);
    expect(await publication()).toMatchObject({ state: 'scheduled' });
  });

  it('pausing twice is pausing once: since when stays as it was', async () => {
    const since = async () =>
      (await practice.owner.query('select paused_at from workspaces where id = $1', [account.workspaceId])).rows[0];
    await post(`${workspace()}/pause`).expect(200);
    const first = await since();
    expect(first.paused_at).toBeInstanceOf(Date);
    await post(`${workspace()}/pause`).expect(200);
    expect(await since()).toEqual(first);
  });

  it.each([
    ['admin', 200, 403],
    ['manager', 200, 403],
    ['author', 403, 403],
    ['support', 403, 403],
  ] as const)('%s may pause a workspace: %i, and the organization: %i', async (role, ofWorkspace, ofOrganization) => {
    await practice.become(account, role);
    for (const word of ['pause', 'resume']) {
      expect((await post(`${workspace()}/${word}`)).status).toBe(ofWorkspace);
      const answer = await post(`${organization()}/${word}`);
      expectProblem(answer, { status: ofOrganization, slug: 'forbidden' });
      expect(answer.body.detail).toContain('only owner may pause and resume the organization');
    }
  });

  it('nobody pauses what belongs to another organization, nor what is not there', async () => {
    for (const path of [workspace(), organization(), `/v1/organizations/${randomUUID()}`, '/v1/organizations/no-id']) {
      for (const word of ['pause', 'resume']) {
        expectProblem(await post(`${path}/${word}`, stranger), { status: 404, slug: 'not-found' });
      }
    }
    expect((await me()).organization.paused).toBe(false);
    expect((await me()).workspaces).toMatchObject([{ paused: false }]);
  });

  describe('how late a workspace publishes', () => {
    it('is a day where nobody said otherwise, and what was said from then on', async () => {
      expect((await practice.as(account).get(workspace())).body.lateLimitMinutes).toBe(1440);
      for (const lateLimitMinutes of [0, 10_080, 30]) {
        const { body } = await practice.as(account).patch(workspace()).send({ lateLimitMinutes }).expect(200);
        expect(body).toMatchObject({ lateLimitMinutes });
      }
      await practice.as(account).patch(workspace()).send({ name: 'Renamed' }).expect(200);
      expect((await practice.as(account).get(workspace())).body).toMatchObject({
        name: 'Renamed',
        lateLimitMinutes: 30,
      });
    });

    it.each([
      [-1, 'min'],
      [10_081, 'max'],
      [1.5, 'isInt'],
      ['60', 'isInt'],
      [null, 'isInt'],
    ])('refuses %p, naming field, rule and remedy', async (lateLimitMinutes, rule) => {
      const answer = await practice.as(account).patch(workspace()).send({ lateLimitMinutes });
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'lateLimitMinutes' });
      expect(answer.body.errors).toContainEqual(
        expect.objectContaining({ field: 'lateLimitMinutes', rule, remedy: expect.any(String) }),
      );
      expect((await practice.as(account).get(workspace())).body.lateLimitMinutes).toBe(1440);
    });

    it('is for those to say who may change the workspace', async () => {
      await practice.become(account, 'author');
      const answer = await practice.as(account).patch(workspace()).send({ lateLimitMinutes: 5 });
      expectProblem(answer, { status: 403, slug: 'forbidden' });
    });
  });
});
