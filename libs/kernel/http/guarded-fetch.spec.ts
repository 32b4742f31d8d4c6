import { type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { closeAll, guarded, LOOPBACK, serve, stopListening } from './guarded-fetch.fixture.js';
import {
  BlockedAddressError,
  type Exchange,
  OutboundTimeoutError,
  type Resolve,
  ResponseTooLargeError,
  UnreachableError,
} from './index.js';

const body = async (request: IncomingMessage): Promise<string> =>
  Buffer.concat((await request.toArray()) as Buffer[]).toString();

afterEach(closeAll);

describe('what may be reached', () => {
  it.each([
    'http://127.0.0.1',
    'http://localhost',
    'http://2130706433',
    'http://0177.0.0.1',
    'http://0x7f.1',
    'http://127.1',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://①②⑦.⓪.⓪.①',
    'http://127。0。0。1',
    'http://127.0.0.1.',
    'http://LOCALHOST',
    'http://0x7f000001',
    'http://0x7f.0x0.0x0.0x1',
    'http://017700000001',
    'http://127.000.000.001',
    'http://[::127.0.0.1]',
    'http://[0:0:0:0:0:ffff:7f00:1]',
  ])('not %s, however it is written', async (address) => {
    const { port, hits } = await serve((_, response) => response.end());
    await expect(guarded()(`${address}:${port}/`)).rejects.toBeInstanceOf(BlockedAddressError);
    expect(hits).toHaveLength(0);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://2852039166/latest/meta-data',
    'http://0xA9FEA9FE/latest/meta-data',
    'http://169.254.169.254./latest/meta-data',
    'http://[::ffff:169.254.169.254]/latest/meta-data',
    'http://[64:ff9b::a9fe:a9fe]/latest/meta-data',
    'http://[fd00:ec2::254]/latest/meta-data',
    'http://168.63.129.16/machine/?comp=goalstate',
    'http://[64:ff9b::a00:1]/',
    'http://[::ffff:0:10.0.0.1]/',
    'http://[2002:a00:1::]/',
    'http://[fe80::1]/',
    'https://10.0.0.1/',
    'http://0/',
  ])('not %s', async (address) => {
    await expect(guarded()(address)).rejects.toThrow('OUTBOUND_ALLOW');
  });

  it.each(['file:///etc/passwd', 'ftp://example.com/', 'data:text/plain,x', 'blob:nodedata:1'])(
    'not the scheme of %s',
    async (address) => {
      await expect(guarded()(address)).rejects.toThrow(/^\w+: addresses cannot be reached; use https$/);
    },
  );

  it('no address with a password, which is not repeated', async () => {
    const error = await guarded()('http://user:hunter2@example.com/').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BlockedAddressError);
    expect(String(error)).not.toContain('hunter2');
  });

  it('a private network that the operator allows', async () => {
    const { origin } = await serve((_, response) => response.end('hello'));
    const response = await guarded({ allow: LOOPBACK })(origin);
    expect(await response.text()).toBe('hello');
    expect(response.url).toBe(`${origin}/`);
  });

  it('exactly the exempt origin', async () => {
    const sandbox = await serve((_, response) => response.end('practice'));
    const other = await serve((_, response) => response.end('inside'));
    const fetchIt = guarded({ exemptOrigins: [`${sandbox.origin}/`] });
    expect(await (await fetchIt(`${sandbox.origin}/bluesky`)).text()).toBe('practice');
    await expect(fetchIt(other.origin)).rejects.toBeInstanceOf(BlockedAddressError);
    await expect(fetchIt(`http://localhost:${sandbox.port}`)).rejects.toBeInstanceOf(BlockedAddressError);
    expect(other.hits).toHaveLength(0);
  });
});

describe('names', () => {
  it('are resolved once, and the connection goes where the check looked', async () => {
    const server = await serve((_, response) => response.writeHead(200, { connection: 'close' }).end('first'));
    const answers = ['127.0.0.1', '10.0.0.1'];
    const resolve: Resolve = async () => [{ address: answers.shift() ?? '10.0.0.1', family: 4 }];
    const fetchIt = guarded({ allow: LOOPBACK }, resolve);
    expect(await (await fetchIt(`http://rebind.test:${server.port}/`)).text()).toBe('first');
    expect(server.hits[0]?.headers.host).toBe(`rebind.test:${server.port}`);
    expect(answers).toEqual(['10.0.0.1']);
    const error = await fetchIt(`http://rebind.test:${server.port}/`).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BlockedAddressError);
    expect(String(error)).toContain('rebind.test');
    expect(String(error)).not.toContain('10.0.0.1');
  });

  it.each(['127.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', 'fe80::1', '168.63.129.16'])(
    'that lead to %s are not followed, with a dot at the end or without',
    async (address) => {
      const server = await serve((_, response) => response.end());
      const resolve: Resolve = async () => [{ address, family: address.includes(':') ? 6 : 4 }];
      for (const name of ['inside.test', 'inside.test.']) {
        const asked = guarded({}, resolve)(`http://${name}:${server.port}/`);
        await expect(asked).rejects.toBeInstanceOf(BlockedAddressError);
      }
      expect(server.hits).toHaveLength(0);
    },
  );

  it('with a public and a private address are reached at the permitted one', async () => {
    const server = await serve((_, response) => response.end('here'));
    const resolve: Resolve = async () => [
      { address: '10.0.0.1', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const response = await guarded({ allow: LOOPBACK }, resolve)(`http://mixed.test:${server.port}/`);
    expect(await response.text()).toBe('here');
  });

  it('that do not exist are named with their code', async () => {
    const resolve: Resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    const error = await guarded({}, resolve)('http://nowhere.test/').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error).toMatchObject({ code: 'ENOTFOUND', message: 'nowhere.test cannot be reached (ENOTFOUND)' });
  });
});

describe('limits', () => {
  it('cut off an answer that never begins', async () => {
    const { origin } = await serve(() => undefined);
    const error = await guarded({ allow: LOOPBACK, timeoutMs: 50 })(origin).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OutboundTimeoutError);
    expect(String(error)).toContain('did not answer within 50 ms');
  });

  it('cut off a body that never ends', async () => {
    const { origin } = await serve((_, response) => response.writeHead(200).write('begun'));
    const exchanges: Exchange[] = [];
    const fetchIt = guarded({ allow: LOOPBACK, timeoutMs: 100, record: (exchange) => exchanges.push(exchange) });
    await expect(fetchIt(origin)).rejects.toBeInstanceOf(OutboundTimeoutError);
    expect(exchanges).toMatchObject([{ status: 200, error: 'ERR_OUTBOUND_TIMEOUT' }]);
  });

  it.each([
    ['plain', (): [Buffer, object] => [Buffer.alloc(1001), {}]],
    ['packed', (): [Buffer, object] => [gzipSync(Buffer.alloc(100_000)), { 'content-encoding': 'gzip' }]],
  ])('refuse a huge answer (%s)', async (_, make) => {
    const [bytes, headers] = make();
    const { origin } = await serve((_, response) => response.writeHead(200, { ...headers }).end(bytes));
    await expect(guarded({ allow: LOOPBACK })(origin)).rejects.toBeInstanceOf(ResponseTooLargeError);
  });

  it('accept an answer of exactly the size', async () => {
    const { origin } = await serve((_, response) => response.end(Buffer.alloc(1000)));
    expect((await (await guarded({ allow: LOOPBACK })(origin)).arrayBuffer()).byteLength).toBe(1000);
  });

  it('end with the caller’s signal and its reason', async () => {
    const { origin } = await serve(() => controller.abort(new Error('lease lost')));
    const controller = new AbortController();
    const fetchIt = guarded({ allow: LOOPBACK });
    await expect(fetchIt(origin, { signal: controller.signal })).rejects.toThrow('lease lost');
    await expect(guarded({ allow: LOOPBACK, signal: AbortSignal.abort() })(origin)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('name a broken connection by its code', async () => {
    const { origin } = await serve((request) => request.socket.resetAndDestroy());
    await expect(guarded({ allow: LOOPBACK })(origin)).rejects.toMatchObject({
      name: 'UnreachableError',
      code: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/) as string,
    });
    const closed = await serve(() => undefined);
    stopListening();
    await expect(guarded({ allow: LOOPBACK })(closed.origin)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('treat a status that does not exist as no answer', async () => {
    const { origin } = await serve((_, response) => response.writeHead(999).end());
    await expect(guarded({ allow: LOOPBACK })(origin)).rejects.toMatchObject({ code: 'HTTP_999' });
  });
});

describe('what is sent', () => {
  const form = (): FormData => {
    const data = new FormData();
    data.set('caption', 'Hello');
    data.set('source', new Blob(['bytes'], { type: 'image/png' }), 'a.png');
    return data;
  };

  it.each<[string, () => NonNullable<RequestInit['body']>, string | RegExp, RegExp]>([
    ['text', () => 'Grüße', 'Grüße', /^text\/plain/],
    ['bytes', () => new Uint8Array([65, 66]), 'AB', /^$/],
    ['a query form', () => new URLSearchParams({ a: '1 2' }), 'a=1+2', /^application\/x-www-form-urlencoded/],
    [
      'a form with a file',
      form,
      /filename="a.png"\r\nContent-Type: image\/png\r\n\r\nbytes/i,
      /^multipart\/form-data; /,
    ],
  ])('is %s, with its type and length', async (_, make, expected, type) => {
    let received: string | undefined;
    const { origin, hits } = await serve((request, response) => {
      void body(request).then((text) => {
        received = text;
        response.writeHead(204).end();
      });
    });
    const response = await guarded({ allow: LOOPBACK })(origin, { method: 'POST', body: make() });
    expect(response.status).toBe(204);
    if (typeof expected === 'string') expect(received).toBe(expected);
    else expect(received).toMatch(expected);
    expect(hits[0]?.headers['content-type'] ?? '').toMatch(type);
    expect(Number(hits[0]?.headers['content-length'])).toBe(Buffer.byteLength(received ?? ''));
  });

  it('may be a Request, and connections are used again', async () => {
    const server = await serve((request, response) => {
      void body(request).then((text) => response.end(`${request.method} ${text}`));
    });
    const fetchIt = guarded({ allow: LOOPBACK });
    for (const text of ['one', 'two', 'three', 'four', 'five']) {
      const response = await fetchIt(new Request(server.origin, { method: 'PUT', body: text }));
      expect(await response.text()).toBe(`PUT ${text}`);
    }
    expect(new Set(server.hits.map((hit) => hit.socket)).size).toBeLessThan(5);
  });
});

describe('the record', () => {
  it('names the request, the answer and the limits', async () => {
    const { origin, port } = await serve((_, response) =>
      response
        .writeHead(429, {
          'x-fb-trace-id': 'Fz3',
          'retry-after': '30',
          'X-RateLimit-Remaining': '0',
          'x-app-usage': '{"call_count":100}',
          'set-cookie': 'session=1',
        })
        .end('{}'),
    );
    const exchanges: Exchange[] = [];
    const fetchIt = guarded({ allow: LOOPBACK, record: (exchange) => exchanges.push(exchange) });
    await fetchIt(`${origin}/v23.0/1/feed?access_token=x`, { method: 'POST', body: 'message=Hi' });
    expect(exchanges).toEqual([
      {
        method: 'POST',
        host: `127.0.0.1:${port}`,
        path: '/v23.0/1/feed?access_token=[redacted]',
        startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
        durationMs: expect.any(Number) as number,
        status: 429,
        requestId: 'Fz3',
        rateLimit: { 'retry-after': '30', 'x-ratelimit-remaining': '0', 'x-app-usage': '{"call_count":100}' },
      },
    ]);
  });

  it('shows no secret of headers, query and body', async () => {
    const { origin } = await serve((request, response) => {
      request.resume();
      response.end();
    });
    const exchanges: Exchange[] = [];
    const fetchIt = guarded({ allow: LOOPBACK, record: (exchange) => exchanges.push(exchange) });
    const secret = fc.stringMatching(/^[A-Za-z0-9+/=_.~ -]{8,60}$/).filter((text) => text.trim().length >= 8);
    await fc.assert(
      fc.asyncProperty(secret, fc.constantFrom('access_token', 'sig', 'q'), async (text, name) => {
        exchanges.length = 0;
        const query = new URLSearchParams({ [name]: text });
        const headers = { authorization: `Bearer ${text}`, 'x-custom': text.trim() };
        await fetchIt(`${origin}/path?${query.toString()}`, { method: 'POST', headers, body: text });
        const record = JSON.stringify(exchanges);
        expect(exchanges).toHaveLength(1);
        for (const form of [text, text.trim(), encodeURIComponent(text), query.toString()]) {
          expect(record).not.toContain(form);
        }
      }),
    );
  });
});
