import request from 'supertest';
import { MailOutbox } from '#kernel';
import { type Agent, type TestAccount } from '../support/api.js';
import { PracticeApi } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

const PER_ADDRESS = 12;
const PER_ACCOUNT = 10;

describe('The doors', () => {
  let practice: PracticeApi;
  beforeAll(async () => {
    practice = await PracticeApi.start({
      SIGN_IN_TRIES_PER_ADDRESS: String(PER_ADDRESS),
      TRUST_PROXY: 'loopback',
    });
  });
  afterAll(() => practice?.close());

  let places = 0;
  /** A browser at an address of its own. */
  function elsewhere(): Agent {
    places += 1;
    return practice.api.agent().set('X-Forwarded-For', `198.51.100.${places}`);
  }

  const logIn = (email: string, password: string, agent = elsewhere()) =>
    agent.post('/v1/auth/login').send({ email, password });

  describe('count tries', () => {
    it('on an account, known or not, and lock both for a while in the same words', async () => {
      const { email, password } = await practice.api.signUp();
      const guess = async (at: string) => {
        const answers = await Promise.all(Array.from({ length: PER_ACCOUNT + 2 }, () => logIn(at, 'a wrong guess')));
        return answers.map(({ status }) => status).sort();
      };
      const refusals = [...Array.from({ length: PER_ACCOUNT }, () => 401), 429, 429];
      expect(await guess(email)).toEqual(refusals);
      expect(await guess('nobody@example.com')).toEqual(refusals);

      const locked = [await logIn(email.toUpperCase(), password), await logIn('nobody@example.com', password)];
      for (const answer of locked) {
        expectProblem(answer, { status: 429, slug: 'too-many-requests' });
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(14 * 60);
        expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(15 * 60);
      }
      expect(locked[0]?.body.detail).toBe(locked[1]?.body.detail);
    });

    it('and let its owner in again with a new password', async () => {
      const { email } = await practice.api.signUp();
      await Promise.all(Array.from({ length: PER_ACCOUNT + 1 }, () => logIn(email, 'a wrong guess')));
      await elsewhere().post('/v1/auth/password-reset').send({ email }).expect(202);
      const mails = await practice.api.app.get(MailOutbox).list();
      const token = /reset-password#([\w-]+)/.exec(mails.find(({ to }) => to.address === email)?.text ?? '')?.[1];
      await elsewhere()
        .post('/v1/auth/password-reset/confirm')
        .send({ token, password: 'an entirely new one' })
        .expect(204);
      await logIn(email, 'an entirely new one').expect(200);
    });

    it('forget them when the owner comes in', async () => {
      const { email, password } = await practice.api.signUp();
      await Promise.all(Array.from({ length: PER_ACCOUNT - 1 }, () => logIn(email, 'a wrong guess').expect(401)));
      await logIn(email, password).expect(200);
      await Promise.all(Array.from({ length: 2 }, () => logIn(email, 'a wrong guess').expect(401)));
    });

    it('from an address, whatever account they are about', async () => {
      const agent = elsewhere();
      const answers = await Promise.all(
        Array.from({ length: PER_ADDRESS + 1 }, (_, index) => logIn(`guess-${index}@example.com`, 'a guess', agent)),
      );
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(PER_ADDRESS);
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(1);
      expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
      await logIn('guess-1@example.com', 'a guess').expect(401);
    });

    it.each([
      ['signup', { email: 'same@example.com', password: 'short', name: 'Eve', organization: 'Same' }, PER_ACCOUNT],
      ['password-reset', { email: 'same@example.com' }, 5],
      ['password-reset/confirm', { token: 'a guess', password: 'an entirely new one' }, PER_ADDRESS],
      ['verify-email', { token: 'a guess' }, PER_ADDRESS],
    ])('of %s', async (route, body, most) => {
      const agent = elsewhere();
      const ask = () => agent.post(`/v1/auth/${route}`).send(body);
      const answers = await Promise.all(Array.from({ length: most }, ask));
      expect(answers.filter(({ status }) => status === 429)).toEqual([]);
      expectProblem(await ask(), { status: 429, slug: 'too-many-requests' });
    });

    it('of codes, for one person', async () => {
      const account = await practice.api.signUp();
      await account.agent.post('/v1/auth/second-factor/begin').send({ password: account.password }).expect(200);
      const ask = () => account.agent.post('/v1/auth/second-factor/confirm').send({ code: '000000' });
      for (let round = 0; round < PER_ACCOUNT; round += 1) await ask().expect(422);
      expectProblem(await ask(), { status: 429, slug: 'too-many-requests' });
    });
  });

  describe('of Facebook', () => {
    /** Goes to the consent page and back, as a browser does, and answers where it ends. */
    async function throughFacebook(
      agent: Agent,
      { person, email, next, decision = 'continue' }: Record<string, string>,
    ): Promise<string> {
      const begun = await agent
        .get('/v1/auth/facebook')
        .query(next ? { next } : {})
        .expect(302);
      const dialog = begun.headers['location'] as string;
      const body = new URLSearchParams({
        decision,
        scope: 'email',
        ...(person && { person }),
        ...(email && { email }),
      });
      const answer = await fetch(dialog, { method: 'POST', body, redirect: 'manual' });
      const back = new URL(answer.headers.get('location') ?? '');
      const ended = await agent.get(back.pathname + back.search).expect(302);
      return ended.headers['location'] as string;
    }

    async function confirmAddress({ userId }: TestAccount): Promise<void> {
      await practice.owner.query('update users set email_verified_at = now() where id = $1', [userId]);
    }

    it('ask who somebody is, at the version of Graph that publishes', async () => {
      const { headers } = await elsewhere().get('/v1/auth/facebook').expect(302);
      const dialog = new URL(headers['location'] ?? '');
      expect(dialog.pathname).toBe('/facebook/www/v26.0/dialog/oauth');
      expect(dialog.searchParams.get('scope')).toBe('email');
      const page = await (await fetch(dialog)).text();
      expect(page).toContain('asks who you are');
      expect(page).not.toContain('Pages');
      const { body } = await elsewhere().get('/v1/auth/options').expect(200);
      expect(body).toEqual({ facebook: { available: true, practice: true }, identity: null });
    });

    it('lead somebody new through signing up, and in at once from then on', async () => {
      const agent = elsewhere();
      const person = { person: 'Newcomer', email: 'newcomer@example.com' };
      expect(await throughFacebook(agent, person)).toBe('/sign-up?facebook=new');
      await agent.get('/v1/me').expect(401);
      const { body } = await agent.get('/v1/auth/options').expect(200);
      expect(body.identity).toEqual({ name: 'Newcomer', email: 'newcomer@example.com' });
      const signUp = { ...body.identity, password: 'a long enough one', organization: 'New' };
      const made = await agent.post('/v1/auth/signup').send(signUp).expect(201);

      const another = elsewhere();
      expect(await throughFacebook(another, { ...person, next: '/attention' })).toBe('/attention');
      const me = await another.get('/v1/me').expect(200);
      expect(me.body.user.id).toBe(made.body.user.id);
      expect((await another.get('/v1/auth/security').expect(200)).body.facebook).toBe(true);

      await another.delete('/v1/auth/facebook').expect(204);
      expect(await throughFacebook(elsewhere(), person)).toBe('/sign-in?facebook=password-first');
    });

    it('open an account that exists only after its password was shown once', async () => {
      const account = await practice.api.signUp();
      await confirmAddress(account);
      const person = { person: 'Somebody known', email: account.email };
      const agent = elsewhere();
      expect(await throughFacebook(agent, person)).toBe('/sign-in?facebook=password-first');
      await agent.get('/v1/me').expect(401);
      await logIn(account.email, 'a wrong guess', agent).expect(401);
      expect(await throughFacebook(elsewhere(), person)).toBe('/sign-in?facebook=password-first');

      await logIn(account.email, account.password, agent).expect(200);
      const another = elsewhere();
      expect(await throughFacebook(another, person)).toBe('/');
      await another
        .get('/v1/me')
        .expect(200)
        .expect(({ body }) => expect(body.user.id).toBe(account.userId));
      const { rows } = await practice.owner.query(
        `select details from audit_log where organization_id = $1 and operation = 'linkFacebook'`,
        [account.organizationId],
      );
      expect(rows).toEqual([{ details: { provider: 'facebook-practice' } }]);
    });

    it.each<[string, (account: TestAccount) => Promise<string>]>([
      ['another address', async (account) => confirmAddress(account).then(() => 'another@example.com')],
      ['an address that nobody confirmed', async ({ email }) => email],
    ])('link nobody with %s', async (_, addressOf) => {
      const account = await practice.api.signUp();
      const person = { person: `Near ${account.email}`, email: await addressOf(account) };
      const agent = elsewhere();
      await throughFacebook(agent, person);
      await logIn(account.email, account.password, agent).expect(200);
      const again = elsewhere();
      await throughFacebook(again, person);
      await again.get('/v1/me').expect(401);
    });

    it('ask for the second factor as well', async () => {
      const account = await practice.api.signUp();
      await confirmAddress(account);
      const person = { person: 'Careful', email: account.email };
      const agent = elsewhere();
      await throughFacebook(agent, person);
      await logIn(account.email, account.password, agent).expect(200);
      await practice.owner.query('update users set second_factor_at = now() where id = $1', [account.userId]);
      const another = elsewhere();
      expect(await throughFacebook(another, { ...person, next: '/settings' })).toBe(
        '/sign-in?step=code&next=%2Fsettings',
      );
      await another.get('/v1/me').expect(401);
    });

    it('take no answer that this browser did not ask for, and none twice', async () => {
      const [mine, theirs] = [elsewhere(), elsewhere()];
      const { headers } = await mine.get('/v1/auth/facebook').expect(302);
      const body = new URLSearchParams({ decision: 'continue', scope: 'email' });
      const answer = await fetch(headers['location'] ?? '', { method: 'POST', body, redirect: 'manual' });
      const back = new URL(answer.headers.get('location') ?? '');
      const come = async (agent: Agent) =>
        (await agent.get(back.pathname + back.search).expect(302)).headers['location'];
      expect(await come(theirs)).toBe('/sign-in?facebook=again');
      expect(await come(mine)).toMatch(/^\/sign-(up|in)\?facebook=(new|password-first)$/);
      expect(await come(mine)).toBe('/sign-in?facebook=again');
    });

    it('lead back to signing in for whoever declines, and never to another site', async () => {
      expect(await throughFacebook(elsewhere(), { decision: 'cancel' })).toBe('/sign-in?facebook=declined');
      for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
        await elsewhere().get('/v1/auth/facebook').query({ next }).expect(422);
      }
    });

    it('leave a connection to practice Pages as it was', async () => {
      const { sandbox } = practice;
      const dialogUrl = async (scope: string) => {
        const { headers } = await elsewhere().get('/v1/auth/facebook').expect(302);
        const dialog = new URL(headers['location'] ?? '');
        dialog.searchParams.set('scope', scope);
        return dialog;
      };
      const agree = async (dialog: URL, fields: [string, string][]) =>
        fetch(dialog, {
          method: 'POST',
          body: new URLSearchParams([['decision', 'continue'], ['person', 'Page owner'], ...fields]),
          redirect: 'manual',
        });
      await agree(await dialogUrl('pages_show_list'), [
        ['scope', 'pages_show_list'],
        ['page', 'Practice Bikes'],
      ]);
      await agree(await dialogUrl('email'), [['scope', 'email']]);
      const granted = sandbox
        .world('facebook')
        .collection<{ name: string; scopes: string[]; pages: string[] }>('grants')
        .entries()
        .map(([, grant]) => grant)
        .find(({ name }) => name === 'Page owner');
      expect(granted?.scopes).toEqual(expect.arrayContaining(['pages_show_list', 'email']));
      expect(granted?.pages).toHaveLength(1);
    });
  });

  it('has no door of Facebook where neither an app nor the practice networks are there', async () => {
    const { config } = practice.api.kernel;
    const before = config.sandbox.enabled;
    config.sandbox.enabled = false;
    try {
      const { body } = await request(practice.api.url).get('/v1/auth/options').expect(200);
      expect(body.facebook).toEqual({ available: false, practice: false });
      expectProblem(await elsewhere().get('/v1/auth/facebook'), { status: 404, slug: 'not-found' });
    } finally {
      config.sandbox.enabled = before;
    }
  });
});
