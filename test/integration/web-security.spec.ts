import request from 'supertest';
import { type Operation, placesOf, readDescription } from '../fuzz/description.js';
import { picture } from '../fuzz/world.js';
import { type TestAccount } from '../support/api.js';
import { PracticeApi } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

const ORIGIN = 'https://clickpost.example';
const EVIL = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };
/** Requests a minute of each account here. */
const LIMIT = 200;

describe('the web, behind a proxy that speaks TLS', () => {
  let practice: PracticeApi;
  let account: Pick<TestAccount, 'apiKey' | 'workspaceId'>;
  let cookie: string;
  let operations: Operation[];
  beforeAll(async () => {
    practice = await PracticeApi.start({ PUBLIC_URL: ORIGIN, TRUST_PROXY: '1', RATE_LIMIT: String(LIMIT) });
    ({ operations } = await readDescription(practice.api.url));
    ({ account, cookie } = await signUp());
  });
  afterAll(() => practice?.close());

  /** Requests as a proxy hands them on. */
  const proxied = (address: string) =>
    request.agent(practice.api.url).set({ 'X-Forwarded-For': address, 'X-Forwarded-Proto': 'https' });

  let people = 0;
  /** Agents keep no cookie for TLS alone, so it is carried by hand. */
  const signUp = async () => {
    people += 1;
    const [email, password] = [`secure-${people}@example.com`, 'correct horse battery'];
    const input = { email, password, name: 'Person', organization: 'Organization' };
    const made = await proxied('203.0.113.1').post('/v1/auth/signup').send(input).expect(201);
    const cookie = String(made.headers['set-cookie']);
    const session = cookie.split(';')[0] ?? '';
    const key = await proxied('203.0.113.1')
      .post('/v1/api-keys')
      .set('Cookie', session)
      .send({ name: 'a' })
      .expect(201);
    const account: Pick<TestAccount, 'apiKey' | 'workspaceId'> = {
      apiKey: key.body.key,
      workspaceId: made.body.workspace.id,
    };
    return { account, cookie };
  };
  const as = ({ apiKey }: { apiKey: string }) =>
    request.agent(practice.api.url).set('authorization', `Bearer ${apiKey}`);

  it('gives a session only to this site, over TLS, and to no script', () => {
    expect(cookie).toMatch(/^clickpost\.sid=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
  });

  it.each(['/', '/docs', '/v1/me', '/v1/nothing', '/health/live', '/v1/openapi.json'])(
    'answers %s with a policy, over TLS alone, and for no other site',
    async (path) => {
      const { headers } = await proxied('203.0.113.2').get(path);
      expect(headers['content-security-policy']).toMatch(
        /default-src 'self';.*frame-ancestors 'none';.*script-src 'self';/,
      );
      expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*(unsafe|\*|http)/);
      expect(headers['strict-transport-security']).toMatch(/max-age=\d{8}; includeSubDomains/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  it('refuses every change that another site makes a browser send', async () => {
    const changes = operations.filter(({ method }) => method !== 'GET');
    expect(changes.length).toBeGreaterThan(20);
    for (const { id, method, path } of changes) {
      const address = placesOf(path).reduce((text, { name }) => text.replace(`{${name}}`, account.workspaceId), path);
      const verb = method.toLowerCase() as 'post' | 'put' | 'patch' | 'delete';
      const sent = request(practice.api.url)
        [verb](address)
        .set(EVIL)
        .set('Cookie', cookie.split(';')[0] ?? '');
      const { status, body } = await sent;
      expect({ id, status, detail: body.detail }).toMatchObject({ id, status: 403, detail: /another site/ });
    }
    await proxied('203.0.113.1')
      .get('/v1/me')
      .set('Cookie', cookie.split(';')[0] ?? '')
      .expect(200);
  });

  it('begins no session beside an API key, and makes no account for it', async () => {
    const input = { email: 'beside@example.com', password: 'correct horse battery', name: 'P', organization: 'O' };
    for (const path of ['/v1/auth/signup', '/v1/auth/login']) {
      expectProblem(await as(account).post(path).send(input), { status: 400, slug: 'malformed-request' });
    }
    const made = await practice.owner.query('select 1 from users where email = $1', [input.email]);
    expect(made.rowCount).toBe(0);
  });

  it('takes no body without end, and none that is nested without end', async () => {
    const path = `/v1/workspaces/${account.workspaceId}/posts`;
    const large = JSON.stringify({ content: { text: 'x'.repeat(1024 * 1024) } });
    const send = (body: string) => as(account).post(path).type('json').send(body);
    expectProblem(await send(large), { status: 413, slug: 'payload-too-large' });
    expectProblem(await send(`${'['.repeat(5_000)}${']'.repeat(5_000)}`), { status: 400, slug: 'malformed-request' });
  });

  it('says what is wrong with a request that is too long to be read', async () => {
    const answer = await as(account).get(`/v1/workspaces?cursor=${'x'.repeat(20_000)}`);
    expectProblem(answer, { status: 400, slug: 'malformed-request' });
  });

  it('shows uploads as pictures and as nothing else', async () => {
    const workspace = `/v1/workspaces/${account.workspaceId}`;
    const { body } = await as(account)
      .post(`${workspace}/media`)
      .attach('file', await picture(), { filename: 'evil.html', contentType: 'text/html' })
      .expect(201);
    const { headers } = await as(account).get(`/v1/media/${body.id}/content`).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const page = Buffer.from('<html><script>alert(1)</script></html>');
    const refused = await as(account)
      .post(`${workspace}/media`)
      .attach('file', page, { filename: 'a.png', contentType: 'image/png' });
    expect(refused.status).toBe(422);
  });

  describe('limits how often somebody asks', () => {
    /** Asks until it is refused, and says after how many answers that was. */
    const untilRefused = async (ask: () => PromiseLike<request.Response>) => {
      for (let times = 0; times <= LIMIT; times += 1) {
        const answer = await ask();
        if (answer.status === 429) return { times, answer };
      }
      throw new Error(`It was not refused ${LIMIT} times.`);
    };

    it('each by themselves, and says when to come back', async () => {
      const [{ account: busy }, { account: calm }] = [await signUp(), await signUp()];
      const { answer, times } = await untilRefused(() => as(busy).get('/v1/api-keys'));
      expect(times).toBe(LIMIT);
      expectProblem(answer, { status: 429, slug: 'too-many-requests' });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
      await as(calm).get('/v1/api-keys').expect(200);
    });

    it('sooner where an answer is dear', async () => {
      const { account: busy } = await signUp();
      const path = `/v1/workspaces/${busy.workspaceId}/connections`;
      const { times } = await untilRefused(() => as(busy).post(path).send({}));
      expect(times).toBe(LIMIT / 5);
    });

    it('by the address that the proxy names, whatever the client writes before it', async () => {
      const ask = (forwarded: string) => proxied(forwarded).get('/v1/me');
      let asked = 0;
      const { times } = await untilRefused(() => ask(`192.0.2.${(asked += 1) % 250}, 198.51.100.7`));
      expect(times).toBe(LIMIT / 10);
      expect((await ask('198.51.100.8')).status).toBe(401);
    });

    it('but never who asks whether it is well', async () => {
      for (let times = 0; times < LIMIT / 5; times += 1) await proxied('198.51.100.7').get('/health/live').expect(200);
    });
  });
});
