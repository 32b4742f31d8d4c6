import { Secret, TOTP } from 'otpauth';
import pg from 'pg';
import request from 'supertest';
import { MailOutbox, systemClock } from '#kernel';
import { startTestApi, type TestAccount, type TestApi } from '../support/api.js';
import { expectProblem } from '../support/problems.js';

const HALF_MINUTE_MS = 30_000;

describe('A second factor', () => {
  let api: TestApi;
  let owner: pg.Client;
  /** How far the clock of the API is ahead, in milliseconds. */
  let ahead = 0;
  beforeAll(async () => {
    const clock = { ...systemClock, now: () => new Date(Date.now() + ahead) };
    api = await startTestApi({ kernel: { clock } });
    owner = new pg.Client({ connectionString: api.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner?.end();
    await api?.close();
  });

  const logIn = (account: { email: string; password: string }, agent = api.agent()) =>
    agent.post('/v1/auth/login').send({ email: account.email, password: account.password });

  async function mailsTo(email: string) {
    const mails = await api.app.get(MailOutbox).list();
    return mails.filter(({ to }) => to.address === email);
  }

  /** The token in the newest mail that leads to an address of the web. */
  async function mailedToken(email: string, path: string): Promise<string> {
    for (const { text } of await mailsTo(email)) {
      const token = new RegExp(`${path}#([\\w-]+)`).exec(text)?.[1];
      if (token) return token;
    }
    throw new Error(`No mail to ${email} leads to ${path}.`);
  }

  async function askForReset(email: string): Promise<string> {
    await api.agent().post('/v1/auth/password-reset').send({ email }).expect(202);
    return mailedToken(email, '/reset-password');
  }

  /** A code as the person's app shows it. @param later how many half minutes from the clock of the API */
  function codeOf(secret: string, later = 0): string {
    const timestamp = Date.now() + ahead + later * HALF_MINUTE_MS;
    return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
  }

  async function turnOn({ agent, password }: TestAccount) {
    const begun = await agent.post('/v1/auth/second-factor/begin').send({ password }).expect(200);
    const { secret } = begun.body as { secret: string };
    const confirmed = await agent
      .post('/v1/auth/second-factor/confirm')
      .send({ code: codeOf(secret) })
      .expect(200);
    // What follows is typed from the next code on.
    ahead += HALF_MINUTE_MS;
    return { secret, begun: begun.body, recoveryCodes: confirmed.body.recoveryCodes as string[] };
  }

  describe('in two steps', () => {
    it('is set up with an app, and then asks for its code under a session that can do nothing else', async () => {
      const account = await api.signUp();
      const { secret, begun, recoveryCodes } = await turnOn(account);
      expect(begun.qrCode).toMatch(/^<svg /);
      expect(begun.address).toContain(`secret=${secret}`);
      expect(new Set(recoveryCodes).size).toBe(10);

      const agent = api.agent();
      const first = await logIn(account, agent).expect(200);
      expect(first.body).toEqual({ secondFactor: true });
      await agent.get('/v1/me').expect(401);
      await agent.post('/v1/auth/second-factor/begin').send({ password: account.password }).expect(401);

      const before = await agent.post('/v1/auth/second-factor').send({ code: '000000' });
      expectProblem(before, { status: 422, slug: 'validation-failed', field: 'code' });
      const entered = await agent
        .post('/v1/auth/second-factor')
        .send({ code: codeOf(secret) })
        .expect(200);
      expect(entered.body).toMatchObject({ secondFactor: false, user: { id: account.userId } });
      const cookieOf = (answer: request.Response) => (answer.headers['set-cookie'] as unknown as string[])[0];
      expect(cookieOf(entered)?.split(';')[0]).not.toBe(cookieOf(first)?.split(';')[0]);
      await agent.get('/v1/me').expect(200);
      await request(api.url)
        .get('/v1/me')
        .set('Cookie', cookieOf(first) ?? '')
        .expect(401);
    });

    it('takes no code twice, also not in the same half minute', async () => {
      const account = await api.signUp();
      const { secret } = await turnOn(account);
      const code = codeOf(secret);
      const enter = async () => {
        const agent = api.agent();
        await logIn(account, agent).expect(200);
        return agent.post('/v1/auth/second-factor').send({ code });
      };
      expect((await enter()).status).toBe(200);
      expectProblem(await enter(), { status: 422, slug: 'validation-failed', field: 'code' });
    });

    it('takes each recovery code once, and keeps none readable', async () => {
      const account = await api.signUp();
      const { secret, recoveryCodes } = await turnOn(account);
      const [code = ''] = recoveryCodes;
      const enter = async (given: string) => {
        const agent = api.agent();
        await logIn(account, agent).expect(200);
        return agent.post('/v1/auth/second-factor').send({ code: given });
      };
      expect((await enter(` ${code.toUpperCase()} `)).status).toBe(200);
      expect((await enter(code)).status).toBe(422);
      const { body } = await account.agent.get('/v1/auth/security').expect(200);
      expect(body).toMatchObject({ recoveryCodes: 9, secondFactorSince: expect.any(String) });
      const kept = await owner.query(
        'select * from second_factors f join recovery_codes c on c.user_id = f.user_id where f.user_id = $1',
        [account.userId],
      );
      expect(kept.rowCount).toBe(9);
      for (const readable of [secret, ...recoveryCodes]) expect(JSON.stringify(kept.rows)).not.toContain(readable);

      const renewed = await account.agent
        .post('/v1/auth/second-factor/recovery-codes')
        .send({ password: account.password })
        .expect(200);
      expect((await enter(recoveryCodes[1] ?? '')).status).toBe(422);
      expect((await enter(renewed.body.recoveryCodes[0])).status).toBe(200);
    });

    it('is turned on by a code alone, ends other sessions, and is turned off by the password', async () => {
      const account = await api.signUp();
      const other = api.agent();
      await logIn(account, other).expect(200);
      const { agent, password } = account;
      const guess = await agent.post('/v1/auth/second-factor/begin').send({ password: 'a guess' });
      expectProblem(guess, { status: 422, slug: 'validation-failed', field: 'password' });
      await agent.post('/v1/auth/second-factor/begin').send({ password }).expect(200);
      await logIn(account)
        .expect(200)
        .expect(({ body }) => expect(body.secondFactor).toBe(false));
      await turnOn(account);
      await other.get('/v1/me').expect(401);
      await agent.post('/v1/auth/second-factor/begin').send({ password }).expect(409);

      await agent.post('/v1/auth/second-factor/remove').send({ password: 'a guess' }).expect(422);
      await agent.post('/v1/auth/second-factor/remove').send({ password }).expect(204);
      await logIn(account)
        .expect(200)
        .expect(({ body }) => expect(body.secondFactor).toBe(false));
      const subjects = (await mailsTo(account.email)).map(({ subject }) => subject);
      expect(subjects).toEqual(expect.arrayContaining(['Two-step sign-in is on', 'Two-step sign-in is off']));
    });

    it('ends for whoever waits at the code when the password is reset', async () => {
      const account = await api.signUp();
      const { secret } = await turnOn(account);
      const waiting = api.agent();
      await logIn(account, waiting).expect(200);
      const token = await askForReset(account.email);
      const body = { token, password: 'an entirely new one' };
      await api.agent().post('/v1/auth/password-reset/confirm').send(body).expect(204);
      await waiting
        .post('/v1/auth/second-factor')
        .send({ code: codeOf(secret) })
        .expect(401);
      // The new password does not do without the app.
      await logIn({ ...account, password: body.password })
        .expect(200)
        .expect(({ body: answer }) => expect(answer).toEqual({ secondFactor: true }));
    });
  });

  describe('an organization that asks for a second factor', () => {
    it('lets whoever has none do nothing but set one up', async () => {
      const account = await api.signUp();
      const colleague = await api.signUp();
      await owner.query(`update members set organization_id = $1, role = 'admin' where user_id = $2`, [
        account.organizationId,
        colleague.userId,
      ]);
      await logIn(colleague, colleague.agent).expect(200);
      const path = `/v1/organizations/${account.organizationId}/second-factor`;
      expectProblem(await account.agent.put(path).send({ required: true }), { status: 409, slug: 'conflict' });
      await turnOn(account);
      await account.agent.put(path).send({ required: true }).expect(204);

      for (const route of ['/v1/me', '/v1/workspaces', '/v1/auth/sessions']) {
        expectProblem(await colleague.agent.get(route), { status: 403, slug: 'second-factor-required' });
      }
      await colleague.agent.post('/v1/api-keys').send({ name: 'a way around' }).expect(403);
      const { body } = await colleague.agent.get('/v1/auth/security').expect(200);
      expect(body).toMatchObject({ secondFactorRequired: true, secondFactorSince: null });

      await turnOn(colleague);
      await colleague.agent.get('/v1/me').expect(200);
      const off = await colleague.agent.post('/v1/auth/second-factor/remove').send({ password: colleague.password });
      expectProblem(off, { status: 409, slug: 'conflict' });

      await account.agent.put(path).send({ required: false }).expect(204);
      await colleague.agent.post('/v1/auth/second-factor/remove').send({ password: colleague.password }).expect(204);
    });

    it('is asked by its own owners and admins', async () => {
      const [mine, theirs] = [await api.signUp(), await api.signUp()];
      const path = `/v1/organizations/${theirs.organizationId}/second-factor`;
      await mine.agent.put(path).send({ required: false }).expect(404);
      await owner.query(`update members set role = 'member' where user_id = $1`, [theirs.userId]);
      await theirs.agent.put(path).send({ required: false }).expect(403);
    });
  });
});
