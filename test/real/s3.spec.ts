import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { createStorage, FileNotFoundError, type FileStorage, type PresignOptions } from '#kernel';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestSwift, type TestSwift } from '../support/swift.js';
import { outcomeOf, resume, sendUntilCut } from '../integration/uploads-client.js';

const title = 'files in an S3 store that checks signatures';

(isInstalled() || process.env['CI'] ? describe : describe.skip)(title, () => {
  let swift: TestSwift;
  let storage: FileStorage;
  let folder: string;
  beforeAll(async () => {
    swift = await startTestSwift();
    folder = await mkdtemp(join(tmpdir(), 'clickpost-s3-'));
    storage = await createStorage({ dataDir: folder, s3: swift.config });
  });
  afterAll(async () => {
    await swift?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const read = async (...args: Parameters<FileStorage['open']>) => buffer(await storage.open(...args));

  /** Multipart uploads that never ended. */
  async function unended(): Promise<number> {
    const { endpoint, region, accessKeyId, secretAccessKey, bucket } = swift.config;
    const credentials = { accessKeyId, secretAccessKey };
    const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials });
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    client.destroy();
    return Uploads.length;
  }

  it('takes a large file over in parts, and gives it back whole and in part', async () => {
    const content = randomBytes(30_000_001);
    const path = join(folder, 'film');
    await writeFile(path, content);
    await storage.putFile('org/originals/film', path, 'video/mp4');
    expect(await storage.stat('org/originals/film')).toEqual({ bytes: content.length });
    expect((await read('org/originals/film')).equals(content)).toBe(true);
    const part = await read('org/originals/film', { start: 8_388_600, end: 8_388_620 });
    expect(part.equals(content.subarray(8_388_600, 8_388_621))).toBe(true);
    await storage.copy('org/originals/film', 'org/originals/copy', 'video/mp4');
    const local = await storage.local('org/originals/copy', folder);
    expect((await readFile(local)).equals(content)).toBe(true);
    expect(await unended()).toBe(0);
  });

  it('leaves no parts behind when the source fails in the middle', async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield randomBytes(20_000_000);
      throw new Error('the source broke');
    };
    await expect(storage.put('org/half', failing(), 'video/mp4')).rejects.toThrow('the source broke');
    expect(await storage.stat('org/half')).toBeUndefined();
    expect(await unended()).toBe(0);
  });

  it('lists, deletes, and knows what is not there', async () => {
    await storage.put('lists/a', Readable.from([Buffer.from('one')]), 'text/plain');
    const listed = [];
    for await (const { key, bytes } of storage.list('lists/')) listed.push({ key, bytes });
    expect(listed).toEqual([{ key: 'lists/a', bytes: 3 }]);
    await storage.delete('lists/a');
    await storage.delete('lists/a');
    await expect(storage.open('lists/a')).rejects.toBeInstanceOf(FileNotFoundError);
    await expect(storage.copy('lists/a', 'lists/b', 'text/plain')).rejects.toBeInstanceOf(FileNotFoundError);
  });

  it('says that the store does not answer where the key is wrong', async () => {
    const s3 = { ...swift.config, secretAccessKey: 'another' };
    const stranger = await createStorage({ dataDir: folder, s3 });
    await expect(stranger.open('org/originals/film')).rejects.toMatchObject({ status: 503, slug: 'unavailable' });
  });

  describe('gives addresses that', () => {
    const options = (from = new Date(), seconds = 3600): PresignOptions => ({
      ...{ contentType: 'video/mp4', filename: 'film.mp4' },
      ...{ from, seconds },
    });
    const addressOf = async (given = options()) => String(await storage.presign('org/originals/digits', given));
    beforeAll(() => storage.put('org/originals/digits', Readable.from([Buffer.from('0123456789')]), 'video/mp4'));

    it('anybody may read, whole and in part, and that say what it is', async () => {
      const whole = await fetch(await addressOf());
      expect({ status: whole.status, text: await whole.text() }).toEqual({ status: 200, text: '0123456789' });
      expect(whole.headers.get('content-type')).toBe('video/mp4');
      expect(whole.headers.get('content-disposition')).toBe('inline; filename="film.mp4"');
      const part = await fetch(await addressOf(), { headers: { Range: 'bytes=2-4' } });
      expect({ status: part.status, text: await part.text() }).toEqual({ status: 206, text: '234' });
    });

    it('are refused when they were changed', async () => {
      const address = await addressOf();
      const changed = [
        address.replace('/digits?', '/film?'),
        address.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=604800'),
        address.replace(/(X-Amz-Signature=)../, '$100'),
        address.replace('video%2Fmp4', 'text%2Fhtml'),
      ];
      expect(new Set([address, ...changed]).size).toBe(5);
      for (const wrong of changed) expect((await fetch(wrong)).status).toBe(403);
    });

    it('are refused when they have expired', async () => {
      const past = await addressOf(options(new Date(Date.now() - 120_000), 60));
      expect((await fetch(past)).status).toBe(403);
      const present = await addressOf(options(new Date(Date.now() - 120_000), 600));
      expect((await fetch(present)).status).toBe(200);
    });
  });

  describe('and uploads in pieces', () => {
    let installation: TestApi;
    beforeAll(async () => {
      const { endpoint, region, bucket, accessKeyId, secretAccessKey } = swift.config;
      installation = await startTestApi({
        kernel: { storage },
        env: {
          ...{ S3_ENDPOINT: endpoint, S3_REGION: region, S3_BUCKET: bucket, S3_FORCE_PATH_STYLE: 'on' },
          ...{ S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey },
        },
      });
    });
    afterAll(() => installation?.close());

    it('goes on after a cut, and tidies up', async () => {
      const account = await installation.signUp();
      const picture = await painted(3_000);
      const cut = Math.floor(picture.length * 0.7);
      const address = await sendUntilCut(installation.url, account, picture, { filename: 'a.png' }, cut);
      expect(await resume(address, account, picture)).toBeLessThanOrEqual(picture.length - cut);
      const done = await outcomeOf(installation.url, account, address);
      expect(done).toMatchObject({ state: 'done', media: { width: 3_000, bytes: picture.length } });
      const digest = createHash('sha256').update(picture).digest('hex');
      expect((await read(`${account.organizationId}/originals/${digest}`)).equals(picture)).toBe(true);
      for (;;) {
        const left = [];
        for await (const { key } of storage.list('uploads/')) left.push(key);
        if (left.length === 0 && (await unended()) === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
  });
});

/** A picture of some megabytes. */
async function painted(width: number): Promise<Buffer> {
  const noise = randomBytes(width * 1_000 * 3);
  return sharp(noise, { raw: { width, height: 1_000, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

function isInstalled(): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v swift-proxy-server && command -v swift-object-server'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
