import { Secret, TOTP } from 'otpauth';
import pg from 'pg';
import request from 'supertest';
import { hashToken, MailOutbox, systemClock } from '#kernel';
import { type Agent, startTestApi, type TestAccount, type TestApi } from '../support/api.js';
import { expectProblem } from '../support/problems.js';

const HALF_MINUTE_MS = 30_000;
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

describe('Signing in', () => {
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

  async function audit(organizationId: string): Promise<Record<string, unknown>[]> {
    const { rows } = await owner.query(
      `select operation, user_id, name, via, details, ip from audit_log
        where organization_id = $1 and via = 'sign-in' order by at, id`,
      [organizationId],
    );
    return rows;
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

  describe('with a forgotten password', () => {
    it('goes on with a new one, once, and ends every session', async () => {
      const account = await api.signUp();
      const token = await askForReset(account.email);
      const { password } = account;
      const confirm = (given: string) =>
        api.agent().post('/v1/auth/password-reset/confirm').send({ token: given, password: 'an entirely new one' });

      // A bad choice costs nothing: the link still works.
      const weak = await api.agent().post('/v1/auth/password-reset/confirm').send({ token, password: 'short' });
      expectProblem(weak, { status: 422, slug: 'validation-failed', field: 'password' });
      await account.agent.get('/v1/me').expect(200);

      await confirm(token).expect(204);
      await account.agent.get('/v1/me').expect(401);
      expectProblem(await confirm(token), { status: 410, slug: 'gone' });
      await logIn({ email: account.email, password }).expect(401);
      await logIn({ email: account.email, password: 'an entirely new one' }).expect(200);
      expect((await mailsTo(account.email)).map(({ subject }) => subject)).toContain('Your password was changed');
    });

    it('keeps no token that could be read, and takes none that is old, another or for something else', async () => {
      const account = await api.signUp();
      const [first, second] = [await askForReset(account.email), await askForReset(account.email)];
      const stored = await owner.query<{ token_hash: string }>(
        `select *, extract(epoch from expires_at - now()) / 60 as minutes from mailed_tokens
          where user_id = $1 and purpose = 'password-reset'`,
        [account.userId],
      );
      expect(stored.rows).toMatchObject([{ token_hash: hashToken(second) }]);
      expect(Number((stored.rows[0] as unknown as { minutes: string }).minutes)).toBeCloseTo(60, 0);
      expect(JSON.stringify(stored.rows)).not.toContain(second);

      const confirm = (token: string) =>
        api.agent().post('/v1/auth/password-reset/confirm').send({ token, password: 'an entirely new one' });
      await confirm(first).expect(410);
      await confirm(await mailedToken(account.email, '/verify-email')).expect(410);
      await owner.query('update mailed_tokens set expires_at = now() where user_id = $1', [account.userId]);
      await confirm(second).expect(410);
      await logIn(account).expect(200);
    });

    it('tells nobody whether there is an account', async () => {
      const { email } = await api.signUp();
      const timed = async (to: string) => {
        const began = performance.now();
        const answer = await api.agent().post('/v1/auth/password-reset').send({ email: to });
        const { 'x-request-id': _id, date: _date, ...headers } = answer.headers as Record<string, string>;
        return { answer: { status: answer.status, text: answer.text, headers }, ms: performance.now() - began };
      };
      const [known, unknown] = [await timed(email), await timed('nobody-at-all@example.com')];
      expect(known.answer).toEqual(unknown.answer);
      expect(known.answer.status).toBe(202);
      // Both wait for the same moment, long after whatever either of them does.
      expect(Math.min(known.ms, unknown.ms)).toBeGreaterThanOrEqual(299);
      expect(await mailsTo('nobody-at-all@example.com')).toEqual([]);
    });
  });

  describe('with a changed password', () => {
    it('needs the old one, and ends the other sessions alone', async () => {
      const account = await api.signUp();
      const other = api.agent();
      await logIn(account, other).expect(200);
      const change = (currentPassword: string, newPassword: string) =>
        account.agent.post('/v1/auth/password').send({ currentPassword, newPassword });

      const wrong = await change('not the old one', 'an entirely new one');
      expectProblem(wrong, { status: 422, slug: 'validation-failed', field: 'currentPassword' });
      expectProblem(await change(account.password, 'short'), {
        status: 422,
        slug: 'validation-failed',
        field: 'newPassword',
      });
      await other.get('/v1/me').expect(200);

      await change(account.password, 'an entirely new one').expect(204);
      await account.agent.get('/v1/me').expect(200);
      await other.get('/v1/me').expect(401);
      await logIn({ ...account, password: 'an entirely new one' }).expect(200);
    });

    it('is nothing for an API key', async () => {
      const { apiKey, password } = await api.signUp();
      const answer = await request(api.url)
        .post('/v1/auth/password')
        .set('Authorization', `Bearer ${apiKey}`)
        .send({ currentPassword: password, newPassword: 'an entirely new one' });
      expectProblem(answer, { status: 403, slug: 'forbidden' });
    });
  });

  describe('the e-mail address', () => {
    const isVerified = async (agent: Agent) =>
      (await agent.get('/v1/auth/security').expect(200)).body.emailVerified as boolean;

    it('is confirmed by the link that came with signing up, once', async () => {
      const { agent, email } = await api.signUp();
      expect(await isVerified(agent)).toBe(false);
      const token = await mailedToken(email, '/verify-email');
      await api.agent().post('/v1/auth/verify-email').send({ token }).expect(204);
      expect(await isVerified(agent)).toBe(true);
      expectProblem(await api.agent().post('/v1/auth/verify-email').send({ token }), { status: 410, slug: 'gone' });
    });

    it('gets another link when it is asked for, which ends the first', async () => {
      const { agent, email, userId } = await api.signUp();
      const first = await mailedToken(email, '/verify-email');
      await agent.post('/v1/auth/verify-email/resend').expect(202);
      const second = await mailedToken(email, '/verify-email');
      const { rows } = await owner.query<{ hours: string }>(
        'select extract(epoch from expires_at - now()) / 3600 as hours from mailed_tokens where user_id = $1',
        [userId],
      );
      expect(Number(rows[0]?.hours)).toBeCloseTo(72, 1);
      await api.agent().post('/v1/auth/verify-email').send({ token: first }).expect(410);
      await api.agent().post('/v1/auth/verify-email').send({ token: second }).expect(204);
      await agent.post('/v1/auth/verify-email/resend').expect(202);
      expect(await mailsTo(email)).toHaveLength(2);
      expect(await isVerified(agent)).toBe(true);
    });
  });

  describe('sessions', () => {
    it('are listed with what people know them by, and ended one by one or all others', async () => {
      const account = await api.signUp();
      const [laptop, phone, third] = [api.agent(), api.agent(), api.agent()];
      await logIn(account, laptop.set('User-Agent', FIREFOX)).expect(200);
      await logIn(account, phone.set('User-Agent', SAFARI)).expect(200);
      await logIn(account, third).expect(200);

      const list = async (agent: Agent) => (await agent.get('/v1/auth/sessions').expect(200)).body.data;
      const seen = await list(laptop);
      expect(seen).toHaveLength(4);
      expect(seen[0]).toEqual({
        id: expect.any(String),
        device: 'Firefox on Windows',
        ip: '127.0.0.1',
        signedInAt: expect.any(String),
        lastSeenAt: expect.any(String),
        current: true,
      });
      const ofPhone = seen.find(({ device }: { device: string }) => device === 'Safari on iPhone');
      expect(ofPhone).toMatchObject({ current: false });

      const stranger = await api.signUp();
      await stranger.agent.delete(`/v1/auth/sessions/${ofPhone.id}`).expect(404);
      await phone.get('/v1/me').expect(200);
      await laptop.delete(`/v1/auth/sessions/${ofPhone.id}`).expect(204);
      await phone.get('/v1/me').expect(401);
      await laptop.delete(`/v1/auth/sessions/${ofPhone.id}`).expect(404);

      await laptop.delete('/v1/auth/sessions').expect(204);
      await third.get('/v1/me').expect(401);
      await account.agent.get('/v1/me').expect(401);
      expect(await list(laptop)).toMatchObject([{ current: true }]);
      await stranger.agent.get('/v1/me').expect(200);
    });
  });

  describe('the audit log', () => {
    it('tells who came in, who tried, and what was changed, in each organization of the person', async () => {
      const account = await api.signUp();
      const second = await api.signUp();
      await owner.query(`insert into members (organization_id, user_id, role) values ($1, $2, 'admin')`, [
        second.organizationId,
        account.userId,
      ]);
      await logIn({ ...account, password: 'a wrong guess' }).expect(401);
      await logIn(account, account.agent).expect(200);
      await account.agent
        .post('/v1/auth/password')
        .send({ currentPassword: account.password, newPassword: 'an entirely new one' })
        .expect(204);
      const { secret } = await turnOn({ ...account, password: 'an entirely new one' });
      const agent = api.agent();
      await logIn({ ...account, password: 'an entirely new one' }, agent).expect(200);
      await agent.post('/v1/auth/second-factor').send({ code: '000000' }).expect(422);
      await agent
        .post('/v1/auth/second-factor')
        .send({ code: codeOf(secret) })
        .expect(200);

      const [stranger, person] = [
        { user_id: null, name: 'Somebody', ip: '127.0.0.1' },
        { user_id: account.userId, name: expect.stringMatching(/^Person/), ip: '127.0.0.1' },
      ];
      const story = [
        { operation: 'logIn', details: { failed: 'wrong password' }, ...stranger },
        { operation: 'logIn', details: { by: 'password' }, ...person },
        { operation: 'changePassword', ...person },
        { operation: 'confirmSecondFactor', ...person },
        { operation: 'logIn', details: { failed: 'wrong second factor' }, ...stranger },
        { operation: 'logIn', details: { by: 'password and second factor' }, ...person },
      ];
      expect(await audit(account.organizationId)).toMatchObject(story);
      expect(await audit(second.organizationId)).toMatchObject(story);
    });
  });
});
