import pg from 'pg';
import request from 'supertest';
import { Vault } from '#kernel';
import { startTestApi, type TestAccount, type TestApi } from '../support/api.js';

describe('API keys', () => {
  let api: TestApi;
  let owner: pg.Client;
  let account: TestAccount;
  let second: string;

  beforeAll(async () => {
    api = await startTestApi();
    owner = new pg.Client({ connectionString: api.ownerUrl });
    await owner.connect();
    account = await api.signUp({ name: 'Ada', organization: 'North Roast' });
    second = (await account.agent.post('/v1/workspaces').send({ name: 'Second' }).expect(201)).body.id;
  });
  afterAll(async () => {
    await owner.end();
    await api.close();
  });

  const withKey = (key: string) => request.agent(api.url).set('authorization', `Bearer ${key}`);
  const make = async (body: object, from = account.agent) => {
    const answer = await from
      .post('/v1/api-keys')
      .send({ name: 'limited', ...body })
      .expect(201);
    return answer.body as { id: string; key: string };
  };
  const refused = async (body: object, from = account.agent) => {
    const answer = await from
      .post('/v1/api-keys')
      .send({ name: 'limited', ...body })
      .expect(422);
    return answer.body.errors.map(({ field, rule }: { field: string; rule: string }) => `${field} ${rule}`) as string[];
  };

  /** Another person of the same organization, with a role in the first workspace alone. */
  async function colleague(role: string, there?: string): Promise<TestAccount> {
    const person = await api.signUp();
    const { organizationId, workspaceId } = account;
    await owner.query('update members set organization_id = $1, role = $2 where user_id = $3', [
      organizationId,
      role,
      person.userId,
    ]);
    if (there) {
      const values = [organizationId, workspaceId, person.userId, there];
      await owner.query(
        'insert into workspace_members (organization_id, workspace_id, user_id, role) values ($1, $2, $3, $4)',
        values,
      );
    }
    await person.agent.post('/v1/auth/login').send({ email: person.email, password: person.password }).expect(200);
    return person;
  }

  describe('with limits', () => {
    it('opens its workspaces alone', async () => {
      const { key } = await make({ workspaces: [second.toUpperCase()] });
      const { body } = await withKey(key).get('/v1/workspaces').expect(200);
      expect(body.data.map(({ id }: { id: string }) => id)).toEqual([second]);
      await withKey(key).get(`/v1/workspaces/${account.workspaceId}`).expect(404);
      await withKey(key).patch(`/v1/workspaces/${second}`).send({ lateLimitMinutes: 60 }).expect(200);
      await withKey(key).post('/v1/workspaces').send({ name: 'Third' }).expect(403);
      await withKey(key).get('/v1/api-keys').expect(403);
    });

    it('does what it is for alone, and sees the workspaces in which it does that', async () => {
      const { id, key } = await make({ actions: ['posts.write'] });
      await withKey(key).get(`/v1/workspaces/${second}`).expect(200);
      const { body } = await withKey(key).post(`/v1/workspaces/${second}/pause`).expect(403);
      expect(body.detail).toContain('This API key is not for that');
      const list = await account.agent.get('/v1/api-keys').expect(200);
      expect(list.body.data.find((one: { id: string }) => one.id === id)).toMatchObject({
        actions: ['workspace.read', 'posts.write'],
        workspaces: null,
        expiresAt: null,
        expired: false,
      });
    });

    it('ends at its time', async () => {
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      const { id, key } = await make({ expiresAt });
      await withKey(key).get('/v1/me').expect(200);
      await owner.query(`update api_keys set expires_at = now() - interval '1 second' where id = $1`, [id]);
      await withKey(key).get('/v1/me').expect(401);
      const list = await account.agent.get('/v1/api-keys').expect(200);
      expect(list.body.data.find((one: { id: string }) => one.id === id)).toMatchObject({ expired: true });
    });

    it('grows no wider when its member is given less', async () => {
      const person = await colleague('member', 'author');
      const { key } = await make({ actions: ['posts.write'] }, person.agent);
      const validate = () =>
        withKey(key)
          .post(`/v1/workspaces/${account.workspaceId}/posts`)
          .send({ content: { text: 'x' }, channels: [], schedule: null });
      await validate().expect(({ status }) => expect(status).not.toBe(403));
      await owner.query(`update workspace_members set role = 'viewer' where user_id = $1`, [person.userId]);
      await validate().expect(403);
    });
  });

  describe('is never wider than whoever makes it', () => {
    it.each([
      [{ workspaces: [] }, 'workspaces arrayMinSize'],
      [{ workspaces: ['01900000-0000-7000-8000-000000000000'] }, 'workspaces unknown'],
      [{ workspaces: ['nonsense'] }, 'workspaces isUuid'],
      [{ actions: [] }, 'actions arrayMinSize'],
      [{ actions: ['posts.fly'] }, 'actions isIn'],
      [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt future'],
      [{ expiresAt: 'tomorrow' }, 'expiresAt instant'],
    ])('refuses %j', async (body, broken) => {
      expect(await refused(body)).toContain(broken);
    });

    it('refuses what concerns the organization together with some workspaces', async () => {
      expect(await refused({ workspaces: [second], actions: ['members.manage'] })).toContain(
        'actions organization-wide',
      );
    });

    it('refuses a member’s key for more than the member', async () => {
      const { agent } = await colleague('member', 'viewer');
      expect(await refused({ actions: ['members.manage', 'posts.write'] }, agent)).toEqual([
        'actions wider-than-maker',
        'actions wider-than-maker',
      ]);
      expect(await refused({ workspaces: [second] }, agent)).toEqual(['workspaces unknown']);
      await make({ workspaces: [account.workspaceId], actions: ['workspace.read'] }, agent);
    });

    it('refuses a key that outgrows the key that makes it', async () => {
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      const { key } = await make({ actions: ['api-keys.manage', 'posts.write'], expiresAt });
      expect(await refused({}, withKey(key))).toEqual(['actions wider-than-maker', 'expiresAt wider-than-maker']);
      const later = new Date(Date.now() + 7_200_000).toISOString();
      expect(await refused({ actions: ['members.manage'], expiresAt: later }, withKey(key))).toEqual([
        'actions wider-than-maker',
        'expiresAt wider-than-maker',
      ]);
      await make({ actions: ['posts.write'], expiresAt }, withKey(key));
    });
  });

  describe('of all members', () => {
    it('are seen and revoked by owners and admins, and by nobody else', async () => {
      const [admin, member] = [await colleague('admin'), await colleague('member', 'author')];
      const { id, key } = await make({ name: 'the member’s' }, member.agent);
      await member.agent.get('/v1/api-keys?all=true').expect(403);
      const own = await admin.agent.get('/v1/api-keys').expect(200);
      expect(own.text).not.toContain(id);
      const all = await admin.agent.get('/v1/api-keys?all=true&limit=100').expect(200);
      expect(all.body.data.find((one: { id: string }) => one.id === id)).toMatchObject({
        name: 'the member’s',
        member: { id: member.userId, name: expect.any(String) },
      });
      const foreign = all.body.data.find((one: { member: { id: string } }) => one.member.id === account.userId);
      await member.agent.delete(`/v1/api-keys/${foreign.id}`).expect(404);
      await admin.agent.delete(`/v1/api-keys/${id}`).expect(204);
      await withKey(key).get('/v1/me').expect(401);
    });

    it('stay their organization’s', async () => {
      const stranger = await api.signUp();
      const { body } = await account.agent.get('/v1/api-keys').expect(200);
      const theirs = await stranger.agent.get('/v1/api-keys?all=true').expect(200);
      expect(theirs.text).not.toContain(account.userId);
      await stranger.agent.delete(`/v1/api-keys/${body.data[0].id}`).expect(404);
    });
  });

  describe('an Idempotency-Key', () => {
    it('belongs to whoever sent it', async () => {
      const other = await colleague('admin');
      const create = (who: TestAccount) =>
        who.agent.post('/v1/workspaces').set('Idempotency-Key', 'same-for-both').send({ name: 'Twice' }).expect(201);
      const [mine, again, theirs] = [await create(account), await create(account), await create(other)];
      expect(again.body.id).toBe(mine.body.id);
      expect(theirs.body.id).not.toBe(mine.body.id);
    });

    it('is told apart from a key that cannot be shown again, since the vault lost its own', async () => {
      const create = () =>
        account.agent.post('/v1/api-keys').set('Idempotency-Key', 'lost-later').send({ name: 'shown once' });
      const { body } = await create().expect(201);
      const foreign = await new Vault('the key of a machine that burnt down').encrypt({ key: 'x' }, 'x');
      await owner.query(
        `update idempotency_keys set answer = jsonb_set(answer, '{sealed}', to_jsonb($1::text)) where key = 'lost-later'`,
        [foreign],
      );
      const { body: refused } = await create().expect(409);
      expect(refused.detail).toContain('cannot be shown again');
      await withKey(body.key).get('/v1/me').expect(200);
    });

    it('that was answered before users were told apart gives its answer again', async () => {
      const create = () =>
        account.agent.post('/v1/workspaces').set('Idempotency-Key', 'from-before').send({ name: 'Once' }).expect(201);
      const { body } = await create();
      const nobody = '00000000-0000-0000-0000-000000000000';
      await owner.query(`update idempotency_keys set user_id = $1 where key = 'from-before'`, [nobody]);
      expect((await create()).body.id).toBe(body.id);
    });
  });
});
