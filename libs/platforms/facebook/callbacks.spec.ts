import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type CallbackRequest } from '#platforms/core';
import { adapter } from './adapter.js';
import { PRACTICE_APP } from './manifest.js';
import { drive, Practice } from './practice.fixture.js';

/** An installation of ClickPost, as far as callbacks go. */
class Installation {
  readonly called: { path: string; request: CallbackRequest }[] = [];
  private server!: Server;

  static async start(): Promise<Installation> {
    const installation = new Installation();
    installation.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks);
        const form = Object.fromEntries(new URLSearchParams(raw.toString()));
        installation.called.push({ path: request.url ?? '', request: { headers: {}, query: {}, form, raw } });
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ url: 'https://clickpost.test/deletions/abc', confirmation_code: 'abc' }));
      });
    });
    installation.server.listen(0, '127.0.0.1');
    await once(installation.server, 'listening');
    return installation;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }
}

let installation: Installation;
let practice: Practice;
beforeAll(async () => {
  installation = await Installation.start();
  practice = await Practice.start(undefined, [installation.origin]);
});
afterAll(async () => {
  await practice.sandbox.close();
  installation.close();
});

// https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
it('tells the app of its removal and of the wish for deletion, from the page of apps and websites', async () => {
  const strategy = practice.strategy(PRACTICE_APP, `${installation.origin}/v1/oauth/facebook/callback`);
  const { back } = await practice.consent({ person: 'Ann' }, strategy);
  const outcome = await drive(strategy, Object.fromEntries(back.searchParams));
  if (outcome.kind !== 'success' || !adapter.oauth) throw new Error('The sign-in failed.');
  const authorization = await adapter.oauth.authorize(practice.context(), outcome.grant);
  const address = `${practice.sandbox.origin}/facebook/www/settings/apps`;
  expect(await (await fetch(address)).text()).toContain('Ann');
  const user = authorization.account.id;
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ user, decision: 'delete' }) });
  expect(await answer.text()).toContain('https://clickpost.test/deletions/abc');
  expect(installation.called.map(({ path }) => path)).toEqual([
    '/v1/platforms/facebook/callbacks/deauthorize',
    '/v1/platforms/facebook/callbacks/data-deletion',
  ]);
  const [removed, asked] = installation.called.map(({ request }) => request);
  if (!removed || !asked) throw new Error('Two callbacks are wanted.');
  const another = { ...PRACTICE_APP, clientSecret: 'another' };
  expect(adapter.callbacks?.deauthorization?.(removed, PRACTICE_APP)).toEqual({ accountId: user });
  expect(adapter.callbacks?.deletion?.(asked, PRACTICE_APP)).toEqual({ accountId: user });
  expect(adapter.callbacks?.deletion?.(asked, another)).toBeUndefined();
  const failure = await adapter.listChannels(practice.account(authorization)).catch((error: unknown) => error);
  expect(adapter.classify(failure, new Date())).toMatchObject({ kind: 'auth', platformCode: '190/458' });
});

const request = (given: Partial<CallbackRequest>): CallbackRequest => {
  return { headers: {}, query: {}, form: {}, raw: new Uint8Array(), ...given };
};
const sign = (payload: object, secret = PRACTICE_APP.clientSecret) => {
  const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${createHmac('sha256', secret).update(encoded).digest('base64url')}.${encoded}`;
};

// https://developers.facebook.com/docs/facebook-login/guides/advanced/oauth-in-games#parsingsr
describe('a signed request', () => {
  const now = Math.floor(Date.now() / 1000);
  const payload = { algorithm: 'HMAC-SHA256', user_id: '218471', issued_at: now };
  const read = (text: string) =>
    adapter.callbacks?.deletion?.(request({ form: { signed_request: text } }), PRACTICE_APP);

  it('names the person', () => {
    expect(read(sign(payload))).toEqual({ accountId: '218471' });
    expect(read(sign({ ...payload, user_id: 218471 }))).toEqual({ accountId: '218471' });
    expect(read(sign({ ...payload, expires: 0 }))).toEqual({ accountId: '218471' });
    expect(read(sign({ ...payload, issued_at: now - 35 * 3600, expires: now + 60 }))).toEqual({ accountId: '218471' });
  });

  it.each([
    ['nothing', ''],
    ['no signature', `.${sign(payload).split('.')[1]}`],
    ["another app's signature", sign(payload, 'another')],
    ['another payload', `${sign(payload).split('.')[0]}.${sign({ ...payload, user_id: '1' }).split('.')[1]}`],
    ['another algorithm', sign({ ...payload, algorithm: 'none' })],
    ['a time long ago', sign({ ...payload, issued_at: now - 37 * 3600 })],
    ['a life that is over', sign({ ...payload, expires: now - 60 })],
    ['no person', sign({ algorithm: 'HMAC-SHA256' })],
    ['three parts', `${sign(payload)}.x`],
  ])('is refused with %s', (_what, text) => {
    expect(read(text)).toBeUndefined();
  });
});

// https://developers.facebook.com/docs/graph-api/webhooks/getting-started
describe('webhooks', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'ours', 'hub.challenge': '1158201444' };

  it('answer the challenge to whoever knows the token', () => {
    expect(adapter.callbacks?.challenge?.(request({ query }), 'ours')).toBe('1158201444');
    expect(adapter.callbacks?.challenge?.(request({ query }), 'theirs')).toBeUndefined();
    const other = { ...query, 'hub.mode': 'unsubscribe' };
    expect(adapter.callbacks?.challenge?.(request({ query: other }), 'ours')).toBeUndefined();
  });

  const notices = (body: object, secret = PRACTICE_APP.clientSecret) => {
    const raw = Buffer.from(JSON.stringify(body));
    const signature = `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
    return adapter.callbacks?.notices?.(request({ headers: { 'x-hub-signature-256': signature }, raw }), PRACTICE_APP);
  };
  const change = (field: string, verb: string) => {
    const changes = [{ field, value: { verb, target_ids: ['1'] } }];
    return { object: 'permissions', entry: [{ id: '77', time: 1, changes }] };
  };

  it('tell of an account that is gone, and of what does not matter', () => {
    expect(notices(change('connected', 'revoke'))).toMatchObject([{ kind: 'account-gone', accountId: '77' }]);
    expect(notices(change('pages_manage_posts', 'revoke'))).toMatchObject([{ kind: 'other', accountId: '77' }]);
    expect(notices({ object: 'page', entry: [{ id: '5' }, {}] })).toMatchObject([{ kind: 'other', accountId: '5' }]);
    expect(notices({})).toEqual([]);
  });

  it('are refused unsigned, and signed by another app', () => {
    expect(notices(change('connected', 'revoke'), 'another')).toBeUndefined();
    expect(adapter.callbacks?.notices?.(request({ raw: Buffer.from('{}') }), PRACTICE_APP)).toBeUndefined();
  });
});
