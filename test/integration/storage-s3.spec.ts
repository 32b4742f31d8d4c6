import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { createStorage, FileNotFoundError, type FileStorage, type S3Config } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { startTestApi, type TestAccount, type TestApi } from '../support/api.js';
import { startTestS3, type TestS3 } from '../support/s3.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { outcomeOf, resume, send, sendUntilCut } from './uploads-client.js';

describe('files in an S3 store', () => {
  let s3: TestS3;
  let config: S3Config;
  let storage: FileStorage;
  let folder: string;
  beforeAll(async () => {
    s3 = await startTestS3();
    ({ config } = s3);
    folder = await mkdtemp(join(tmpdir(), 'clickpost-s3-'));
    storage = await createStorage({ dataDir: folder, s3: config });
  });
  afterAll(async () => {
    await s3?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const read = async (...args: Parameters<FileStorage['open']>) => buffer(await storage.open(...args));

  it.each([0, 1_000, 8 * 1024 * 1024, 20_000_001])(
    'takes a file of %i bytes over, and gives it back',
    async (bytes) => {
      const content = randomBytes(bytes);
      const path = join(folder, 'file');
      await writeFile(path, content);
      await storage.putFile('org/originals/a', path, 'video/mp4');
      expect(await storage.stat('org/originals/a')).toEqual({ bytes });
      expect((await read('org/originals/a')).equals(content)).toBe(true);
      const stored = await storage.put('org/originals/b', Readable.from([content]), 'video/mp4');
      expect(stored).toEqual({ bytes, digest: createHash('sha256').update(content).digest('hex') });
      expect((await read('org/originals/b')).equals(content)).toBe(true);
      expect(s3.unended()).toEqual([]);
    },
  );

  it('gives a part, a copy, a file of this machine, and a list', async () => {
    await storage.put('org/originals/d', Readable.from([Buffer.from('0123456789')]), 'text/plain');
    expect((await read('org/originals/d', { start: 2, end: 5 })).toString()).toBe('2345');
    await storage.copy('org/originals/d', 'org/copies/d', 'text/plain');
    const path = await storage.local('org/copies/d', folder);
    expect(await readFile(path, 'utf8')).toBe('0123456789');
    const listed = [];
    for await (const file of storage.list('org/copies/')) listed.push(file);
    expect(listed).toEqual([{ key: 'org/copies/d', bytes: 10, changedAt: expect.any(Date) }]);
    await storage.delete('org/copies/d');
    await storage.delete('org/copies/d');
    expect(await storage.stat('org/copies/d')).toBeUndefined();
  });

  it('knows what is not there', async () => {
    await expect(storage.open('org/nothing')).rejects.toBeInstanceOf(FileNotFoundError);
    await expect(storage.local('org/nothing', folder)).rejects.toBeInstanceOf(FileNotFoundError);
    await expect(storage.copy('org/nothing', 'org/copy', 'text/plain')).rejects.toBeInstanceOf(FileNotFoundError);
    expect(await readdir(folder)).not.toContain('org_nothing');
  });

  it('leaves nothing behind when the source fails in the middle', async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield randomBytes(20_000_000);
      throw new Error('the source broke');
    };
    await expect(storage.put('org/half', failing(), 'video/mp4')).rejects.toThrow('the source broke');
    expect(await storage.stat('org/half')).toBeUndefined();
    expect(s3.unended()).toEqual([]);
  });

  describe('where the store fails', () => {
    let failing: Server;
    let status: number;
    let broken: FileStorage;
    beforeAll(async () => {
      failing = createServer((request, response) => {
        request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/xml' }).end());
      });
      await new Promise<void>((resolve) => failing.listen(0, '127.0.0.1', resolve));
      const endpoint = `http://127.0.0.1:${(failing.address() as AddressInfo).port}`;
      broken = await createStorage({ dataDir: folder, s3: { ...config, endpoint } });
    });
    afterAll(() => new Promise((resolve) => failing.close(resolve)));

    it.each([
      [403, 503, 'unavailable'],
      [503, 503, 'unavailable'],
      [507, 507, 'storage-full'],
    ])('and answers %i, says so as %i', async (answer, expected, slug) => {
      status = answer;
      const putting = broken.put('org/a', Readable.from([Buffer.from('x')]), 'text/plain');
      await expect(putting).rejects.toMatchObject({ status: expected, slug });
    });
  });

  it('gives an address of its own, which answers parts and says what it is', async () => {
    await storage.put('org/originals/film', Readable.from([Buffer.from('0123456789')]), 'binary/octet-stream');
    const options = { contentType: 'video/mp4', filename: 'film.mp4', from: new Date(), seconds: 3600 };
    const address = await storage.presign('org/originals/film', options);
    expect(await storage.presign('org/originals/film', options)).toBe(address);
    const response = await fetch(String(address), { headers: { Range: 'bytes=-3' } });
    expect({ status: response.status, text: await response.text() }).toEqual({ status: 206, text: '789' });
    const whole = await fetch(String(address));
    expect(await whole.text()).toBe('0123456789');
    expect(new URL(String(address)).searchParams.get('response-content-type')).toBe('video/mp4');
  });

  describe('and uploads in pieces', () => {
    let installation: TestApi;
    let account: TestAccount;
    beforeAll(async () => {
      installation = await startTestApi({
        kernel: { storage },
        env: {
          ...{
            S3_ENDPOINT: config.endpoint,
            S3_REGION: config.region,
            S3_BUCKET: config.bucket,
            S3_FORCE_PATH_STYLE: 'on',
          },
          ...{ S3_ACCESS_KEY_ID: config.accessKeyId, S3_SECRET_ACCESS_KEY: config.secretAccessKey },
        },
      });
      account = await installation.signUp();
    });
    afterAll(() => installation?.close());

    it.each([700, 2_300])('goes on with a picture %i pixels wide at another process, and tidies up', async (width) => {
      const picture = await painted(width);
      const cut = Math.floor(picture.length / 2);
      const address = await sendUntilCut(installation.url, account, picture, { filename: 'a.png' }, cut);
      const other = await createApi({ kernel: installation.kernel, platforms: new PlatformRegistry([]) });
      await other.listen(0, '127.0.0.1');
      try {
        const { port } = other.getHttpServer().address() as AddressInfo;
        const there = `http://127.0.0.1:${port}${new URL(address).pathname}`;
        expect(await resume(there, account, picture)).toBeLessThanOrEqual(picture.length - cut);
        const done = await outcomeOf(`http://127.0.0.1:${port}`, account, there);
        expect(done).toMatchObject({ state: 'done', media: { width, bytes: picture.length } });
        const digest = createHash('sha256').update(picture).digest('hex');
        const stored = await read(`${account.organizationId}/originals/${digest}`);
        expect(stored.equals(picture)).toBe(true);
      } finally {
        await other.close();
      }
      await untilEmpty();
    });

    it('refuses by its content what is no image, and keeps nothing of it', async () => {
      const address = await send(installation.url, account, Buffer.from('I am a text'), { filename: 'x.jpg' });
      expect(await outcomeOf(installation.url, account, address)).toMatchObject({ state: 'refused' });
      await untilEmpty();
    });

    /** What was received is removed after its outcome is known. */
    async function untilEmpty(): Promise<void> {
      for (;;) {
        const left = [];
        for await (const { key } of storage.list('uploads/')) left.push(key);
        if (left.length === 0 && s3.unended().length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  });
});

async function painted(width: number): Promise<Buffer> {
  const noise = randomBytes(width * 1_000 * 3);
  return sharp(noise, { raw: { width, height: 1_000, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
}
