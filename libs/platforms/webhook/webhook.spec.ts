import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { type CommitContext, isListedRefusal, type JsonObject, type PrepareContext } from '#platforms/core';
import { MiniRunner, practiceDraft, practiceImage, PracticeKit } from '#platforms/testing';
import { webhookAdapter } from './adapter.js';
import { platform } from './index.js';
import { manifest } from './manifest.js';

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
const NOW = new Date();
let server: Server;
let received: { headers: IncomingHttpHeaders; body: string }[];
let answer: { status: number; headers?: Record<string, string>; body?: string };
let url: string;

beforeEach(async () => {
  received = [];
  answer = { status: 204 };
  server = createServer((req, res) => {
    let body = '';
    req.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    req.on('end', () => {
      received.push({ headers: req.headers, body });
      res.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const platformContext = {
  fetch,
  now: () => NOW,
  endpoints: {},
  options: {},
  spend: () => undefined,
  use: () => undefined,
};
const account = (): CommitContext => ({
  ...platformContext,
  credentials: { url, secret: SECRET, name: 'test' },
  channelId: 'channel-1',
  channelDetails: {},
  media: [],
});
const connect = (changes: Record<string, string> = {}) =>
  webhookAdapter.connect?.(platformContext, { url, secret: SECRET, ...changes }) ??
  Promise.reject(new Error('no form'));
const failure = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const explained = webhookAdapter.classify(error, NOW);
  return { ...explained, listed: isListedRefusal(error, explained, manifest) };
};

async function prepared(text = 'Hello'): Promise<{ id: string; payload: string } & JsonObject> {
  const image = await practiceImage({ altText: 'wall' });
  const { draft, media } = practiceDraft({ text, link: 'https://example.com' }, [image]);
  const step: PrepareContext['step'] = async (_name, fn) => fn();
  return webhookAdapter.prepare({ ...account(), media, setId: 'set-1', step }, draft);
}

it('signs so that the public library verifies it, over the exact bytes', async () => {
  await webhookAdapter.commit(account(), await prepared('Grüße 👋'));
  const { headers, body } = received[0] ?? { headers: {}, body: '' };
  const event = new Webhook(SECRET).verify(body, headers as Record<string, string>);
  expect(event).toMatchObject({
    type: 'post.published',
    timestamp: NOW.toISOString(),
    data: {
      id: 'msg_set-1',
      channel: 'channel-1',
      text: 'Grüße 👋',
      link: 'https://example.com',
      media: [{ altText: 'wall', width: 64 }],
    },
  });
  expect(() => new Webhook(SECRET).verify(`${body} `, headers as Record<string, string>)).toThrow(
    'No matching signature',
  );
});

it('sends the same id and the same bytes again', async () => {
  const event = await prepared();
  await webhookAdapter.commit(account(), event);
  await webhookAdapter.commit(account(), event);
  expect(received.map(({ body }) => body)).toEqual([event.payload, event.payload]);
  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(['msg_set-1', 'msg_set-1']);
});

it('takes any 2xx for success', async () => {
  answer = { status: 202, body: 'queued' };
  expect(await webhookAdapter.commit(account(), await prepared())).toEqual({ id: 'msg_set-1' });
});

it.each([
  [{ status: 410 }, { kind: 'auth', message: expect.stringContaining('switched off'), listed: true }],
  [{ status: 401 }, { kind: 'auth', message: expect.stringContaining('signature'), listed: false }],
  [
    { status: 308, headers: { location: 'https://example.com' } },
    { kind: 'unknown', message: expect.stringContaining('redirect'), listed: false },
  ],
  [{ status: 404 }, { kind: 'unknown', message: expect.stringContaining('no receiver'), listed: false }],
  [
    { status: 422, body: 'text is rude' },
    { kind: 'content', platformMessage: 'text is rude', listed: false },
  ],
  [
    { status: 503, headers: { 'retry-after': '60' } },
    { kind: 'unavailable', retryAt: new Date(NOW.getTime() + 60_000).toISOString(), listed: false },
  ],
])('explains the answer %j', async (given, expected) => {
  answer = given;
  expect(await failure(webhookAdapter.commit(account(), await prepared()))).toMatchObject(expected);
});

describe('connecting', () => {
  it('sends a signed test event and keeps what is needed', async () => {
    const authorization = await connect();
    expect(authorization).toMatchObject({ account: { name: new URL(url).host }, credentials: { url, secret: SECRET } });
    const { headers, body } = received[0] ?? { headers: {}, body: '' };
    expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'clickpost.ping',
    });
  });

  it.each([
    ['a secret without prefix', { secret: 'bm90IGxvbmcgZW5vdWdoIGJ1dCBiYXNlNjQ=' }, 'auth'],
    ['a short secret', { secret: 'whsec_c2hvcnQ=' }, 'auth'],
    ['a relative address', { url: '/hook' }, 'content'],
    ['another protocol', { url: 'file:///etc/passwd' }, 'content'],
    ['a password in the address', { url: 'https://ann:pw@example.com/hook' }, 'content'],
  ])('refuses %s before anything is sent', async (_name, changes, kind) => {
    expect(await failure(connect(changes))).toMatchObject({ kind });
    expect(received).toEqual([]);
  });
});

it('may be repeated for a day, not longer', async () => {
  const event = await prepared();
  const { draft } = practiceDraft({ text: 'x' });
  const looked = await webhookAdapter.reconcile(account(), { prepared: event, draft, since: NOW, claimed: new Set() });
  expect(looked).toMatchObject({ outcome: 'repeatable', until: new Date(NOW.getTime() + 86_400_000) });
});

describe('the practice inbox', () => {
  const subject = { drafts: [], violations: [], preparesOverHttp: false };
  let kit: PracticeKit;
  beforeEach(async () => {
    kit = await PracticeKit.connected(platform, subject);
  });
  afterEach(() => kit.close());
  const inbox = () => `${kit.sandbox.origin}/webhook/inbox/practice`;
  const secret = manifest.practiceCredentials['secret'] ?? '';

  const post = (payload: string, at = new Date(), signatures = new Webhook(secret).sign('msg_1', at, payload)) =>
    fetch(inbox(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signatures,
      },
      body: payload,
    });
  const event = JSON.stringify({
    type: 'post.published',
    timestamp: NOW.toISOString(),
    data: { text: 'hi', media: [] },
  });

  it('shows an event signed by the public library once, however often it comes', async () => {
    expect((await post(event)).status).toBe(200);
    expect(await (await post(event)).json()).toEqual({ received: 2 });
    expect(kit.visibleIds()).toEqual(['msg_1']);
  });

  it('accepts any one of several signatures', async () => {
    const right = new Webhook(secret).sign('msg_1', NOW, event);
    expect((await post(event, NOW, `v1,AAAA v1a,BBBB ${right}`)).status).toBe(200);
  });

  it('refuses a foreign signature, a stale one, and one over other bytes', async () => {
    const foreign = new Webhook(SECRET).sign('msg_1', NOW, event);
    expect((await post(event, NOW, foreign)).status).toBe(401);
    expect((await post(event, new Date(NOW.getTime() - 301_000))).status).toBe(401);
    expect((await post(`${event} `, NOW, new Webhook(secret).sign('msg_1', NOW, event))).status).toBe(401);
    expect(kit.visibleIds()).toEqual([]);
  });

  it('refuses a file whose bytes are not those of its digest', async () => {
    const media = [{ contentType: 'image/png', bytes: 3, digest: '0'.repeat(64), base64: 'AAAA' }];
    const payload = JSON.stringify({
      type: 'post.published',
      timestamp: NOW.toISOString(),
      data: { text: 'hi', media },
    });
    expect((await post(payload)).status).toBe(400);
  });

  it('ends a publication at once when it is switched off', async () => {
    kit.sandbox.world('webhook').collection('switched-off').set('practice', true);
    const ending = await new MiniRunner(kit, practiceDraft({ text: 'too late' })).publish();
    expect(ending).toMatchObject({
      state: 'failed',
      failure: { kind: 'auth', message: expect.stringContaining('switched off') },
    });
    expect(kit.visibleIds()).toEqual([]);
  });
});
