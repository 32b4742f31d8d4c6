import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import request from 'supertest';
import { type Clock, systemClock } from '#kernel';
import { type AddressedFile, MediaAddresses } from '#media';
import { startTestApi, type TestApi } from '../support/api.js';
import { expectProblem } from '../support/problems.js';

const ORGANIZATION = '01890000-0000-7000-8000-000000000001';
const DAY_MS = 86_400_000;

describe('public addresses of files', () => {
  let installation: TestApi;
  let content: Buffer;
  let file: AddressedFile;
  /** Milliseconds by which the installation's clock is ahead. */
  let ahead = 0;
  beforeAll(async () => {
    const clock: Clock = { ...systemClock, now: () => new Date(Date.now() + ahead) };
    installation = await startTestApi({ kernel: { clock }, env: { PUBLIC_URL: 'https://social.example.com' } });
    content = randomBytes(1_000);
    const storageKey = `${ORGANIZATION}/originals/film`;
    await installation.kernel.storage.put(storageKey, Readable.from([content]), 'video/mp4');
    const facts = { storageKey, contentType: 'video/mp4', bytes: content.length };
    file = { organizationId: ORGANIZATION, ...facts, filename: 'Schöner Urlaub "2026"\r\n.MOV' };
  });
  beforeEach(() => {
    ahead = 0;
  });
  afterAll(() => installation?.close());

  const addresses = () => installation.app.get(MediaAddresses, { strict: false });
  /** The address, as a network asks for it through the proxy. */
  const path = async () => new URL(await addresses().of(file)).pathname;
  const get = (address: string) =>
    request(installation.url)
      .get(address)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      });

  it('lie at the public address, end as their type does, and give the file to anybody without a redirect', async () => {
    expect(await addresses().of(file)).toMatch(
      /^https:\/\/social\.example\.com\/media\/[\w.-]+\/Schoner-Urlaub-2026\.mp4$/,
    );
    const answer = await get(await path()).expect(200);
    expect((answer.body as Buffer).equals(content)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '1000',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': 'inline; filename="Schoner-Urlaub-2026.mp4"',
    });
    expect(answer.headers).not.toHaveProperty('set-cookie');
    const head = await request(installation.url)
      .head(await path())
      .set('Range', 'bytes=0-1')
      .expect(200);
    expect(head.headers).toMatchObject({ 'content-type': 'video/mp4', 'content-length': '1000' });
  });

  it.each<[string, number, string, [from: number, to: number]]>([
    ['bytes=0-0', 206, 'bytes 0-0/1000', [0, 1]],
    ['bytes=200-299', 206, 'bytes 200-299/1000', [200, 300]],
    ['bytes=900-', 206, 'bytes 900-999/1000', [900, 1000]],
    ['bytes=990-5000', 206, 'bytes 990-999/1000', [990, 1000]],
    ['bytes=-10', 206, 'bytes 990-999/1000', [990, 1000]],
    ['bytes=0-1,5-6', 200, '', [0, 1000]],
    ['chapters=1-2', 200, '', [0, 1000]],
  ])('answer the range %s with %i %s', async (range, status, contentRange, [from, to]) => {
    const answer = await get(await path()).set('Range', range);
    const { 'content-range': told = '', 'content-length': length } = answer.headers;
    expect({ status: answer.status, told, length }).toEqual({ status, told: contentRange, length: String(to - from) });
    expect((answer.body as Buffer).equals(content.subarray(from, to))).toBe(true);
  });

  it('say how long the file is where a range lies behind its end', async () => {
    const answer = await get(await path())
      .set('Range', 'bytes=1000-')
      .expect(416);
    expect(answer.headers['content-range']).toBe('bytes */1000');
  });

  it('give the part only of the file that was meant, and nothing where it is known', async () => {
    const { etag } = (await get(await path()).expect(200)).headers;
    await get(await path())
      .set('Range', 'bytes=0-9')
      .set('If-Range', String(etag))
      .expect(206);
    await get(await path())
      .set('Range', 'bytes=0-9')
      .set('If-Range', '"another"')
      .expect(200);
    await get(await path())
      .set('If-None-Match', String(etag))
      .expect(304);
  });

  it('stay the same all day, hold for two days, and then for ever no more', async () => {
    const midnight = Math.ceil(Date.now() / DAY_MS) * DAY_MS;
    ahead = midnight - Date.now() + 60_000;
    const address = await path();
    ahead += DAY_MS - 180_000;
    expect(await path()).toBe(address);
    ahead += 2 * DAY_MS;
    await get(address).expect(200);
    ahead += DAY_MS;
    await get(address).expect(404);
  });

  it('are worth nothing when a character of them is changed, or another name is put behind', async () => {
    const address = await path();
    const [, , token = '', name = ''] = address.split('/');
    const [payload = '', signature = ''] = token.split('.');
    const other = JSON.stringify([`${ORGANIZATION}/originals/other`, 'text/html', 10, name, 99_999]);
    const forged = [
      `/media/${payload}.${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'A'}/${name}`,
      `/media/${Buffer.from(other).toString('base64url')}.${signature}/${name}`,
      `/media/${payload}./${name}`,
      `/media/${payload}/${name}`,
      `/media/${token}/page.html`,
      `/media/${token}.x/${name}`,
      `/media/${'x'.repeat(5_000)}.${signature}/${name}`,
    ];
    for (const wrong of forged) {
      expectProblem(await request(installation.url).get(wrong), { status: 404, slug: 'not-found' });
    }
    await get(address).expect(200);
  });

  it('are not made for a file of another organization, and say so when the file is gone', async () => {
    const organizationId = '01890000-0000-7000-8000-000000000002';
    await expect(addresses().of({ ...file, organizationId })).rejects.toThrow('another organization');
    const gone = new URL(await addresses().of({ ...file, storageKey: `${ORGANIZATION}/originals/gone` })).pathname;
    expectProblem(await request(installation.url).get(gone), { status: 404, slug: 'not-found' });
  });

  it('slow down whoever tries one after the other, and nobody who has a right one', async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 80; count += 1) {
      statuses.add((await request(installation.url).get(`/media/made-up.${count}/a.mp4`)).status);
    }
    expect([...statuses]).toEqual([404, 429]);
    await get(await path()).expect(200);
  });
});
