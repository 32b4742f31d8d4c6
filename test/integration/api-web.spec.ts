import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { PlatformRegistry } from '#platforms';
import { createApi } from '../../apps/api/src/create-api.js';
import { startTestApi, type TestApi } from '../support/api.js';
import { expectProblem } from '../support/problems.js';

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(2_000))});`;
const PAGE = `<!doctype html><html><head>
<meta property="csp-nonce" nonce="__CSP_NONCE__">
<link rel="stylesheet" nonce="__CSP_NONCE__" href="/assets/index-a1b2c3.css">
<script type="module" nonce="__CSP_NONCE__" src="/assets/index-a1b2c3.js"></script>
</head><body><div id="root"></div></body></html>`;
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

describe('the web', () => {
  let api: TestApi;
  let app: NestExpressApplication;
  let url: string;
  let around: string;
  beforeAll(async () => {
    around = await mkdtemp(join(tmpdir(), 'clickpost-web-'));
    const webRoot = join(around, 'web');
    await mkdir(join(webRoot, 'assets', 'fonts'), { recursive: true });
    await mkdir(join(webRoot, '.vite'));
    const files: Record<string, string | Buffer> = {
      '../secret.txt': 'hidden truth',
      'index.html': PAGE,
      'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      '.vite/manifest.json': '{"of":"hidden truth"}',
      'assets/index-a1b2c3.js': SCRIPT,
      'assets/index-a1b2c3.js.br': brotliCompressSync(SCRIPT),
      'assets/index-a1b2c3.js.gz': gzipSync(SCRIPT),
      'assets/index-a1b2c3.css': 'body{}',
      'assets/fonts/inter-d4e5.woff2': 'wOF2',
    };
    for (const [name, content] of Object.entries(files)) await writeFile(join(webRoot, name), content);
    api = await startTestApi({
      env: { SANDBOX: 'on', SANDBOX_URL: 'http://127.0.0.1:4999', VERIFICATION_FILES: 'tiktokAbC.txt=it is ours' },
    });
    app = await createApi({ kernel: api.kernel, platforms: new PlatformRegistry([]), webRoot });
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await app?.close();
    await api?.close();
    await rm(around, { recursive: true, force: true });
  });

  const open = (path: string) => request(url).get(path).set('accept', BROWSER);
  const expectPage = (answer: request.Response) => {
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.text).toContain('<div id="root">');
  };
  /** Sends the path as it is, which clients otherwise tidy up. */
  const raw = (path: string) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { hostname, port } = new URL(url);
      get({ hostname, port, path, headers: { accept: BROWSER } }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      }).on('error', reject);
    });

  describe('shows its page', () => {
    it.each([
      '/',
      '/index.html',
      '/calendar?month=2026-05',
      '/workspaces/1/posts/2',
      '/practice',
      '/v10',
      '/documents',
    ])('at %s', async (path) => {
      const answer = await open(path);
      expectPage(answer);
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.headers['etag']).toBeUndefined();
    });

    it('says to networks whose address it is, without a sign-in and in place of its page', async () => {
      for (const path of ['/tiktokAbC.txt', '/media/tiktokAbC.txt']) {
        const answer = await open(path);
        expect([answer.status, answer.text]).toEqual([200, 'it is ours']);
        expect(answer.headers).toMatchObject({
          'content-type': 'text/plain; charset=utf-8',
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox",
        });
      }
      expectPage(await open('/tiktokAbD.txt'));
      expectProblem(await open('/media/tiktokAbD.txt'), { status: 404, slug: 'not-found' });
    });

    it('to nobody who lists addresses, where the address itself opens something', async () => {
      for (const path of ['/review/token', '/invitation/token']) {
        expect((await open(path).expect(200)).headers['x-robots-tag']).toBe('noindex');
      }
      expect((await open('/calendar').expect(200)).headers['x-robots-tag']).toBeUndefined();
    });

    it('at / to programs that take anything', async () => {
      expectPage(await request(url).get('/'));
    });

    it('with a nonce of its own each time, which the policy names for styles alone', async () => {
      const nonces = new Set<string>();
      for (const path of ['/', '/', '/calendar']) {
        const { text, headers } = await open(path).expect(200);
        const found = [...text.matchAll(/nonce="([^"]*)"/g)].map(([, nonce]) => nonce);
        expect(found).toHaveLength(3);
        expect(new Set(found).size).toBe(1);
        const [nonce = ''] = found;
        expect(nonce).toMatch(/^[\w-]{20,}$/);
        expect(text).not.toContain('__CSP_NONCE__');
        const policy = Object.fromEntries(
          String(headers['content-security-policy'])
            .split(';')
            .map((part) => [part.slice(0, part.indexOf(' ')), part.slice(part.indexOf(' ') + 1)]),
        );
        expect(policy).toMatchObject({
          'default-src': "'self'",
          'script-src': "'self'",
          'style-src': `'self' 'nonce-${nonce}'`,
          'img-src': "'self' data: blob:",
          'connect-src': "'self'",
          'frame-ancestors': "'none'",
          'object-src': "'none'",
        });
        expect(headers['content-security-policy']).not.toContain('unsafe');
        expect(headers['x-content-type-options']).toBe('nosniff');
        nonces.add(nonce);
      }
      expect(nonces.size).toBe(3);
    });

    it('to a HEAD by its headers alone', async () => {
      for (const path of ['/', '/calendar', '/assets/index-a1b2c3.js']) {
        const answer = await request(url).head(path).set('accept', BROWSER).expect(200);
        expect(answer.text ?? '').toBe('');
        expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
      }
    });

    it('but not to programs that ask for an address that there is not', async () => {
      for (const accept of ['*/*', 'application/json', 'image/avif,image/webp,*/*;q=0.8']) {
        const answer = await request(url).get('/nothing/here').set('accept', accept);
        expectProblem(answer, { status: 404, slug: 'not-found' });
      }
    });

    it('but not to whoever sends something', async () => {
      const answer = await request(url).post('/calendar').set('accept', BROWSER).send({});
      expectProblem(answer, { status: 404, slug: 'not-found' });
    });
  });

  describe('serves its files', () => {
    const script = () => request(url).get('/assets/index-a1b2c3.js');
    const FOREVER = 'public, max-age=31536000, immutable';

    it.each([
      ['br, gzip', 'br'],
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', undefined],
    ])('compressed as the client can read them: %s', async (accepted, encoding) => {
      const answer = await script().set('accept-encoding', accepted).buffer(true).expect(200);
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.headers['content-type']).toMatch(/^text\/javascript/);
      expect(answer.headers['cache-control']).toBe(FOREVER);
      expect(answer.headers['vary']).toMatch(/accept-encoding/i);
      if (encoding) expect(Number(answer.headers['content-length'])).toBeLessThan(500);
      const whole = await fetch(`${url}/assets/index-a1b2c3.js`, { headers: { 'accept-encoding': accepted } });
      expect(await whole.text()).toBe(SCRIPT);
    });

    it('uncompressed where the build left them so', async () => {
      for (const [path, type] of [
        ['/assets/index-a1b2c3.css', 'text/css; charset=utf-8'],
        ['/assets/fonts/inter-d4e5.woff2', 'font/woff2'],
      ] as const) {
        const { headers } = await request(url).get(path).set('accept-encoding', 'br, gzip').expect(200);
        expect(headers).toMatchObject({ 'content-type': type, 'cache-control': FOREVER });
        expect(headers['content-encoding']).toBeUndefined();
      }
    });

    it('asking again for those whose name stays', async () => {
      const { headers } = await open('/favicon.svg').expect(200);
      expect(headers).toMatchObject({ 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' });
      await open('/favicon.svg').set('if-none-match', String(headers['etag'])).expect(304);
    });

    it.each(['/assets/index-000000.js', '/assets/', '/assets', '/assets/fonts', '/assets/../assets/none.css'])(
      'and no page in place of %s, which is not there',
      async (path) => {
        const answer = await open(path);
        expectProblem(answer, { status: 404, slug: 'not-found' });
        expect(answer.headers['cache-control']).toBeUndefined();
      },
    );

    it.each([
      '/..%2fsecret.txt',
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/assets/../../secret.txt',
      '/assets/..\\..\\secret.txt',
      '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
      '/.vite/manifest.json',
      '/assets/../.vite/manifest.json',
      '//secret.txt',
      '/%00',
      '/%FF',
    ])('and nothing from elsewhere: %s', async (path) => {
      const { status, text } = await raw(path);
      expect(text).not.toContain('hidden truth');
      expect([200, 400, 403, 404]).toContain(status);
      if (status === 200) expect(text).toContain('<div id="root">');
    });
  });

  describe('leaves the API alone', () => {
    it.each(['/v1/unknown', '/v1', '/V1/unknown', '/health/unknown', '/metrics/unknown', '/docs/unknown'])(
      'answering a problem at %s',
      async (path) => {
        expectProblem(await open(path), { status: 404, slug: 'not-found' });
      },
    );

    it('with its resources, description and health', async () => {
      expectProblem(await open('/v1/workspaces'), { status: 401, slug: 'unauthorized' });
      await open('/v1/openapi.json').expect(200).expect('content-type', /json/);
      const docs = await open('/docs').expect(200);
      expect(docs.text).toContain('swagger');
      await open('/health/live').expect(200, { status: 'ok' });
      await open('/metrics')
        .expect(200)
        .expect('content-type', /text\/plain/);
    });
  });

  it('is replaced by a small page where it was not built', async () => {
    const { text } = await request(api.url).get('/').set('accept', BROWSER).expect(200);
    expect(text).toContain('href="/docs"');
    await request(api.url).get('/practice').expect(302).expect('location', 'http://127.0.0.1:4999/');
    expectProblem(await request(api.url).get('/calendar').set('accept', BROWSER), { status: 404, slug: 'not-found' });
  });
});
