import request from 'supertest';
import { type TestAccount } from '../support/api.js';
import { expectProblem } from '../support/problems.js';
import { PracticeApi } from '../support/practice-api.js';

const SECRET = 'whsec_Y2xpY2twb3N0LXByYWN0aWNlLXdlYmhvb2stc2VjcmV0';

describe('connections', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  beforeAll(async () => {
    practice = await PracticeApi.start();
  });
  beforeEach(async () => {
    account = await practice.api.signUp();
  });
  afterAll(() => practice?.close());

  const connect = (body: object, workspaceId = account.workspaceId) =>
    practice.as(account).post(`/v1/workspaces/${workspaceId}/connections`).send(body);
  const otherWorkspace = async (): Promise<string> => {
    const { body } = await practice.as(account).post('/v1/workspaces').send({ name: 'Another brand' }).expect(201);
    return body.id;
  };

  describe('by credentials', () => {
    it.each(['bluesky', 'mastodon', 'webhook'])('connects the practice account of %s', async (platform) => {
      const { body } = await connect({ platform, practice: true }).expect(201);
      expect(body).toMatchObject({ status: 'connected', platform, practice: true, failure: null });
      expect(body.account.id).toEqual(expect.any(String));
      expect(body.channels).toEqual([{ id: expect.any(String), platform, name: expect.any(String) }]);
      expect(JSON.stringify(body)).not.toMatch(/whsec_|accessJwt|"practice"\s*:\s*"/);

      const listed = await practice.as(account).get(`/v1/workspaces/${account.workspaceId}/connections`).expect(200);
      expect(listed.body.data).toEqual([body]);
      await practice.as(account).get(`/v1/connections/${body.id}`).expect(200, body);
      const channels = await practice.as(account).get(`/v1/workspaces/${account.workspaceId}/channels`).expect(200);
      expect(channels.body.data).toEqual([
        expect.objectContaining({ ...body.channels[0], connectionId: body.id, practice: true, health: 'healthy' }),
      ]);
    });

    it('connects an account of one’s own on the practice network and marks it as practice', async () => {
      const credentials = {
        service: `${practice.sandbox.origin}/bluesky`,
        identifier: 'me.bsky.test',
        password: 'practice',
      };
      const { body } = await connect({ platform: 'bluesky', credentials }).expect(201);
      expect(body).toMatchObject({ practice: true, account: { handle: 'me.bsky.test' } });
    });

    it('renews the connection of an account that is connected again', async () => {
      const first = await connect({ platform: 'mastodon', practice: true }).expect(201);
      await practice.as(account).delete(`/v1/connections/${first.body.id}`).expect(204);
      const gone = await practice.as(account).get(`/v1/connections/${first.body.id}`).expect(200);
      expect(gone.body.status).toBe('disconnected');
      const second = await connect({ platform: 'mastodon', practice: true }).expect(201);
      const { health, ...rest } = first.body;
      expect(second.body).toEqual({ ...rest, health: { ...health, lastSuccessAt: expect.any(String) } });
    });

    it('deletes the credentials with the connection, and hands them to a job that gives them back', async () => {
      const { body } = await connect({ platform: 'mastodon', practice: true }).expect(201);
      await practice.as(account).delete(`/v1/connections/${body.id}`).expect(204);
      const { rows } = await practice.owner.query(
        `select c.credentials, (select count(*)::int from outbox where topic = 'connection.disconnected'
           and payload->>'connectionId' = c.id::text) as jobs from connections c where id = $1`,
        [body.id],
      );
      expect(rows).toEqual([{ credentials: null, jobs: 1 }]);
    });

    it('stores two sign-ins of one account at the same moment as one connection', async () => {
      const requests = Array.from({ length: 4 }, () => connect({ platform: 'mastodon', practice: true }));
      const answers = await practice.atOnce('connections', requests);
      expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect(new Set(answers.map((answer) => answer.body.channels[0].id)).size).toBe(1);
    });
  });

  describe('that are refused change nothing', () => {
    const refused = async (body: object, field: string, slug = 'connection-refused') => {
      const before = await practice.counts();
      const answer = await connect(body);
      expectProblem(answer, { status: 422, slug, field });
      expect(await practice.counts()).toEqual(before);
      return answer;
    };
    const bluesky = (password: string) => ({
      platform: 'bluesky',
      credentials: { service: `${practice.sandbox.origin}/bluesky`, identifier: 'practice.bsky.test', password },
    });
    const webhook = (url: string) => ({ platform: 'webhook', credentials: { url, secret: SECRET } });

    it('a wrong app password, without repeating it', async () => {
      const answer = await refused(bluesky('wrong-hunter2'), 'credentials/password');
      expect(answer.text).not.toContain('hunter2');
      expect(answer.body.failure).toMatchObject({ kind: 'auth' });
    });

    it('an instance that cannot be reached', async () => {
      const credentials = { instance: 'https://instance.invalid', accessToken: 'token' };
      await refused({ platform: 'mastodon', credentials }, 'credentials/instance');
    });

    it('an address that is no instance', async () => {
      const credentials = { instance: `${practice.sandbox.origin}/nothing-here`, accessToken: 'token' };
      await refused({ platform: 'mastodon', credentials }, 'credentials/instance');
    });

    it.each([
      'http://127.0.0.1:8081/hook',
      'http://localhost:8081/hook',
      'http://10.0.0.1/hook',
      'http://192.168.1.1/hook',
      'http://169.254.169.254/latest/meta-data',
      'http://2130706433/hook',
      'http://0x7f.1/hook',
      'http://0/hook',
      'http://[::1]/hook',
      'http://[::ffff:127.0.0.1]/hook',
      'http://[fd00::1]/hook',
    ])('the private address %s', async (url) => {
      const answer = await refused(webhook(url), 'credentials/url');
      expect(answer.body.errors[0].rule).toBe('private-address');
    });

    it('the port beside the practice network', async () => {
      const url = new URL(practice.sandbox.origin);
      url.port = new URL(practice.api.url).port;
      await refused(webhook(`${url.href}hook`), 'credentials/url');
    });

    it.each([['ftp://example.com/hook'], ['not an address']])('the address %s', async (url) => {
      await refused(webhook(url), 'credentials/url', 'validation-failed');
    });

    it('a practice connection to a place that is none', async () => {
      const credentials = { service: 'https://bsky.social' };
      await refused({ platform: 'bluesky', practice: true, credentials }, 'credentials/service', 'validation-failed');
    });

    it('a missing credential', () =>
      refused({ platform: 'mastodon', credentials: {} }, 'credentials/instance', 'validation-failed'));
    it('an unknown credential', () =>
      refused(
        { platform: 'bluesky', practice: true, credentials: { token: 'x' } },
        'credentials/token',
        'validation-failed',
      ));
    it('a credential that is no text', () =>
      refused({ platform: 'bluesky', credentials: { password: 7 } }, 'credentials', 'validation-failed'));
    it('an unknown platform', () => refused({ platform: 'myspace' }, 'platform', 'validation-failed'));
    it('credentials for a consent page', () =>
      refused({ platform: 'facebook', credentials: { token: 'x' } }, 'credentials', 'validation-failed'));
    it('a platform that has no app here', () => refused({ platform: 'facebook' }, 'platform', 'unprocessable'));
  });

  describe('of one account in two workspaces', () => {
    it('are refused until somebody says yes', async () => {
      const first = await connect({ platform: 'mastodon', practice: true }).expect(201);
      const second = await otherWorkspace();
      const before = await practice.counts();
      const answer = await connect({ platform: 'mastodon', practice: true }, second);
      expectProblem(answer, { status: 409, slug: 'conflict', field: 'acceptShared' });
      expect(await practice.counts()).toEqual(before);

      const agreed = await connect({ platform: 'mastodon', practice: true, acceptShared: true }, second).expect(201);
      expect(agreed.body.id).toBe(first.body.id);
      expect(agreed.body.channels).toHaveLength(1);
      expect(agreed.body.channels[0].id).not.toBe(first.body.channels[0].id);
      // Agreed to once: signing in again is no new question.
      await connect({ platform: 'mastodon', practice: true }, second).expect(201);
      await connect({ platform: 'mastodon', practice: true }).expect(201);
    });
  });

  describe('by a consent page', () => {
    const start = (body: object = {}) =>
      account.agent
        .post(`/v1/workspaces/${account.workspaceId}/connections`)
        .send({ platform: 'facebook', practice: true, ...body });

    /** Answers the consent page as a person would, and gives the address that it leads back to. */
    const answerConsent = async (authorizationUrl: string, decision: 'continue' | 'cancel'): Promise<string> => {
      const page = await fetch(authorizationUrl);
      const html = await page.text();
      const form = new URLSearchParams({ decision, person: 'Practice Person' });
      for (const [, name = '', value = ''] of html.matchAll(/type="checkbox" name="(\w+)" value="([^"]+)"/g)) {
        form.append(name, value);
      }
      const answer = await fetch(authorizationUrl, { method: 'POST', body: form, redirect: 'manual' });
      expect(answer.status).toBe(302);
      const { pathname, search } = new URL(answer.headers.get('location') ?? '');
      return `${pathname}${search}`;
    };

    it('lists the Pages as channels, and tells the person in a page', async () => {
      const started = await start().expect(201);
      expect(started.body).toMatchObject({ status: 'authorizing', practice: true, account: null, channels: [] });
      const back = await answerConsent(started.body.authorizationUrl, 'continue');
      expect(back).toMatch(/^\/v1\/oauth\/facebook\/callback\?/);
      const page = await account.agent.get(back).set('accept', 'text/html,*/*;q=0.8').expect(200);
      expect(page.headers['content-type']).toMatch(/^text\/html/);

      const { body } = await account.agent.get(`/v1/connections/${started.body.id}`).expect(200);
      expect(body).toMatchObject({ id: started.body.id, status: 'connected', account: { name: 'Practice Person' } });
      expect(body.channels.length).toBeGreaterThan(0);
      for (const channel of body.channels) expect(page.text).toContain(channel.name);
      expect(page.text).toContain('close this window');

      const again = await account.agent.get(back).set('accept', 'text/html');
      expect(again.status).toBe(410);
      expect(again.text).toContain('already used');
      expectProblem(await account.agent.get(back), { status: 410, slug: 'gone' });
    });

    it('answers programs in JSON', async () => {
      const started = await practice
        .as(account)
        .post(`/v1/workspaces/${account.workspaceId}/connections`)
        .send({ platform: 'facebook', practice: true })
        .expect(201);
      const back = await answerConsent(started.body.authorizationUrl, 'continue');
      // Begun by a program: whoever holds the state may finish it.
      const { body } = await request(practice.api.url).get(back).expect(200);
      expect(body).toMatchObject({ id: started.body.id, status: 'connected' });
    });

    it('says so when the permission was declined, also to whoever waits for the connection', async () => {
      const started = await start().expect(201);
      const back = await answerConsent(started.body.authorizationUrl, 'cancel');
      const page = await account.agent.get(back).set('accept', 'text/html');
      expect(page.status).toBe(422);
      expect(page.text).toContain('declined');
      expect(page.text).toContain('Begin the connection again');
      const { body } = await account.agent.get(`/v1/connections/${started.body.id}`).expect(200);
      expect(body).toMatchObject({ status: 'authorizing', channels: [], failure: { kind: 'permission' } });
      await account.agent.delete(`/v1/connections/${started.body.id}`).expect(204);
      await account.agent.get(`/v1/connections/${started.body.id}`).expect(404);
    });

    it('cannot be finished from another session, nor without one', async () => {
      const stranger = await practice.api.signUp();
      for (const agent of [stranger.agent, practice.api.agent()]) {
        const started = await start().expect(201);
        const back = await answerConsent(started.body.authorizationUrl, 'continue');
        expectProblem(await agent.get(back), { status: 403, slug: 'forbidden' });
        const { body } = await account.agent.get(`/v1/connections/${started.body.id}`).expect(200);
        expect(body.channels).toEqual([]);
      }
    });

    it.each([
      ['none'],
      ['an invented one', 'state=invented'],
      ['one with an id that is none', `state=${'-'.repeat(36)}.own.x`],
      ['a list', 'state=a&state=b'],
    ])('refuses a state that is %s', async (_, query = '') => {
      const answer = await account.agent.get(`/v1/oauth/facebook/callback?code=x&${query}`);
      expectProblem(answer, { status: 410, slug: 'gone' });
    });

    it('refuses a code that the platform did not give', async () => {
      const started = await start().expect(201);
      const state = new URL(started.body.authorizationUrl).searchParams.get('state') ?? '';
      const answer = await account.agent.get('/v1/oauth/facebook/callback').query({ state, code: 'invented' });
      expectProblem(answer, { status: 422, slug: 'connection-refused', field: 'platform' });
    });

    it('asks about Pages that another workspace has, and takes the yes that was said at the start', async () => {
      const first = await start().expect(201);
      await account.agent.get(await answerConsent(first.body.authorizationUrl, 'continue')).expect(200);
      const second = await otherWorkspace();
      const begin = (body: object) =>
        account.agent
          .post(`/v1/workspaces/${second}/connections`)
          .send({ platform: 'facebook', practice: true, ...body })
          .expect(201);
      const unasked = await answerConsent((await begin({})).body.authorizationUrl, 'continue');
      expectProblem(await account.agent.get(unasked), { status: 409, slug: 'conflict', field: 'acceptShared' });
      const { authorizationUrl } = (await begin({ acceptShared: true })).body;
      const { body } = await account.agent.get(await answerConsent(authorizationUrl, 'continue')).expect(200);
      expect(body.channels.length).toBeGreaterThan(0);
    });

    it('begins once for one Idempotency-Key', async () => {
      const before = await practice.counts();
      const first = await start().set('idempotency-key', 'facebook-1').expect(201);
      const second = await start().set('idempotency-key', 'facebook-1').expect(201);
      expect(second.body).toEqual(first.body);
      expect((await practice.counts())['oauth_flows']).toBe((before['oauth_flows'] ?? 0) + 1);
    });
  });

  describe('channels', () => {
    it('are paused and resumed, each as often as one likes', async () => {
      const channel = await practice.connect(account);
      for (const [verb, paused] of [
        ['pause', true],
        ['pause', true],
        ['resume', false],
        ['resume', false],
      ] as const) {
        const { body } = await practice.as(account).post(`/v1/channels/${channel.id}/${verb}`).expect(200);
        expect(body).toMatchObject({ id: channel.id, paused });
      }
    });

    const listed = () => ({
      platform: 'bluesky',
      credentials: {
        service: `${practice.sandbox.origin}/bluesky`,
        identifier: 'list.bsky.test',
        password: 'practice',
      },
    });
    it('are taken off the list once nothing is scheduled there, and come back when they are connected again', async () => {
      const { id, channels } = (await connect(listed()).expect(201)).body;
      const path = `/v1/channels/${channels[0].id}`;
      const list = async () =>
        (await practice.as(account).get(`/v1/workspaces/${account.workspaceId}/channels`).expect(200)).body.data;
      const post = await practice.schedule(account, channels);
      await practice.as(account).delete(`/v1/connections/${id}`).expect(204);
      const refused = await practice.as(account).delete(path);
      expectProblem(refused, { status: 409, slug: 'conflict', field: 'id' });
      expect(refused.body).toMatchObject({ scheduled: 1, detail: expect.stringContaining('1 publication is') });
      expect(await list()).toHaveLength(1);

      await practice.as(account).delete(`/v1/posts/${post.id}`).set('if-match', post.etag).expect(204);
      await practice.as(account).delete(path).expect(204);
      expect(await list()).toEqual([]);
      await practice.as(account).delete(path).expect(404);
      const again = (await connect(listed()).expect(201)).body;
      expect(again.channels).toHaveLength(1);
      expect(await list()).toMatchObject([{ id: again.channels[0].id, health: 'healthy' }]);
    });

    it('of somebody else do not exist', async () => {
      const { channels } = (await connect(listed()).expect(201)).body;
      const stranger = await practice.api.signUp();
      await practice.as(stranger).delete(`/v1/channels/${channels[0].id}`).expect(404);
    });
  });
});
