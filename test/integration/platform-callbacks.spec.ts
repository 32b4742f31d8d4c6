import pg from 'pg';
import request from 'supertest';
import { DeletionRequestedHandler, DeletionRequestsService } from '#channels';
import { rows } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { ChannelDisconnectedHandler, HoldSweep } from '#publishing';
import { startTestApi, type TestAccount, type TestApi } from '../support/api.js';
import { expectProblem } from '../support/problems.js';
import { hall, hubSignature, PRACTICE_APP, ring, signedRequest } from './ring.platform.js';

const PUBLIC_URL = 'http://post.example.com';
const RING = 'the secret of the ring';
const HALL = 'the secret of the hall';

describe('what platforms tell by themselves', () => {
  let api: TestApi;
  let owner: pg.Client;
  let ada: TestAccount;
  let grace: TestAccount;
  let people = 0;
  let person: string;
  beforeAll(async () => {
    api = await startTestApi({
      platforms: new PlatformRegistry([ring(), hall()]),
      env: {
        ...{ PUBLIC_URL, SANDBOX: 'on', RING_APP_ID: 'ring', RING_APP_SECRET: RING },
        ...{ HALL_APP_ID: 'hall', HALL_APP_SECRET: HALL },
      },
    });
    owner = new pg.Client({ connectionString: api.ownerUrl });
    await owner.connect();
    [ada, grace] = [await api.signUp(), await api.signUp()];
  });
  beforeEach(() => {
    people += 1;
    person = `${4000 + people}`;
  });
  afterAll(async () => {
    await owner?.end();
    await api?.close();
  });

  const connect = async (
    account: TestAccount,
    { as = person, platform = 'ring', ...body }: Record<string, unknown> = {},
  ) => {
    const begun = await account.agent
      .post(`/v1/workspaces/${account.workspaceId}/connections`)
      .send({ platform, ...body })
      .expect(201);
    const state = new URL(begun.body.authorizationUrl).searchParams.get('state') ?? '';
    const query = { state, code: String(as), scope: 'publish' };
    return (
      await account.agent
        .get(`/v1/oauth/${String(platform)}/callback`)
        .query(query)
        .expect(200)
    ).body;
  };
  const get = async (account: TestAccount, id: string) =>
    (await account.agent.get(`/v1/connections/${id}`).expect(200)).body;
  const statuses = async (ids: string[]) =>
    (
      await owner.query('select status from connections where id = any ($1) order by array_position($1, id)', [ids])
    ).rows.map(({ status }: { status: string }) => status);
  const at = (callback: string, platform = 'ring') =>
    request(api.url).post(`/v1/platforms/${platform}/callbacks/${callback}`).type('form');
  let issued = Math.floor(Date.now() / 1000) - 10_000;
  const signed = (secret: string, accountId = person) => {
    issued += 1;
    return { signed_request: signedRequest(secret, { user_id: accountId, issued_at: issued }) };
  };
  const schedule = async (account: TestAccount, channelId: string) => {
    const at = new Date(Date.now() + 86_400_000).toISOString().slice(0, 19);
    const answer = await account.agent
      .post(`/v1/workspaces/${account.workspaceId}/posts`)
      .send({ content: { text: 'Hello' }, channels: [{ id: channelId }], schedule: { at, timeZone: 'UTC' } })
      .expect(201);
    return answer.body.publications[0].id as string;
  };

  describe('deauthorization', () => {
    it('ends the connections of that account everywhere, says why, and holds what is scheduled', async () => {
      const [mine, yours] = [await connect(ada), await connect(grace)];
      const bystander = await connect(grace, { as: 'somebody-else' });
      const publication = await schedule(ada, mine.channels[0].id);
      await at('deauthorize').send(signed(RING)).expect(204);

      expect(await statuses([mine.id, yours.id, bystander.id])).toEqual(['disconnected', 'disconnected', 'connected']);
      const failure = { message: 'The person removed ClickPost at Ring.', remedy: expect.stringContaining('connect') };
      expect(await get(ada, mine.id)).toMatchObject({ failure, health: { revocation: { state: 'done' } } });
      const channels = await ada.agent.get(`/v1/workspaces/${ada.workspaceId}/channels`).expect(200);
      expect(channels.body.data.find(({ id }: { id: string }) => id === mine.channels[0].id)).toMatchObject({
        ...{ health: 'disconnected', failure },
      });
      const { rows: secrets } = await owner.query(
        `select k.credentials, c.credentials as own, k.withdrawn_at is not null as withdrawn
           from connections k join channels c on c.connection_id = k.id where k.id = any ($1)`,
        [[mine.id, yours.id]],
      );
      expect(secrets).toEqual([1, 2].map(() => ({ credentials: null, own: null, withdrawn: true })));

      const messages = await api.kernel.database.engine((tx) =>
        rows<{ id: string; organizationId: string; topic: string; payload: Record<string, unknown> }>(
          tx,
          `select id, organization_id as "organizationId", topic, payload from outbox
            where topic = 'channel.disconnected' and payload ->> 'channelId' = $1`,
          [mine.channels[0].id],
        ),
      );
      expect(messages).toHaveLength(1);
      await new ChannelDisconnectedHandler(new HoldSweep(api.kernel.database)).handle(messages[0]!);
      const held = (await ada.agent.get(`/v1/publications/${publication}`).expect(200)).body;
      expect(held).toMatchObject({ state: 'held', heldReason: 'channel-disconnected' });
    });

    it('is undone by connecting the account again', async () => {
      const mine = await connect(ada);
      await at('deauthorize').send(signed(RING)).expect(204);
      const again = await connect(ada);
      expect(again).toMatchObject({ status: 'connected', failure: null, channels: mine.channels });
      expect(await get(ada, again.id)).toMatchObject({ health: { status: 'healthy', revocation: null } });
    });

    it('counts once: what was overheard ends nothing that was connected afterwards', async () => {
      await connect(ada);
      const overheard = signed(RING);
      await at('deauthorize').send(overheard).expect(204);
      const again = await connect(ada);
      await at('deauthorize').send(overheard).expect(204);
      expect(await statuses([again.id])).toEqual(['connected']);
    });

    it('concerns the app that signed, on every network where it is used', async () => {
      const byRing = await connect(ada);
      const byHall = await connect(grace, { way: 'hall-login' });
      const atHall = await connect(grace, { platform: 'hall' });
      await at('deauthorize', 'hall').send(signed(HALL)).expect(204);
      expect(await statuses([byRing.id, byHall.id, atHall.id])).toEqual(['connected', 'disconnected', 'disconnected']);
      // Each of a network's apps may speak at its address.
      await at('deauthorize', 'ring').send(signed(RING)).expect(204);
      expect(await statuses([byRing.id])).toEqual(['disconnected']);
    });

    it('of the practice network concerns practice accounts alone', async () => {
      const real = await connect(ada);
      const practice = await connect(grace, { practice: true });
      await at('deauthorize').send(signed(PRACTICE_APP.clientSecret)).expect(204);
      expect(await statuses([real.id, practice.id])).toEqual(['connected', 'disconnected']);
    });
  });

  describe('a signature', () => {
    const forged = (): Record<string, Record<string, string>> => {
      const { signed_request: right } = signed(RING);
      const [signature = '', payload = ''] = right.split('.');
      const other = Buffer.from(JSON.stringify({ algorithm: 'HMAC-SHA256', user_id: person, issued_at: 1 })).toString(
        'base64url',
      );
      return {
        'of another secret': signed('not the secret'),
        'of an app of another network': signed(HALL),
        'with the algorithm none': { signed_request: signedRequest(RING, { user_id: person }, 'none') },
        'that is missing': { signed_request: `.${payload}` },
        'that is cut off': { signed_request: `${signature.slice(0, -4)}.${payload}` },
        'over another payload': { signed_request: `${signature}.${other}` },
        'with no payload': { signed_request: signature },
        'that nobody sent': {},
      };
    };
    it.each(Object.keys(forged()))('%s changes nothing, and is not told why', async (kind) => {
      // The network whose only app is its own: what the ring's other app signs is not wrong at the ring.
      const platform = kind === 'of an app of another network' ? 'hall' : 'ring';
      const mine = await connect(ada, { platform });
      const body = kind === 'of an app of another network' ? signed(RING) : forged()[kind];
      for (const callback of ['deauthorize', 'data-deletion']) {
        const answer = await at(callback, platform).send(body);
        expectProblem(answer, { status: 400, slug: 'malformed-request' });
        expect(answer.body.detail).toBe('This request does not come from an app of this installation.');
      }
      expect(await get(ada, mine.id)).toMatchObject({ status: 'connected', account: { id: person } });
      const { rowCount } = await owner.query('select 1 from deletion_requests where completed_at is null');
      expect(rowCount).toBe(0);
    });

    it('at a network that is not there, or that is too long, is refused', async () => {
      await at('deauthorize', 'nowhere').send(signed(RING)).expect(404);
      await at('deauthorize')
        .send({ signed_request: 'x'.repeat(300_000) })
        .expect(413);
    });
  });

  describe('deletion', () => {
    const ask = async (secret = RING, accountId = person) => {
      const { body } = await at('data-deletion').send(signed(secret, accountId)).expect(200);
      expect(body.url).toBe(`${PUBLIC_URL}/deletion/${body.confirmation_code}`);
      return body.confirmation_code as string;
    };
    const page = (code: string) => request(api.url).get(`/deletion/${code}`);

    it('takes everything that came from the network, and keeps what the organization wrote', async () => {
      const mine = await connect(ada);
      const publication = await schedule(ada, mine.channels[0].id);
      const code = await ask();

      expect(await get(ada, mine.id)).toMatchObject({
        ...{ status: 'disconnected', account: null, scopes: [], expiresAt: null },
        failure: { message: expect.stringContaining('had their data deleted') },
      });
      const { rows: left } = await owner.query(
        `select row_to_json(k)::text || row_to_json(c)::text as text from connections k join channels c on c.connection_id = k.id
          where k.id = $1`,
        [mine.id],
      );
      expect(left).toHaveLength(1);
      expect(left[0].text).not.toContain(person);
      const { rows: kept } = await owner.query(
        'select row_to_json(d)::text as text from deletion_requests d where code = $1',
        [code],
      );
      expect(kept[0].text).not.toContain(person);
      expect((await ada.agent.get(`/v1/publications/${publication}`).expect(200)).body.channelId).toBe(
        mine.channels[0].id,
      );

      const { text, headers } = await page(code).expect(200);
      expect(text).toContain('Your data was deleted');
      expect(text).toContain('1 × permission to act for your account at Ring');
      expect(text).toContain('What stays, and why');
      expect(text).not.toContain('<script');
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      expect(headers['x-robots-tag']).toBe('noindex');
      const again = await ada.agent.post(`/v1/connections/${mine.id}/reconnect`).send({});
      expectProblem(again, { status: 409, slug: 'conflict' });
    });

    it('asked for again answers the same code, also after the account was connected again', async () => {
      await connect(ada);
      const code = await ask();
      expect(await ask()).toBe(code);
      const again = await connect(ada);
      expect(await ask()).toBe(code);
      expect(await get(ada, again.id)).toMatchObject({ account: null });
      expect((await page(code)).text).toContain('2 × permission');
    });

    it('of an account that nobody connected answers a code and says that nothing was kept', async () => {
      const { text } = await page(await ask(RING, 'never-seen')).expect(200);
      expect(text).toContain('ClickPost kept nothing about your account at Ring.');
    });

    it('touches nobody else', async () => {
      const [mine, yours] = [await connect(ada), await connect(grace, { as: `${person}0` })];
      const other = await connect(grace, { way: 'hall-login' });
      await ask();
      expect(await statuses([mine.id, yours.id, other.id])).toEqual(['disconnected', 'connected', 'connected']);
      expect(await get(grace, other.id)).toMatchObject({ account: { id: person } });
    });

    it('that could not be done at once is done by the job', async () => {
      const mine = await connect(ada);
      await owner.query(`alter table channels add constraint busy check (external_id not like 'deleted:%') not valid`);
      const code = await ask();
      const waiting = await page(code).expect(200);
      expect(waiting.text).toContain('It is being deleted now');
      expect(await get(ada, mine.id)).toMatchObject({ status: 'connected' });
      await owner.query('alter table channels drop constraint busy');
      const [message] = await api.kernel.database.engine((tx) =>
        rows<{ payload: Record<string, unknown> }>(
          tx,
          `select o.payload from outbox o join deletion_requests d on d.id::text = o.payload ->> 'requestId' where d.code = $1`,
          [code],
        ),
      );
      const handler = new DeletionRequestedHandler(api.app.get(DeletionRequestsService, { strict: false }));
      const job = { id: 'job', organizationId: null, topic: handler.topic, payload: message!.payload };
      await handler.handle(job);
      await handler.handle(job);
      expect((await page(code)).text).toContain('1 × permission');
      expect(await get(ada, mine.id)).toMatchObject({ account: null });
    });

    it('is not found by guessing', async () => {
      const answers = [];
      for (let tries = 0; tries < 70; tries += 1) answers.push((await page(`MADE-UP-${tries}`)).status);
      expect(answers[0]).toBe(404);
      expect(answers.at(-1)).toBe(429);
    });
  });

  describe('a webhook', () => {
    const news = (accountId: string, verb: string) =>
      JSON.stringify({
        object: 'permissions',
        entry: [{ uid: accountId, id: accountId, time: 1, changes: [{ field: 'connected', value: { verb } }] }],
      });
    const send = (body: string, signature: string) =>
      request(api.url)
        .post('/v1/platforms/ring/callbacks/webhook')
        .set({ 'content-type': 'application/json', 'x-hub-signature-256': signature })
        .send(body);
    const challenge = (token: string) =>
      request(api.url)
        .get('/v1/platforms/ring/callbacks/webhook')
        .query({ 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': token });

    it('is verified by the token that operators are shown', async () => {
      const { body } = await ada.agent.get('/v1/installation/apps').expect(200);
      const own = body.data.find(({ name }: { name: string }) => name === 'ring');
      const answer = await challenge(own.callbacks.verifyToken).expect(200);
      expect([answer.text, answer.headers['content-type']]).toEqual([
        '1158201444',
        expect.stringContaining('text/plain'),
      ]);
      await challenge('made-up').expect(403);
    });

    it('that says that somebody left ends their connections, once', async () => {
      await connect(ada);
      const body = news(person, 'revoke');
      await send(body, hubSignature(RING, body)).expect(200);
      const again = await connect(ada);
      await send(body, hubSignature(RING, body)).expect(200);
      expect(await statuses([again.id])).toEqual(['connected']);
    });

    it('of another kind is heard and changes nothing', async () => {
      const mine = await connect(ada);
      const body = news(person, 'grant');
      await send(body, hubSignature(RING, body)).expect(200);
      expect(await statuses([mine.id])).toEqual(['connected']);
    });

    it('whose bytes were changed is refused before it is read', async () => {
      const mine = await connect(ada);
      const body = news(person, 'revoke');
      for (const wrong of [hubSignature('another secret', body), hubSignature(RING, `${body} `), 'sha256=', '']) {
        expect([400, 429]).toContain((await send(body, wrong)).status);
      }
      expect(await statuses([mine.id])).toEqual(['connected']);
    });
  });
});
