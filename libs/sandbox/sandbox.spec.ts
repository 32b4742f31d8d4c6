import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { type Fault, type Sandbox, startSandbox } from './index.js';
import { notesRegistry } from './notes.fixture.js';

const options = { platforms: notesRegistry, host: '127.0.0.1', port: 0, controlToken: 'let-me' };
const error = jest.fn();
let sandbox: Sandbox;

beforeEach(async () => {
  error.mockClear();
  sandbox = await startSandbox({ ...options, logger: { error } });
});
afterEach(() => sandbox.close());

const note = (text: string, origin = sandbox.origin) =>
  fetch(`${origin}/notes/notes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    signal: AbortSignal.timeout(500),
  });
const VIDEO = { 'content-type': 'video/mp4' };
/** What came in and was not kept. */
const left = (directory: string) => readdirSync(join(directory, 'incoming'));
const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise(setImmediate);
};
const texts = () => sandbox.visible('notes').map((post) => post.text);

describe('requests', () => {
  it('answers with what the platform answers, and records what became visible', async () => {
    const response = await note('hello');
    expect([response.status, await response.json()]).toEqual([201, { id: '1' }]);
    expect(texts()).toEqual(['hello']);
    expect(sandbox.requests('notes')).toMatchObject([
      { operation: 'commit', method: 'POST', path: '/notes', status: 201, delivered: true, shown: ['1'] },
    ]);
  });

  it('remembers how large a body was, and nothing of it', async () => {
    await note('what nobody is to find again');
    const bytes = Buffer.byteLength(JSON.stringify({ text: 'what nobody is to find again' }));
    expect(sandbox.requests('notes')).toMatchObject([{ bytes }]);
    expect(JSON.stringify(sandbox.requests())).not.toContain('find again');
  });

  it('reads JSON, urlencoded, multipart and raw bodies', async () => {
    const echo = async (body: string | URLSearchParams | FormData | Uint8Array<ArrayBuffer>, type?: string) => {
      const init = { method: 'POST', body, ...(type !== undefined && { headers: { 'content-type': type } }) };
      return (await fetch(`${sandbox.origin}/notes/echo?a=1`, init)).json();
    };
    const form = new FormData();
    form.append('tag', 'x');
    form.append('tag', 'y');
    form.append('file', new Blob(['abc'], { type: 'image/png' }), 'größe.png');
    expect(await echo(JSON.stringify({ b: 2 }), 'application/json')).toMatchObject({
      json: { b: 2 },
      query: { a: '1' },
    });
    expect(
      await echo(
        new URLSearchParams([
          ['tag', 'x'],
          ['tag', 'y'],
        ]),
      ),
    ).toMatchObject({ tags: ['x', 'y'], form: { tag: 'y' } });
    expect(await echo(form)).toMatchObject({ tags: ['x', 'y'], files: [['file', 'größe.png', 'image/png', 3]] });
    expect(await echo(new Uint8Array(5_000_000), 'image/png')).toMatchObject({ bytes: 5_000_000, json: {}, files: [] });
  });

  it('finds the words of a fault in fields and in files', async () => {
    const words = 'in the midst of it';
    const bodyWith = (name: string, value: string | Blob) => {
      const form = new FormData();
      form.set(name, value);
      return form;
    };
    const bodies = [
      words,
      bodyWith('tag', words),
      bodyWith('file', new Blob([new Uint8Array(1_048_570), words], { type: 'video/mp4' })),
      new Uint8Array(Buffer.concat([Buffer.alloc(1_048_570), Buffer.from(words)])),
    ];
    for (const body of bodies) {
      sandbox.faults.add({ kind: 'refuse-auth', operation: 'prepare', match: words });
      const miss = await fetch(`${sandbox.origin}/notes/echo`, { method: 'POST', body: 'something else' });
      const hit = await fetch(`${sandbox.origin}/notes/echo`, { method: 'POST', body });
      expect([miss.status, hit.status]).toEqual([200, 401]);
    }
  });

  it('tells fields and files of a form in their order', async () => {
    const form = new FormData();
    form.append('a', '1');
    form.append('file', new Blob(['abc']), 'a.png');
    form.append('b', '2');
    const answer = await fetch(`${sandbox.origin}/notes/echo`, { method: 'POST', body: form });
    expect(await answer.json()).toMatchObject({ parts: ['a', 'file', 'b'] });
  });

  it('refuses a body that is larger than what any network takes before it is sent', async () => {
    const asked = request(`${sandbox.origin}/notes/echo`, { method: 'POST', headers: { 'content-length': 6e9 } });
    asked.flushHeaders();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    asked.destroy();
    expect(answer.statusCode).toBe(413);
    expect(sandbox.requests()).toEqual([]);
  });

  it('leaves nothing of a file that nobody kept, or that broke off', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'clickpost-sandbox-'));
    const kept = await startSandbox({ ...options, directory, logger: { error } });
    try {
      const url = `${kept.origin}/notes/echo`;
      const whole = await fetch(url, { method: 'POST', body: new Uint8Array(100_000), headers: VIDEO });
      expect(await whole.json()).toMatchObject({ bytes: 100_000 });
      const broken = request(url, { method: 'POST', headers: { ...VIDEO, 'content-length': 100_000 } });
      broken.on('error', () => undefined);
      broken.write(Buffer.alloc(50_000));
      await until(() => left(directory).length === 1);
      broken.destroy();
      await until(() => left(directory).length === 0);
    } finally {
      await kept.close();
      rmSync(directory, { recursive: true });
    }
  });

  it('names an unknown route', async () => {
    const response = await fetch(`${sandbox.origin}/notes/nowhere`);
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { message: expect.stringContaining('/notes/nowhere') },
    ]);
  });

  it('answers 500 and logs when a handler throws', async () => {
    expect((await fetch(`${sandbox.origin}/notes/broken`)).status).toBe(500);
    expect(error).toHaveBeenCalledWith(expect.objectContaining({ platform: 'notes' }), expect.any(String));
  });

  it('lets a test wait for a request and for a post', async () => {
    const asked = sandbox.waitForRequest((r) => r.status === 201);
    const shown = sandbox.waitForVisible((post) => post.text === 'later');
    await note('later');
    expect(await asked).toMatchObject({ path: '/notes' });
    expect(await shown).toMatchObject({ id: '1' });
    await expect(sandbox.waitForVisible((post) => post.text === 'never', 20)).rejects.toThrow('POST notes/notes 201');
  });
});

describe('faults', () => {
  const outcome = async (fault: Omit<Fault, 'operation'>) => {
    sandbox.faults.add({ operation: 'commit', ...fault });
    const answer = await note('x').then(
      async (response) => ({
        status: response.status,
        body: await response.text(),
        retry: response.headers.get('retry-after'),
      }),
      (cause: Error) => cause.name,
    );
    return { answer, visible: texts().length };
  };

  it.each([
    ['refuse-auth', 401],
    ['refuse-rate-limit', 429],
    ['refuse-unavailable', 503],
    ['refuse-bad-request', 400],
    ['refuse-content', 422],
  ] as const)('%s refuses without effect', async (kind, status) => {
    expect(await outcome({ kind })).toMatchObject({ answer: { status, retry: null }, visible: 0 });
  });

  it('gives the hint that it was told to give', async () => {
    expect(await outcome({ kind: 'refuse-rate-limit', retryAfterSeconds: 7 })).toMatchObject({
      answer: { retry: '7' },
    });
  });

  it.each([
    ['timeout', 'TimeoutError', 0],
    ['reset', 'TypeError', 0],
    ['accept-then-timeout', 'TimeoutError', 1],
    ['accept-then-reset', 'TypeError', 1],
  ] as const)('%s delivers no answer', async (kind, answer, visible) => {
    expect(await outcome({ kind })).toEqual({ answer, visible });
    expect(sandbox.requests()).toMatchObject([{ fault: kind, delivered: false, shown: visible ? ['1'] : [] }]);
  });

  it.each([
    ['accept-then-error', 400],
    ['accept-then-unavailable', 503],
  ] as const)('%s creates and says that it did not', async (kind, status) => {
    expect(await outcome({ kind })).toMatchObject({ answer: { status }, visible: 1 });
  });

  it('nonsense creates and answers a page', async () => {
    expect(await outcome({ kind: 'nonsense' })).toMatchObject({
      answer: { status: 200, body: expect.stringContaining('<html>') },
      visible: 1,
    });
  });

  it('apply-late resets at once and creates afterwards', async () => {
    expect(await outcome({ kind: 'apply-late', delayMs: 150 })).toEqual({ answer: 'TypeError', visible: 0 });
    await sandbox.waitForVisible((post) => post.text === 'x');
    expect(sandbox.requests()).toMatchObject([{ shown: ['1'], delivered: false }]);
  });

  it('slow answers rightly, later', async () => {
    const start = performance.now();
    expect(await outcome({ kind: 'slow', delayMs: 100 })).toMatchObject({ answer: { status: 201 }, visible: 1 });
    expect(performance.now() - start).toBeGreaterThanOrEqual(95);
  });

  it('hits as often as told, and only what matches', async () => {
    sandbox.faults.add({ operation: 'commit', kind: 'refuse-auth', times: 2, match: 'bad' });
    sandbox.faults.add({ operation: 'read', kind: 'refuse-auth' });
    const statuses = [];
    for (const text of ['good', 'bad', 'bad', 'bad']) statuses.push((await note(text)).status);
    expect(statuses).toEqual([201, 401, 401, 201]);
    expect(sandbox.faults.list()).toMatchObject([{ operation: 'read', remaining: 1 }]);
  });

  it('draws the same lots from the same seed', async () => {
    const draw = async () => {
      sandbox.faults.clear();
      sandbox.faults.add({ operation: 'commit', kind: 'refuse-unavailable', probability: 0.5, seed: 4 });
      const statuses = [];
      for (let n = 0; n < 20; n += 1) statuses.push((await note('x')).status);
      return statuses;
    };
    const first = await draw();
    expect(new Set(first)).toEqual(new Set([201, 503]));
    expect(await draw()).toEqual(first);
  });
});

describe('controls', () => {
  const control = (method: string, path: string, body?: unknown, token = 'let-me') =>
    fetch(`${sandbox.origin}/_control${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  it('are closed without the token', async () => {
    expect((await control('POST', '/reset', undefined, 'guess')).status).toBe(401);
    expect((await fetch(`${sandbox.origin}/_control/requests`)).status).toBe(401);
  });

  it('add, list and clear faults, and tell the ground truth', async () => {
    expect((await control('POST', '/faults', { operation: 'commit', kind: 'accept-then-error' })).status).toBe(201);
    expect(await (await control('GET', '/faults')).json()).toMatchObject({
      data: [{ kind: 'accept-then-error', remaining: 1 }],
    });
    await note('x');
    expect(await (await control('GET', '/requests?platform=notes')).json()).toMatchObject({
      data: [{ status: 400, shown: ['1'] }],
    });
    expect(await (await control('GET', '/visible?platform=notes&account=ann')).json()).toMatchObject({
      data: [{ text: 'x' }],
    });
    await control('POST', '/faults', { operation: 'commit', kind: 'reset' });
    await control('DELETE', '/faults');
    expect(sandbox.faults.list()).toEqual([]);
    await control('POST', '/reset');
    expect(sandbox.visible()).toEqual([]);
  });

  it.each([
    [{ operation: 'commit', kind: 'explode' }, '"kind"'],
    [{ operation: 'sing', kind: 'reset' }, '"operation"'],
    [{ operation: 'commit', kind: 'reset', times: 0 }, '"times"'],
    [{ operation: 'commit', kind: 'reset', probability: 2 }, '"probability"'],
  ])('refuse %j by naming the field', async (fault, field) => {
    const response = await control('POST', '/faults', fault);
    expect([response.status, await response.json()]).toMatchObject([422, { message: expect.stringContaining(field) }]);
  });
});

describe('the feed', () => {
  const page = async (path: string) => {
    const response = await fetch(sandbox.origin + path);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('says what to do while it is empty, and that nothing is public', async () => {
    const { text, headers } = await page('/');
    expect(text).toContain('nothing here is public');
    expect(text).toContain('connect a practice channel');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('shows text, image and description, escaped, newest first, and a page for each post', async () => {
    const form = new FormData();
    form.append('text', '<script>alert(1)</script>');
    form.append('alt', 'A "red" hat');
    form.append('file', new Blob(['<svg/>'], { type: 'image/svg+xml' }), 'hat.svg');
    await fetch(`${sandbox.origin}/notes/notes`, { method: 'POST', body: form });
    await note('second');
    const { text } = await page('/?platform=notes&account=ann');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('alt="A &quot;red&quot; hat"');
    expect(text.indexOf('second')).toBeLessThan(text.indexOf('&lt;script'));
    const image = await page(/src="([^"]+)"/.exec(text)?.[1] ?? '');
    expect(image).toMatchObject({ status: 200, text: '<svg/>' });
    expect(image.headers.get('content-security-policy')).toContain('sandbox');
    expect((await page('/p/notes/ann/1')).status).toBe(200);
    expect((await page('/p/notes/ann/9')).status).toBe(404);
    expect(JSON.parse((await page('/feed.json?platform=notes')).text)).toMatchObject({
      data: [{ id: '2' }, { id: '1' }],
    });
    expect(JSON.parse((await page('/feed.json?account=bob')).text)).toEqual({ data: [] });
  });

  it('tells of posts by the names that their receipts say, in that order, and nothing of others', async () => {
    for (const text of ['one', 'two', 'three']) await note(text);
    const ask = async (body: unknown) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const response = await fetch(`${sandbox.origin}/feed.json`, init);
      return { status: response.status, body: (await response.json()) as object };
    };
    const named = (...ids: string[]) => ({ posts: ids.map((id) => ({ platform: 'notes', id })) });
    expect(await ask(named('3', '9', '1'))).toMatchObject({
      status: 200,
      body: { data: [{ text: 'three' }, { text: 'one' }] },
    });
    await fetch(`${sandbox.origin}/notes/notes/3`, { method: 'DELETE' });
    expect(await ask(named('3', '1'))).toMatchObject({ body: { data: [{ text: 'one' }] } });
    expect(await ask({ posts: [{ platform: 'other', id: '1' }] })).toEqual({ status: 200, body: { data: [] } });
    for (const wrong of [{}, [], { posts: 'all' }, { posts: [{ id: '1' }] }]) {
      expect(await ask(wrong)).toMatchObject({ status: 422, body: { error: 'invalid-posts' } });
    }
  });

  it('tells which posts show a file', async () => {
    const form = new FormData();
    form.append('text', 'with file');
    form.append('file', new Blob(['bytes'], { type: 'image/png' }), 'a.png');
    await fetch(`${sandbox.origin}/notes/notes`, { method: 'POST', body: form });
    await note('without');
    const digest = sandbox.visible()[0]?.media[0]?.digest;
    const showing = async (of: string) => (await fetch(`${sandbox.origin}/media/${of}/posts`)).json();
    expect(await showing(String(digest))).toEqual({ data: [{ platform: 'notes', id: '1' }] });
    expect(await showing('0'.repeat(64))).toEqual({ data: [] });
  });
});

describe('the files of the feed', () => {
  const film = new Uint8Array(Array.from({ length: 1_000 }, (_, index) => index % 251));
  let address: string;

  beforeEach(async () => {
    const form = new FormData();
    form.set('file', new Blob([film], { type: 'video/mp4' }), 'film.mp4');
    await fetch(`${sandbox.origin}/notes/notes`, { method: 'POST', body: form });
    address = `${sandbox.origin}/media/${sandbox.visible()[0]?.media[0]?.digest}`;
  });

  it('are sent as a whole, to be kept for ever, and never as a page', async () => {
    const answer = await fetch(address);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(film);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      ...{ 'content-type': 'video/mp4', 'accept-ranges': 'bytes' },
      ...{ 'cache-control': 'public, max-age=31536000, immutable', etag: `"${address.split('/').at(-1)}"` },
      ...{ 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff' },
    });
  });

  it('are sent in the parts that a player asks for', async () => {
    const answer = await fetch(address, { headers: { range: 'bytes=990-' } });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, 'bytes 990-999/1000']);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(film.subarray(990));
    expect((await fetch(address, { headers: { range: 'bytes=1000-' } })).status).toBe(416);
  });

  it('are not there under another name', async () => {
    for (const name of ['0'.repeat(64), '..%2Fnotes.jsonl', 'x']) {
      expect((await fetch(`${sandbox.origin}/media/${name}`)).status).toBe(404);
    }
  });
});

describe('persistence', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'clickpost-sandbox-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('has everything that was answered after a restart, even behind a torn line', async () => {
    const first = await startSandbox({ ...options, directory });
    const form = new FormData();
    form.append('text', 'with file');
    form.append('file', new Blob(['bytes'], { type: 'image/png' }), 'a.png');
    await fetch(`${first.origin}/notes/notes`, { method: 'POST', body: form });
    await note('two', first.origin);
    await note('three', first.origin);
    await fetch(`${first.origin}/notes/notes/2`, { method: 'DELETE' });
    const journal = readFileSync(join(directory, 'notes.jsonl'), 'utf8');
    await first.close();
    mkdirSync(join(directory, 'incoming'), { recursive: true });
    writeFileSync(join(directory, 'incoming', 'of a process that died'), 'half a film');
    writeFileSync(join(directory, 'notes.jsonl'), `${journal}["notes","9","to`);

    const second = await startSandbox({ ...options, directory });
    try {
      expect(second.visible('notes').map((post) => post.text)).toEqual(['with file', 'three']);
      expect(second.world('notes').collection('notes').entries()).toEqual([
        ['1', 'with file'],
        ['3', 'three'],
      ]);
      expect(existsSync(join(directory, 'incoming'))).toBe(false);
      const digest = second.visible()[0]?.media[0]?.digest;
      const file = await fetch(`${second.origin}/media/${digest}`);
      expect([file.headers.get('content-type'), await file.text()]).toEqual(['image/png', 'bytes']);
    } finally {
      await second.close();
    }
  });
});
