import { type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import request from 'supertest';
import { serveVerificationFiles } from './verification-files.js';

const TOKEN = 'tiktok-developers-site-verification=AbC123';
const HTML = '<meta name="p:domain_verify" content="1a2b"><script>alert(1)</script>';

describe('files by which networks see whose address it is', () => {
  let server: Server;
  beforeAll(async () => {
    const app = express();
    app.disable('x-powered-by');
    const files = { 'tiktokAbC123.txt': TOKEN, 'pinterest-1a2b.html': HTML };
    app.use(serveVerificationFiles(new Map(Object.entries(files))));
    app.use((_request, response) => void response.status(404).send('nothing'));
    await new Promise<void>((resolve) => (server = app.listen(0, '127.0.0.1', () => resolve())));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it.each(['/tiktokAbC123.txt', '/media/tiktokAbC123.txt'])('lie at %s', async (path) => {
    const answer = await request(server).get(path).expect(200);
    expect(answer.text).toBe(TOKEN);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-robots-tag': 'noindex',
    });
    const head = await request(server).head(path).expect(200);
    expect([head.headers['content-length'], head.text]).toEqual([String(TOKEN.length), undefined]);
  });

  it('are text, whatever their name says', async () => {
    const answer = await request(server).get('/pinterest-1a2b.html?from=network').expect(200);
    expect([answer.headers['content-type'], answer.text]).toEqual(['text/plain; charset=utf-8', HTML]);
  });

  it.each([
    '/tiktokabc123.txt',
    '/tiktokAbC123.txt/',
    '/tiktokAbC123.tx',
    '/other/tiktokAbC123.txt',
    '/media/media/tiktokAbC123.txt',
    '/Media/tiktokAbC123.txt',
    '//tiktokAbC123.txt',
    '/./tiktokAbC123.txt',
    '/media/../tiktokAbC123.txt',
    '/media/..%2ftiktokAbC123.txt',
    '/%74iktokAbC123.txt',
    '/tiktokAbC123.txt%00',
    '/tiktokAbC123.txt;x',
    '/constructor',
    '/__proto__',
    '/',
  ])('are at no other address: %s', async (path) => {
    expect(await raw(server, path)).toMatch(/^HTTP\/1\.1 404 [^]*nothing$/);
  });

  it.each(['post', 'put', 'delete'] as const)('are only read: %s', async (method) => {
    await request(server)[method]('/tiktokAbC123.txt').expect(404);
  });
});

/** Asked for as it is written: clients would tidy the address. */
function raw(server: Server, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('end', () => resolve(text)).on('error', reject);
    socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
  });
}
