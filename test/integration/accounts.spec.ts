import pg from 'pg';
import request from 'supertest';
import { hashToken } from '#kernel';
import { startTestApi, type TestAccount, type TestApi } from '../support/api.js';

const PROBLEM = /^application\/problem\+json/;

describe('accounts', () => {
  let api: TestApi;
  let owner: pg.Client;
  beforeAll(async () => {
    api = await startTestApi();
    owner = new pg.Client({ connectionString: api.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner?.end();
    await api?.close();
  });

  const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
  const sessionCookie = (answer: { headers: Record<string, unknown> }): string => {
    const cookies = answer.headers['set-cookie'] as string[] | undefined;
    return cookies?.find((cookie) => cookie.startsWith('clickpost.sid=')) ?? '';
  };

  describe('signing up, in and out', () => {
    it('creates user, organization and workspace, and signs in', async () => {
      const agent = api.agent();
      const answer = await agent
        .post('/v1/auth/signup')
        .send({
          email: 'Ada@Example.com',
          password: 'a long enough one',
          name: 'Ada',
          organization: 'Engines',
          timeZone: 'Europe/London',
        })
        .expect(201);
      expect(answer.body).toEqual({
        user: { id: expect.any(String), email: 'Ada@Example.com', name: 'Ada' },
        organization: { id: expect.any(String), name: 'Engines', paused: false },
        workspace: { id: expect.any(String) },
      });
      expect(sessionCookie(answer)).toMatch(/HttpOnly; SameSite=Lax/);
      const me = await agent.get('/v1/me').expect(200);
      expect(me.body).toMatchObject({
        user: answer.body.user,
        organization: answer.body.organization,
        role: 'owner',
        workspaces: [{ id: answer.body.workspace.id, name: 'Engines', timeZone: 'Europe/London' }],
      });
    });

    it('signs out on the server, not only in the browser', async () => {
      const { agent, email, password } = await api.signUp();
      const cookie = sessionCookie(await agent.post('/v1/auth/login').send({ email, password }).expect(200));
      await request(api.url).get('/v1/me').set('Cookie', cookie).expect(200);
      await agent.post('/v1/auth/logout').expect(204);
      await agent.get('/v1/me').expect(401);
      await request(api.url).get('/v1/me').set('Cookie', cookie).expect(401);
    });

    it('signs in whatever the case of the address', async () => {
      const { email, password, organizationId, userId } = await api.signUp();
      const { body } = await api
        .agent()
        .post('/v1/auth/login')
        .send({ email: email.toUpperCase(), password })
        .expect(200);
      expect(body).toMatchObject({ user: { id: userId, email }, organization: { id: organizationId } });
    });

    it('answers the same to a wrong password and to an unknown address', async () => {
      const { email } = await api.signUp();
      const wrong = await api.agent().post('/v1/auth/login').send({ email, password: 'not the password' });
      const unknown = await api
        .agent()
        .post('/v1/auth/login')
        .send({ email: 'nobody@example.com', password: 'not it' });
      expect(wrong.status).toBe(401);
      expect(wrong.headers['content-type']).toMatch(PROBLEM);
      expect(wrong.body).toEqual(unknown.body);
      expect(wrong.body.detail).toContain('Check both');
      expect(sessionCookie(wrong)).toBe('');
    });

    it('names the field when the address is taken, in any case', async () => {
      const { email } = await api.signUp();
      const { body } = await api
        .agent()
        .post('/v1/auth/signup')
        .send({ email: email.toUpperCase(), password: 'a long enough one', name: 'Eve', organization: 'Other' })
        .expect(409);
      expect(body.errors).toEqual([
        { field: 'email', rule: 'unique', message: expect.any(String), remedy: expect.stringContaining('Sign in') },
      ]);
      const left = await owner.query(`select 1 from organizations where name = 'Other'`);
      expect(left.rowCount).toBe(0);
    });

    it.each([
      ['minLength', 'short'],
      ['maxLength', 'x'.repeat(201)],
      ['notEmail', 'GUESSABLE@example.com'],
    ])('refuses a password that breaks %s', async (rule, password) => {
      const { body } = await api
        .agent()
        .post('/v1/auth/signup')
        .send({ email: 'guessable@example.com', password, name: 'Eve', organization: 'Weak' })
        .expect(422);
      expect(body.errors).toMatchObject([{ field: 'password', rule, remedy: expect.any(String) }]);
    });

    it('refuses an unknown time zone', async () => {
      const input = { email: 'zone@example.com', password: 'a long enough one', name: 'Zoe', organization: 'Zones' };
      const { body } = await api
        .agent()
        .post('/v1/auth/signup')
        .send({ ...input, timeZone: '+02:00' })
        .expect(422);
      expect(body.errors).toMatchObject([{ field: 'timeZone', rule: 'isTimeZone' }]);
    });

    it('keeps neither password nor session id readable', async () => {
      const { agent, email, password, userId } = await api.signUp();
      const cookie = sessionCookie(await agent.post('/v1/auth/login').send({ email, password }));
      const id =
        decodeURIComponent(cookie)
          .replace(/^clickpost\.sid=s:/, '')
          .split('.')[0] ?? '';
      const users = await owner.query<{ password_hash: string }>('select * from users where id = $1', [userId]);
      expect(users.rows[0]?.password_hash).toMatch(/^\$argon2id\$/);
      const stored = await owner.query('select * from sessions where id_hash = $1', [hashToken(id)]);
      expect(stored.rows).toMatchObject([{ user_id: userId }]);
      expect(JSON.stringify(stored.rows)).not.toContain(id);
    });
  });

  describe('a session', () => {
    it('gets a new id at sign-in, and the old one is worth nothing', async () => {
      const { agent, email, password } = await api.signUp();
      const before = sessionCookie(await agent.get('/v1/me'));
      const after = sessionCookie(await agent.post('/v1/auth/login').send({ email, password }).expect(200));
      expect(after.split(';')[0]).not.toBe(before.split(';')[0]);
      await request(api.url).get('/v1/me').set('Cookie', before).expect(401);
      await request(api.url).get('/v1/me').set('Cookie', after).expect(200);
    });

    it('ends when it expires', async () => {
      const { agent, userId } = await api.signUp();
      await agent.get('/v1/me').expect(200);
      await owner.query(`update sessions set expires_at = now() where user_id = $1`, [userId]);
      await agent.get('/v1/me').expect(401);
    });

    it('lasts 14 days from its last use, and 90 days at the most', async () => {
      const { agent, userId } = await api.signUp();
      const daysLeft = async (): Promise<number> => {
        const { rows } = await owner.query<{ days: string }>(
          `select round(extract(epoch from expires_at - now()) / 86400) as days from sessions where user_id = $1`,
          [userId],
        );
        return Number(rows[0]?.days);
      };
      const age = (days: number) =>
        owner.query(
          `update sessions set created_at = now() - make_interval(days => $2), last_seen_at = now() - interval '1 day',
                  expires_at = now() + interval '1 day' where user_id = $1`,
          [userId, days],
        );
      await age(3);
      await agent.get('/v1/me').expect(200);
      expect(await daysLeft()).toBe(14);
      await age(85);
      await agent.get('/v1/me').expect(200);
      expect(await daysLeft()).toBe(5);
    });

    it('ends with the membership', async () => {
      const { agent, apiKey, userId } = await api.signUp();
      await owner.query('delete from members where user_id = $1', [userId]);
      await agent.get('/v1/me').expect(401);
      await request(api.url).get('/v1/me').set(bearer(apiKey)).expect(401);
    });

    it('is not made for visitors', async () => {
      const answer = await api.agent().get('/v1/me').expect(401);
      expect(sessionCookie(answer)).toBe('');
    });
  });

  describe('an API key', () => {
    it('is shown once and works until it is revoked', async () => {
      const { agent, organizationId, userId } = await api.signUp();
      const { body: made } = await agent.post('/v1/api-keys').send({ name: 'importer' }).expect(201);
      expect(made).toEqual({
        id: expect.any(String),
        key: expect.stringMatching(`^cp_${organizationId.replaceAll('-', '')}_[\\w-]{43}$`),
        name: 'importer',
        createdAt: expect.any(String),
      });
      const me = await request(api.url).get('/v1/me').set(bearer(made.key)).expect(200);
      expect(me.body.user.id).toBe(userId);
      const list = await agent.get('/v1/api-keys').expect(200);
      const listed = list.body.data.find((key: { id: string }) => key.id === made.id);
      expect(listed).toMatchObject({ name: 'importer', lastUsedAt: expect.any(String) });
      expect(list.text).not.toContain(made.key);

      await agent.delete(`/v1/api-keys/${made.id}`).expect(204);
      const refused = await request(api.url).get('/v1/me').set(bearer(made.key)).expect(401);
      expect(refused.headers['content-type']).toMatch(PROBLEM);
      expect(refused.body.detail).toContain('revoked');
      await agent.delete(`/v1/api-keys/${made.id}`).expect(404);
    });

    it('gives the same key again for the same Idempotency-Key, and is stored nowhere', async () => {
      const { agent, userId } = await api.signUp();
      const create = () => agent.post('/v1/api-keys').set('Idempotency-Key', 'one').send({ name: 'twice' }).expect(201);
      const [first, second] = [await create(), await create()];
      expect(second.body).toEqual(first.body);
      const keys = await owner.query('select * from api_keys where user_id = $1 and name = $2', [userId, 'twice']);
      expect(keys.rowCount).toBe(1);
      const kept = await owner.query('select * from idempotency_keys');
      expect(JSON.stringify([keys.rows, kept.rows])).not.toContain(first.body.key);
    });

    it('notes its use at most once a minute', async () => {
      const { apiKey } = await api.signUp();
      const use = async (): Promise<string> => {
        await request(api.url).get('/v1/me').set(bearer(apiKey)).expect(200);
        const { rows } = await owner.query<{ at: string }>(
          'select last_used_at::text as at from api_keys where secret_hash = $1',
          [hashToken(apiKey)],
        );
        return rows[0]?.at ?? '';
      };
      const first = await use();
      expect(await use()).toBe(first);
      await owner.query(`update api_keys set last_used_at = now() - interval '2 minutes' where secret_hash = $1`, [
        hashToken(apiKey),
      ]);
      expect(Date.parse(await use())).toBeGreaterThanOrEqual(Date.parse(first));
    });

    it.each(['', 'cp_', 'nonsense', `cp_${'0'.repeat(32)}_${'x'.repeat(43)}`])('is refused as "%s"', async (key) => {
      await request(api.url).get('/v1/me').set(bearer(key)).expect(401);
    });

    it('is accepted in the header alone, since addresses end up in logs', async () => {
      const { apiKey } = await api.signUp();
      await request(api.url).get('/v1/me').query({ access_token: apiKey }).expect(401);
    });
  });

  describe('organizations', () => {
    let mine: TestAccount;
    let theirs: TestAccount;
    beforeAll(async () => {
      [mine, theirs] = [await api.signUp(), await api.signUp()];
    });

    it('see nothing of each other', async () => {
      const ask = (path: string) => request(api.url).get(path).set(bearer(mine.apiKey));
      const workspaces = await ask('/v1/workspaces').expect(200);
      expect(workspaces.body.data.map(({ id }: { id: string }) => id)).toEqual([mine.workspaceId]);
      await ask(`/v1/workspaces/${theirs.workspaceId}`).expect(404);
      await ask(`/v1/organizations/${theirs.organizationId}/members`).expect(404);
      await request(api.url)
        .patch(`/v1/workspaces/${theirs.workspaceId}`)
        .set(bearer(mine.apiKey))
        .send({ name: 'taken over' })
        .expect(404);
      await theirs.agent
        .get(`/v1/workspaces/${theirs.workspaceId}`)
        .expect(200)
        .expect(({ body }) => expect(body.name).not.toBe('taken over'));
      const { body } = await theirs.agent.get('/v1/api-keys').expect(200);
      await request(api.url).delete(`/v1/api-keys/${body.data[0].id}`).set(bearer(mine.apiKey)).expect(404);
    });

    it('list their members', async () => {
      const { body } = await mine.agent.get(`/v1/organizations/${mine.organizationId}/members`).expect(200);
      expect(body).toEqual({
        data: [
          {
            ...{ id: mine.userId, email: mine.email, name: expect.any(String), role: 'owner', workspaces: [] },
            since: expect.any(String),
          },
        ],
      });
    });

    it('make workspaces, page through them and rename them', async () => {
      const { agent } = await api.signUp();
      for (const name of ['Second', 'Third']) await agent.post('/v1/workspaces').send({ name }).expect(201);
      const first = await agent.get('/v1/workspaces').query({ limit: 2 }).expect(200);
      const rest = await agent.get('/v1/workspaces').query({ limit: 2, cursor: first.body.next }).expect(200);
      expect(first.body.data[1].name).toBe('Second');
      expect(rest.body).toEqual({ data: [expect.objectContaining({ name: 'Third', timeZone: 'UTC' })] });
      const { id } = rest.body.data[0];
      await agent.patch(`/v1/workspaces/${id}`).send({ name: 'Last', timeZone: 'Asia/Tokyo' }).expect(200);
      const { body } = await agent.get(`/v1/workspaces/${id}`).expect(200);
      expect(body).toMatchObject({ id, name: 'Last', timeZone: 'Asia/Tokyo' });
    });

    it('let only owners and admins change workspaces', async () => {
      const { agent, userId, workspaceId } = await api.signUp();
      await owner.query(`update members set role = 'support' where user_id = $1`, [userId]);
      const { body } = await agent.patch(`/v1/workspaces/${workspaceId}`).send({ name: 'x' }).expect(403);
      expect(body.detail).toContain('only owner, admin or manager may change');
      await agent.post('/v1/workspaces').send({ name: 'x' }).expect(403);
      await agent.get(`/v1/workspaces/${workspaceId}`).expect(200);
    });
  });

  describe('the database', () => {
    it('shows the application no row without a tenant, in any table that has one', async () => {
      await api.signUp();
      const { rows: tables } = await owner.query<{ name: string }>(
        `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
          where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
      );
      expect(tables.length).toBeGreaterThan(10);
      const app = new pg.Client({ connectionString: api.databaseUrl });
      await app.connect();
      try {
        await app.query('set role clickpost_app');
        const seen: string[] = [];
        for (const { name } of [...tables, { name: 'organizations' }, { name: 'users' }]) {
          const { rows } = await owner.query<{ may: boolean }>(
            `select has_table_privilege('clickpost_app', $1, 'select') as may`,
            [name],
          );
          if (!rows[0]?.may) continue;
          seen.push(name);
          expect({ name, rows: (await app.query(`select 1 from ${name} limit 1`)).rowCount }).toEqual({
            name,
            rows: 0,
          });
        }
        expect(seen).toEqual(expect.arrayContaining(['workspaces', 'members', 'api_keys', 'publications', 'users']));
      } finally {
        await app.end();
      }
    });

    it('forces row-level security on every one of them', async () => {
      const { rows } = await owner.query(
        `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
          where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
            and not (c.relrowsecurity and c.relforcerowsecurity)`,
      );
      expect(rows).toEqual([]);
      // Most tables are empty here, so what their policies compare is looked at too. Restrictive ones only take away.
      const policies = await owner.query(
        `select tablename, policyname from pg_policies where 'clickpost_app' = any (roles) and permissive = 'PERMISSIVE'
            and coalesce(qual, with_check, '') not like '%current_organization()%'`,
      );
      expect(policies.rows).toEqual([]);
    });

    it('belongs to its owner alone: login and roles of the application own nothing and bypass nothing', async () => {
      const login = new URL(api.databaseUrl).username;
      const { rows } = await owner.query(
        `select r.rolname, r.rolsuper, r.rolbypassrls,
                (select count(*)::int from pg_class c where c.relowner = r.oid) as tables,
                (select count(*)::int from pg_database d where d.datdba = r.oid) as databases
           from pg_roles r where r.rolname = $1 or r.rolname like 'clickpost\\_%'
            and r.oid in (select roleid from pg_auth_members where member = $1::regrole)`,
        [login],
      );
      expect(rows).toHaveLength(5);
      for (const role of rows) {
        expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, tables: 0, databases: 0 });
      }
    });
  });
});
