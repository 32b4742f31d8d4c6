import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { type TestAccount } from '../support/api.js';
import { lettersTo, newestToken } from '../support/letters.js';
import { PracticeApi } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';
import { addTeammate, newAddress } from '../support/team.js';

describe('invitations', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let email: string;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    account = await practice.api.signUp();
    email = newAddress();
  });
  afterAll(() => practice?.close());

  const PASSWORD = 'a long passphrase';
  const invitations = (more = '') => `/v1/organizations/${account.organizationId}/invitations${more}`;
  const invite = (body: Record<string, unknown> = {}, who = account.agent) =>
    who.post(invitations()).send({ email, role: 'member', ...body });
  const letters = () => lettersTo(practice.owner, practice.api.kernel.vault, email);
  const token = (to = email) => newestToken(practice.owner, practice.api.kernel.vault, to);
  const show = async (of?: string) => request(practice.api.url).get(`/v1/invitations/${of ?? (await token())}`);
  const accept = async (
    body: Record<string, unknown> = { name: 'Ann', password: PASSWORD },
    agent = practice.api.agent(),
  ) => agent.post(`/v1/invitations/${await token()}/accept`).send(body);
  const expire = () =>
    practice.owner.query(`update invitations set expires_at = now() - interval '1 second' where email = $1`, [email]);

  it('come by mail, say who invites whom to what, and are stored without their link', async () => {
    const workspaces = [{ id: account.workspaceId, role: 'author' }];
    const { body } = await invite({ workspaces }).expect(201);
    expect(body).toMatchObject({ email, role: 'member', expired: false, workspaces: [{ role: 'author' }] });
    expect(Date.parse(body.expiresAt) - Date.parse(body.sentAt)).toBe(7 * 86_400_000);
    const [letter, ...more] = await letters();
    expect(more).toEqual([]);
    expect(letter?.subject).toMatch(/^Person \d+ invites you to Organization \d+$/);
    expect(letter?.paragraphs.join(' ')).toContain('You will be author in Organization');
    expect(letter?.action?.address).toMatch(/\/invitation\/[\w-]{43}$/);
    const { rows } = await practice.owner.query('select * from invitations where email = $1', [email]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify([rows, body])).not.toContain(await token());
    expect((await show()).body).toEqual({
      organization: { name: expect.stringMatching(/^Organization/) },
      inviter: expect.stringMatching(/^Person/),
      ...{ email, role: 'member', expiresAt: body.expiresAt, hasAccount: false },
      workspaces: [{ name: expect.any(String), role: 'author' }],
    });
  });

  it('make an account, sign in, and give what was promised', async () => {
    await invite({ workspaces: [{ id: account.workspaceId, role: 'author' }] }).expect(201);
    const agent = practice.api.agent();
    const { body } = await accept(undefined, agent);
    expect(body).toMatchObject({ user: { email, name: 'Ann' }, organization: { id: account.organizationId } });
    const me = (await agent.get('/v1/me').expect(200)).body;
    expect(me).toMatchObject({ role: 'member', workspaces: [{ id: account.workspaceId }] });
    expect(me.workspaces[0].may).toContain('posts.write');
    await practice.api.agent().post('/v1/auth/login').send({ email, password: PASSWORD }).expect(200);
    const { rows } = await practice.owner.query(
      `select name, via, operation from audit_log where organization_id = $1 and operation = 'acceptInvitation'`,
      [account.organizationId],
    );
    expect(rows).toEqual([{ name: 'Ann', via: 'sign-in', operation: 'acceptInvitation' }]);
  });

  it('work once, also when two accept at the same moment', async () => {
    await invite().expect(201);
    const of = await token();
    const agents = [practice.api.agent(), practice.api.agent()];
    const answers = await practice.atOnce(
      'invitations',
      agents.map((agent) =>
        agent
          .post(`/v1/invitations/${of}/accept`)
          .send({ name: 'Ann', password: PASSWORD })
          .then((answer) => answer),
      ),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 410]);
    const again = await show(of);
    expectProblem(again, { status: 410, slug: 'gone' });
    expect(again.body.detail).toContain('accepted already');
  });

  it('ask whoever has an account to sign in with that very address', async () => {
    const known = await practice.api.signUp();
    email = known.email.toUpperCase();
    await invite({ role: 'admin' }).expect(201);
    expect((await show()).body).toMatchObject({ hasAccount: true });
    expectProblem(await accept({}), { status: 401, slug: 'unauthorized' });
    const wrong = await accept({ password: 'not the password' });
    expectProblem(wrong, { status: 422, slug: 'validation-failed', field: 'password' });
    const stranger = await practice.api.signUp();
    expectProblem(await accept({}, stranger.agent), { status: 403, slug: 'forbidden' });
    const byKey = await request(practice.api.url)
      .post(`/v1/invitations/${await token()}/accept`)
      .set('authorization', `Bearer ${known.apiKey}`);
    expectProblem(byKey, { status: 403, slug: 'forbidden' });
    const { body } = await accept({}, known.agent);
    expect(body.organization.id).toBe(account.organizationId);
    const { data } = (await known.agent.get('/v1/me/organizations').expect(200)).body;
    expect(data).toHaveLength(2);
    expect(data).toContainEqual({
      ...{ id: account.organizationId, name: expect.any(String) },
      ...{ role: 'admin', current: true },
    });
  });

  it('let somebody back in who belongs to no organization any more, by the password and the code', async () => {
    const known = await practice.api.signUp();
    email = known.email;
    await practice.owner.query('delete from members where user_id = $1', [known.userId]);
    await practice.api.agent().post('/v1/auth/login').send({ email, password: known.password }).expect(403);
    await invite().expect(201);
    const agent = practice.api.agent();
    const { body } = await accept({ password: known.password }, agent);
    expect(body).toMatchObject({ secondFactor: false, user: { id: known.userId } });
    expect((await agent.get('/v1/me').expect(200)).body.organization.id).toBe(account.organizationId);

    const other = await practice.api.signUp();
    await practice.owner.query('update users set second_factor_at = now() where id = $1', [other.userId]);
    email = other.email;
    await invite().expect(201);
    const waiting = practice.api.agent();
    expect((await accept({ password: other.password }, waiting)).body).toEqual({ secondFactor: true });
    await waiting.get('/v1/me').expect(401);
  });

  it('do not let somebody who is signed in make a second account', async () => {
    await invite().expect(201);
    const stranger = await practice.api.signUp();
    const answer = await accept(undefined, stranger.agent);
    expectProblem(answer, { status: 403, slug: 'forbidden' });
    expect(answer.body.detail).toContain(email);
  });

  it.each([
    ['nothing', {}, ['name', 'password']],
    ['a short password', { name: 'Ann', password: 'short' }, ['password']],
    ['the address as password', { name: 'Ann', password: 'its own address' }, ['password']],
  ])('name what is wrong with %s, and stay open', async (_, body, fields) => {
    await invite().expect(201);
    const input = 'password' in body && body.password === 'its own address' ? { ...body, password: email } : body;
    const answer = await accept(input);
    for (const field of fields) expectProblem(answer, { status: 422, slug: 'validation-failed', field });
    expect((await accept()).status).toBe(200);
  });

  it('run out after their time, and work again when they are sent again, by the new link alone', async () => {
    const { body } = await invite().expect(201);
    const old = await token();
    await expire();
    const late = await accept();
    expectProblem(late, { status: 410, slug: 'gone' });
    expect(late.body.detail).toMatch(/has run out. Ask Person \d+ to send it again/);
    const list = await account.agent.get(invitations()).expect(200);
    expect(list.body.data).toMatchObject([{ id: body.id, expired: true }]);
    await account.agent.post(invitations(`/${body.id}/resend`)).expect(200);
    expect(await letters()).toHaveLength(2);
    expect((await show(old)).status).toBe(404);
    expect((await accept()).status).toBe(200);
    expect((await account.agent.get(invitations()).expect(200)).body.data).toEqual([]);
    await account.agent.post(invitations(`/${body.id}/resend`)).expect(404);
  });

  it('can be withdrawn', async () => {
    const { body } = await invite().expect(201);
    await account.agent.delete(invitations(`/${body.id}`)).expect(204);
    expectProblem(await accept(), { status: 410, slug: 'gone' });
    await account.agent.delete(invitations(`/${body.id}`)).expect(404);
    await invite().expect(201);
    expect((await accept()).status).toBe(200);
  });

  it('are not sent twice, nor to members', async () => {
    await invite().expect(201);
    const twice = await invite({ email: email.toUpperCase() });
    expectProblem(twice, { status: 409, slug: 'already-exists', field: 'email' });
    expect(twice.body.detail).toContain('Send the invitation again');
    const self = await invite({ email: account.email.toUpperCase() });
    expectProblem(self, { status: 409, slug: 'already-exists', field: 'email' });
    await expire();
    await invite().expect(201);
  });

  it('are made once for an Idempotency-Key', async () => {
    const send = () => invite().set('Idempotency-Key', 'one').expect(201);
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
    expect(await letters()).toHaveLength(1);
  });

  it.each([
    ['no address', { email: 'somebody' }, 'email'],
    ['two addresses', { email: 'a@example.com,b@example.com' }, 'email'],
    ['no role', { role: undefined }, 'role'],
    ['a workspace that is not there', { workspaces: [{ id: randomUUID(), role: 'viewer' }] }, 'workspaces/0/id'],
    ['a workspace for support', { role: 'support', workspaces: 'mine' }, 'workspaces'],
  ])('are refused for %s', async (_, body, field) => {
    const mine = [{ id: account.workspaceId, role: 'author' }];
    const answer = await invite({
      ...body,
      ...('workspaces' in body && body.workspaces === 'mine' && { workspaces: mine }),
    });
    expectProblem(answer, { status: 422, slug: 'validation-failed', field });
    expect(await letters()).toEqual([]);
  });

  it('to be an owner come from owners alone', async () => {
    const admin = await addTeammate(practice, account, { role: 'admin' });
    expectProblem(await invite({ role: 'owner' }, admin.agent), { status: 403, slug: 'forbidden' });
    const { body } = await invite({ role: 'owner' }).expect(201);
    await admin.agent.post(invitations(`/${body.id}/resend`)).expect(403);
    expect(await letters()).toHaveLength(1);
    await admin.agent.delete(invitations(`/${body.id}`)).expect(204);
  });

  it.each(['support', 'member'] as const)('are not %s’s to make', async (role) => {
    const somebody = await addTeammate(practice, account, { role });
    expectProblem(await invite({}, somebody.agent), { status: 403, slug: 'forbidden' });
  });

  it('are nobody else’s to see, send or withdraw', async () => {
    const { body } = await invite().expect(201);
    const stranger = await practice.api.signUp();
    await stranger.agent.get(invitations()).expect(404);
    for (const path of [invitations(), `/v1/organizations/${stranger.organizationId}/invitations`]) {
      await stranger.agent.post(`${path}/${body.id}/resend`).expect(404);
      await stranger.agent.delete(`${path}/${body.id}`).expect(404);
    }
    expect((await show()).status).toBe(200);
    expect((await show('nothing-like-it')).status).toBe(404);
  });
});
