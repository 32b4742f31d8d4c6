import request from 'supertest';
import { type TestAccount } from '../support/api.js';
import { PracticeApi } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';
import { addTeammate } from '../support/team.js';

describe('organizations and workspaces of members', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    account = await practice.api.signUp();
  });
  afterAll(() => practice?.close());

  const organization = (more = '') => `/v1/organizations/${account.organizationId}${more}`;
  const byKey = () => practice.as(account);

  describe('several organizations', () => {
    it('belong to one person, who goes from one to the other under a new session', async () => {
      const before = await sessionIds(account.userId);
      const { body } = await account.agent
        .post('/v1/organizations')
        .send({ name: 'Second', timeZone: 'Asia/Tokyo', workspace: 'First client' })
        .expect(201);
      expect((await account.agent.get('/v1/me')).body.organization.id).toBe(account.organizationId);
      const switched = await account.agent
        .post('/v1/auth/switch')
        .send({ organizationId: body.organization.id })
        .expect(200);
      expect(switched.body.organization.name).toBe('Second');
      const me = (await account.agent.get('/v1/me').expect(200)).body;
      expect(me).toMatchObject({
        role: 'owner',
        organization: { id: body.organization.id },
        workspaces: [{ id: body.workspace.id, name: 'First client', timeZone: 'Asia/Tokyo' }],
      });
      const after = await sessionIds(account.userId);
      expect(after).toHaveLength(1);
      expect(after).not.toEqual(before);
      await account.agent.get(`/v1/workspaces/${account.workspaceId}`).expect(404);
      const { data } = (await account.agent.get('/v1/me/organizations').expect(200)).body;
      expect(data.map(({ id, current }: { id: string; current: boolean }) => [id, current])).toEqual([
        [account.organizationId, false],
        [body.organization.id, true],
      ]);
      await account.agent.post('/v1/auth/switch').send({ organizationId: account.organizationId }).expect(200);
      await account.agent.get(`/v1/workspaces/${account.workspaceId}`).expect(200);
    });

    it('are made once, however often the same request arrives', async () => {
      const create = (key: string, name: string) =>
        account.agent.post('/v1/organizations').set('Idempotency-Key', key).send({ name });
      const [one, other] = await Promise.all([create('twice', 'Second'), create('twice', 'Second')]);
      expect([one.status, other.status]).toEqual([201, 201]);
      expect(other.body).toEqual(one.body);
      expect((await create('twice', 'Second').expect(201)).body).toEqual(one.body);
      expectProblem(await create('twice', 'Third'), { status: 409, slug: 'idempotency-key-reused' });
      expect((await account.agent.get('/v1/me/organizations').expect(200)).body.data).toHaveLength(2);
    });

    it('are a person’s: an API key knows its own alone', async () => {
      const { body } = await account.agent.post('/v1/organizations').send({ name: 'Second' }).expect(201);
      expect((await byKey().get('/v1/me/organizations').expect(200)).body.data).toMatchObject([
        { id: account.organizationId },
      ]);
      for (const answer of [
        await byKey().post('/v1/auth/switch').send({ organizationId: body.organization.id }),
        await byKey().post('/v1/organizations').send({ name: 'Third' }),
      ]) {
        expectProblem(answer, { status: 403, slug: 'forbidden' });
      }
    });

    it('of others cannot be entered', async () => {
      const stranger = await practice.api.signUp();
      await account.agent.post('/v1/auth/switch').send({ organizationId: stranger.organizationId }).expect(404);
      expect((await account.agent.get('/v1/me')).body.organization.id).toBe(account.organizationId);
      const answer = await account.agent.post('/v1/auth/switch').send({ organizationId: 'nonsense' });
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'organizationId' });
    });

    it('are named by owners and admins', async () => {
      await account.agent.patch(organization()).send({ name: 'New name' }).expect(200);
      expect((await account.agent.get('/v1/me')).body.organization.name).toBe('New name');
      expectProblem(await account.agent.patch(organization()).send({ name: '' }), {
        ...{ status: 422, slug: 'validation-failed' },
        field: 'name',
      });
      const support = await addTeammate(practice, account, { role: 'support' });
      await support.agent.patch(organization()).send({ name: 'Mine' }).expect(403);
      const stranger = await practice.api.signUp();
      await stranger.agent.patch(organization()).send({ name: 'Mine' }).expect(404);
    });

    async function sessionIds(userId: string): Promise<string[]> {
      const { rows } = await practice.owner.query<{ id_hash: string }>(
        'select id_hash from sessions where user_id = $1',
        [userId],
      );
      return rows.map(({ id_hash: id }) => id);
    }
  });

  describe('an archived workspace', () => {
    const path = (more = '') => `/v1/workspaces/${account.workspaceId}${more}`;
    const archive = () => account.agent.post(path('/archive')).expect(200);
    const listed = async (query = '') =>
      (await account.agent.get(`/v1/workspaces${query}`).expect(200)).body.data.map(({ id }: { id: string }) => id);

    it('is left out of lists unless asked for, and can be read', async () => {
      const { body: other } = await account.agent.post('/v1/workspaces').send({ name: 'Other' }).expect(201);
      const { body } = await archive();
      expect(body).toMatchObject({ archived: true, paused: true, may: ['workspace.read'] });
      expect(await listed()).toEqual([other.id]);
      expect(await listed('?archived=false')).toEqual([other.id]);
      expect(await listed('?archived=true')).toEqual([account.workspaceId, other.id]);
      expectProblem(await account.agent.get('/v1/workspaces?archived=maybe'), {
        ...{ status: 422, slug: 'validation-failed' },
        field: 'archived',
      });
      expect((await account.agent.get('/v1/me')).body.workspaces).toMatchObject([{ id: other.id }]);
      await account.agent.get(path()).expect(200);
    });

    it('holds what is scheduled, and still does when it is restored, until somebody resumes it', async () => {
      const channel = await practice.connect(account);
      await account.agent.post(path('/pause')).expect(200);
      const [publication] = (await practice.schedule(account, [channel])).publications;
      const state = async () => (await account.agent.get(`/v1/publications/${publication.id}`).expect(200)).body;
      const waiting = async () => (await account.agent.get('/v1/support/publications').expect(200)).body.data.length;
      expect(await waiting()).toBe(1);
      await archive();
      // Nobody could do anything about it there.
      expect(await waiting()).toBe(0);
      const { body } = await account.agent.post(path('/restore')).expect(200);
      expect(body).toMatchObject({ archived: false, paused: true });
      expect(await state()).toMatchObject({ state: 'held', heldReason: 'workspace-paused' });
      expect(await waiting()).toBe(1);
      await account.agent.post(path('/resume')).expect(200);
      expect((await practice.schedule(account, [channel])).publications).toMatchObject([{ state: 'scheduled' }]);
      expect((await archive()).body.paused).toBe(true);
    });

    it('refuses every change, and says what to do', async () => {
      const channel = await practice.connect(account);
      const post = await practice.schedule(account, [channel]);
      const [publication] = post.publications;
      await archive();
      const counts = await practice.counts();
      for (const [method, address, body] of [
        ['patch', path(), { name: 'Other' }],
        ['post', path('/resume'), undefined],
        ['post', path('/posts'), { content: { text: 'Hi' }, channels: [{ id: channel.id }], schedule: 'now' }],
        ['post', path('/posts'), {}],
        ['post', path('/connections'), { platform: 'mastodon', practice: true }],
        ['patch', `/v1/posts/${post.id}`, { content: { text: 'Hi' } }],
        ['delete', `/v1/posts/${post.id}`, undefined],
        ['post', `/v1/channels/${channel.id}/pause`, undefined],
        ['post', `/v1/publications/${publication.id}/cancel`, undefined],
        ['post', `/v1/publications/${publication.id}/release`, undefined],
      ] as const) {
        const answer = await account.agent[method](address).set('If-Match', post.etag).send(body);
        expectProblem(answer, { status: 409, slug: 'conflict' });
        expect(answer.body.detail).toContain('Restore it first');
      }
      expect(await practice.counts()).toEqual(counts);
      await account.agent.get(`/v1/posts/${post.id}`).expect(200);
      await account.agent.post(path('/restore')).expect(200);
      await account.agent.patch(path()).send({ name: 'Other' }).expect(200);
    });

    it('is no more than it was to those who may not see it', async () => {
      const { body: other } = await account.agent.post('/v1/workspaces').send({ name: 'Other' }).expect(201);
      const elsewhere = await addTeammate(practice, account, { workspaces: [{ id: other.id, role: 'manager' }] });
      const manager = await addTeammate(practice, account, {
        workspaces: [{ id: account.workspaceId, role: 'manager' }],
      });
      const stranger = await practice.api.signUp();
      await manager.agent.post(path('/archive')).expect(403);
      await stranger.agent.post(path('/archive')).expect(404);
      await archive();
      await elsewhere.agent.patch(path()).send({ name: 'x' }).expect(404);
      await manager.agent.patch(path()).send({ name: 'x' }).expect(409);
      await manager.agent.post(path('/restore')).expect(403);
      expect((await manager.agent.get('/v1/me').expect(200)).body.workspaces).toEqual([]);
      expect((await elsewhere.agent.get('/v1/workspaces?archived=true')).body.data).toMatchObject([{ id: other.id }]);
    });

    it('leaves a connection alone that serves another workspace too', async () => {
      const channel = await practice.connect(account);
      const { body: other } = await account.agent.post('/v1/workspaces').send({ name: 'Other' }).expect(201);
      await practice.owner.query(
        `insert into channels (id, organization_id, workspace_id, connection_id, platform, practice, external_id, name)
           select gen_random_uuid(), organization_id, $2, connection_id, platform, practice, external_id, name
             from channels where id = $1`,
        [channel.id, other.id],
      );
      const { rows } = await practice.owner.query<{ id: string }>(
        'select connection_id as id from channels where id = $1',
        [channel.id],
      );
      await archive();
      await byKey().delete(`/v1/connections/${rows[0]?.id}`).expect(204);
    });
  });

  it('tell somebody without any workspace that there is none, and let them read nothing', async () => {
    const newcomer = await addTeammate(practice, account);
    expect((await newcomer.agent.get('/v1/me').expect(200)).body).toMatchObject({ role: 'member', workspaces: [] });
    await newcomer.agent.get(`/v1/workspaces/${account.workspaceId}`).expect(404);
    expect((await newcomer.agent.get('/v1/support/publications').expect(200)).body.data).toEqual([]);
    await request(practice.api.url).get('/v1/me').expect(401);
  });
});
