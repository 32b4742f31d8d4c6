import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { type TestAccount } from '../support/api.js';
import { PracticeApi } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';
import { addTeammate, type Teammate } from '../support/team.js';

describe('members', () => {
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
  const member = ({ userId }: { userId: string }) => organization(`/members/${userId}`);
  const add = (...[position]: Parameters<typeof addTeammate> extends [unknown, unknown, (infer P)?] ? [P?] : never) =>
    addTeammate(practice, account, position);
  const roles = async (): Promise<Record<string, string>> => {
    const { rows } = await practice.owner.query<{ user_id: string; role: string }>(
      'select user_id, role from members where organization_id = $1',
      [account.organizationId],
    );
    return Object.fromEntries(rows.map(({ user_id: id, role }) => [id, role]));
  };
  const newWorkspace = async (name: string): Promise<string> =>
    (await account.agent.post('/v1/workspaces').send({ name }).expect(201)).body.id;

  describe('who belongs to the organization', () => {
    it('is listed with roles and workspaces, page by page', async () => {
      const support = await add({ role: 'support' });
      const author = await add({ workspaces: [{ id: account.workspaceId, role: 'author' }] });
      const first = await account.agent.get(organization('/members?limit=2')).expect(200);
      const rest = await account.agent.get(organization(`/members?limit=2&cursor=${first.body.next}`)).expect(200);
      expect([...first.body.data, ...rest.body.data]).toEqual([
        expect.objectContaining({ id: account.userId, role: 'owner', workspaces: [] }),
        expect.objectContaining({ id: support.userId, email: support.email, role: 'support', workspaces: [] }),
        expect.objectContaining({
          id: author.userId,
          role: 'member',
          workspaces: [{ id: account.workspaceId, name: expect.any(String), role: 'author' }],
        }),
      ]);
      await support.agent.get(organization('/members')).expect(200);
      await author.agent.get(organization('/members')).expect(403);
    });

    it('is seen in a workspace by those who are in it, by name and role alone', async () => {
      const other = await newWorkspace('Other');
      const viewer = await add({ workspaces: [{ id: account.workspaceId, role: 'viewer' }] });
      const elsewhere = await add({ workspaces: [{ id: other, role: 'manager' }] });
      const { body } = await viewer.agent.get(`/v1/workspaces/${account.workspaceId}/members`).expect(200);
      expect(body.data).toEqual([
        { id: account.userId, name: expect.any(String), role: 'owner' },
        { id: viewer.userId, name: expect.any(String), role: 'viewer' },
      ]);
      await elsewhere.agent.get(`/v1/workspaces/${account.workspaceId}/members`).expect(404);
    });

    it('is nobody else’s to see or change', async () => {
      const stranger = await practice.api.signUp();
      const mine = await add();
      await stranger.agent.get(organization('/members')).expect(404);
      await stranger.agent.patch(member(mine)).send({ role: 'admin' }).expect(404);
      await stranger.agent.delete(member(mine)).expect(404);
      await stranger.agent
        .patch(`/v1/organizations/${stranger.organizationId}/members/${mine.userId}`)
        .send({ role: 'admin' })
        .expect(404);
      expect((await roles())[mine.userId]).toBe('member');
    });
  });

  describe('a change', () => {
    it('of a workspace role counts from the next request on', async () => {
      const somebody = await add({ workspaces: [{ id: account.workspaceId, role: 'viewer' }] });
      const other = await newWorkspace('Other');
      const write = (id: string) =>
        somebody.agent
          .post(`/v1/workspaces/${id}/posts`)
          .send({ content: { text: 'Hi' }, channels: [], schedule: null });
      await write(account.workspaceId).expect(403);
      await write(other).expect(404);
      const { body } = await account.agent
        .patch(member(somebody))
        .send({
          workspaces: [
            { id: account.workspaceId, role: 'author' },
            { id: other, role: 'viewer' },
          ],
        })
        .expect(200);
      expect(body.workspaces).toHaveLength(2);
      await write(account.workspaceId).expect(201);
      await write(other).expect(403);
      await account.agent
        .patch(member(somebody))
        .send({ workspaces: [{ id: other, role: 'viewer' }] })
        .expect(200);
      await write(account.workspaceId).expect(404);
    });

    it('to a role that works everywhere takes the workspaces away, and back to member gives none', async () => {
      const somebody = await add({ workspaces: [{ id: account.workspaceId, role: 'manager' }] });
      const support = await account.agent.patch(member(somebody)).send({ role: 'support' }).expect(200);
      expect(support.body).toMatchObject({ role: 'support', workspaces: [] });
      await somebody.agent.post('/v1/workspaces').send({ name: 'No' }).expect(403);
      await account.agent.patch(member(somebody)).send({ role: 'member' }).expect(200);
      expect((await somebody.agent.get('/v1/me').expect(200)).body).toMatchObject({ role: 'member', workspaces: [] });
    });

    it.each([
      ['an unknown workspace', { workspaces: [{ id: randomUUID(), role: 'author' }] }, 'workspaces/0/id'],
      ['workspaces for an admin', { role: 'admin', workspaces: 'mine' }, 'workspaces'],
      ['a workspace twice', { workspaces: 'mine twice' }, 'workspaces/1/id'],
      ['an unknown role', { role: 'king' }, 'role'],
      ['an unknown role in a workspace', { workspaces: [{ id: randomUUID(), role: 'owner' }] }, 'workspaces/0/role'],
    ])('is refused for %s, at its field', async (_, changes, field) => {
      const somebody = await add();
      const mine = { id: account.workspaceId, role: 'author' };
      const known: Record<string, unknown> = { mine: [mine], 'mine twice': [mine, mine] };
      const { workspaces } = changes as { workspaces?: unknown };
      const body = { ...changes, ...(typeof workspaces === 'string' && { workspaces: known[workspaces] }) };
      expectProblem(await account.agent.patch(member(somebody)).send(body), {
        ...{ status: 422, slug: 'validation-failed' },
        field,
      });
    });

    it('gives no workspace of another organization', async () => {
      const stranger = await practice.api.signUp();
      const somebody = await add();
      const answer = await account.agent
        .patch(member(somebody))
        .send({ workspaces: [{ id: stranger.workspaceId, role: 'viewer' }] });
      expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'workspaces/0/id' });
    });
  });

  describe('owners', () => {
    it('are made, changed and removed by owners alone', async () => {
      const admin = await add({ role: 'admin' });
      const somebody = await add();
      for (const [path, changes] of [
        [member(somebody), { role: 'owner' }],
        [member(admin), { role: 'owner' }],
        [member(account), { role: 'member' }],
      ] as const) {
        const answer = await admin.agent.patch(path).send(changes);
        expectProblem(answer, { status: 403, slug: 'forbidden' });
      }
      await admin.agent.delete(member(account)).expect(403);
      await admin.agent.post(organization('/transfer')).send({ userId: admin.userId }).expect(403);
      await admin.agent.patch(member(somebody)).send({ role: 'admin' }).expect(200);
      await account.agent.patch(member(somebody)).send({ role: 'owner' }).expect(200);
      expect(await roles()).toEqual({
        [account.userId]: 'owner',
        [admin.userId]: 'admin',
        [somebody.userId]: 'owner',
      });
    });

    it('hand the organization over, and stay as admins', async () => {
      const heir = await add({ workspaces: [{ id: account.workspaceId, role: 'author' }] });
      expectProblem(await account.agent.post(organization('/transfer')).send({ userId: account.userId }), {
        ...{ status: 422, slug: 'validation-failed' },
        field: 'userId',
      });
      await account.agent.post(organization('/transfer')).send({ userId: randomUUID() }).expect(404);
      const { body } = await account.agent.post(organization('/transfer')).send({ userId: heir.userId }).expect(200);
      expect(body).toMatchObject({ id: heir.userId, role: 'owner', workspaces: [] });
      expect(await roles()).toEqual({ [account.userId]: 'admin', [heir.userId]: 'owner' });
      await account.agent.post(organization('/transfer')).send({ userId: heir.userId }).expect(403);
    });

    it('cannot leave, be removed or become something else while there is only one', async () => {
      await add({ role: 'admin' });
      for (const answer of [
        await account.agent.post(organization('/leave')),
        await account.agent.delete(member(account)),
        await account.agent.patch(member(account)).send({ role: 'admin' }),
      ]) {
        expectProblem(answer, { status: 409, slug: 'conflict' });
        expect(answer.body.detail).toContain('Hand the organization over first');
      }
      expect((await roles())[account.userId]).toBe('owner');
    });

    it.each(['leave', 'demote each other', 'demote themselves'])(
      'of two who %s at the same moment one stays',
      async (what) => {
        const second = await add({ role: 'owner' });
        const [one, other]: [Teammate, Teammate] = [account, second];
        const ask = (who: Teammate, whom: Teammate) =>
          what === 'leave'
            ? who.agent.post(organization('/leave'))
            : who.agent.patch(member(what === 'demote each other' ? whom : who)).send({ role: 'member' });
        // `then` sends them: both wait for the rows of the members.
        const answers = await practice.atOnce('members', [
          ask(one, other).then((answer) => answer.status),
          ask(other, one).then((answer) => answer.status),
        ]);
        expect(answers.filter((status) => status < 300)).toHaveLength(1);
        expect(answers.filter((status) => status === 409 || status === 403)).toHaveLength(1);
        expect(Object.values(await roles()).filter((role) => role === 'owner')).toHaveLength(1);
      },
    );
  });

  describe('whoever is removed or leaves', () => {
    const gone = async (somebody: Teammate, key: string) => {
      await somebody.agent.get('/v1/me').expect(401);
      await request(practice.api.url).get('/v1/me').set('authorization', `Bearer ${key}`).expect(401);
      const { rows } = await practice.owner.query(
        `select (select count(*)::int from sessions where user_id = $1 and organization_id = $2) as sessions,
                (select count(*)::int from api_keys where user_id = $1 and revoked_at is null) as keys,
                (select count(*)::int from workspace_members where user_id = $1) as workspaces`,
        [somebody.userId, account.organizationId],
      );
      expect(rows).toEqual([{ sessions: 0, keys: 0, workspaces: 0 }]);
    };
    const somebodyWithKey = async () => {
      const somebody = await add({ workspaces: [{ id: account.workspaceId, role: 'author' }] });
      const { body } = await somebody.agent.post('/v1/api-keys').send({ name: 'mine' }).expect(201);
      return { somebody, key: body.key as string };
    };

    it('has neither session nor key any more, also when they come back', async () => {
      const { somebody, key } = await somebodyWithKey();
      await account.agent.delete(member(somebody)).expect(204);
      await gone(somebody, key);
      await account.agent.delete(member(somebody)).expect(404);
      await practice.owner.query(`insert into members (organization_id, user_id, role) values ($1, $2, 'member')`, [
        account.organizationId,
        somebody.userId,
      ]);
      await somebody.agent.get('/v1/me').expect(401);
      await request(practice.api.url).get('/v1/me').set('authorization', `Bearer ${key}`).expect(401);
    });

    it('leaves by themselves in a browser, and not by an API key', async () => {
      const { somebody, key } = await somebodyWithKey();
      const byKey = await request(practice.api.url).post(organization('/leave')).set('authorization', `Bearer ${key}`);
      expectProblem(byKey, { status: 404, slug: 'not-found' });
      await somebody.agent.post(organization('/leave')).expect(204);
      await gone(somebody, key);
    });

    it('keeps what belongs to another organization of theirs', async () => {
      const { somebody } = await somebodyWithKey();
      const own = await somebody.agent.post('/v1/organizations').send({ name: 'Own' }).expect(201);
      await somebody.agent.post('/v1/auth/switch').send({ organizationId: own.body.organization.id }).expect(200);
      await account.agent.delete(member(somebody)).expect(204);
      expect((await somebody.agent.get('/v1/me').expect(200)).body.organization.name).toBe('Own');
    });
  });
});
