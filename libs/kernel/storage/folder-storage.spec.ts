import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { createStorage, FileNotFoundError, FolderStorage } from './index.js';

describe('FolderStorage', () => {
  let root: string;
  let storage: FolderStorage;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'clickpost-files-'));
    storage = new FolderStorage(join(root, 'files'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const put = (key: string, ...chunks: string[]): ReturnType<FolderStorage['put']> =>
    storage.put(key, Readable.from(chunks.map((chunk) => Buffer.from(chunk))));
  const read = async (...args: Parameters<FolderStorage['open']>): Promise<string> =>
    (await buffer(await storage.open(...args))).toString();

  it('gives back the bytes, with their number and digest', async () => {
    const bytes = randomBytes(300_000);
    const stored = await storage.put(
      'org/asset/original.jpg',
      Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]),
    );
    expect(stored).toEqual({ bytes: 300_000, digest: createHash('sha256').update(bytes).digest('hex') });
    expect((await buffer(await storage.open('org/asset/original.jpg'))).equals(bytes)).toBe(true);
    expect(await storage.stat('org/asset/original.jpg')).toEqual({ bytes: 300_000 });
  });

  it('keeps an empty file', async () => {
    expect(await put('empty')).toMatchObject({ bytes: 0 });
    expect(await read('empty')).toBe('');
  });

  it('reads a range, both ends included', async () => {
    await put('digits', '01234', '56789');
    expect(await read('digits', { start: 2, end: 5 })).toBe('2345');
    expect(await read('digits', { start: 7 })).toBe('789');
  });

  it('replaces a file as a whole, also for someone who is reading the old one', async () => {
    await put('file', 'old');
    const reading = await storage.open('file');
    await put('file', 'new');
    expect(await read('file')).toBe('new');
    expect((await buffer(reading)).toString()).toBe('old');
  });

  it('leaves what was there when the source fails, and nothing half-written', async () => {
    await put('dir/file', 'old');
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('upload was cut off');
    };
    await expect(storage.put('dir/file', failing())).rejects.toThrow('upload was cut off');
    await expect(storage.put('dir/fresh', failing())).rejects.toThrow('upload was cut off');
    expect(await read('dir/file')).toBe('old');
    expect(await readdir(join(root, 'files'), { recursive: true })).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/fresh|partial.+/)]),
    );
  });

  it('knows what is not there', async () => {
    await put('dir/file', 'x');
    await expect(storage.open('nothing')).rejects.toThrow(new FileNotFoundError('nothing'));
    await expect(storage.open('dir/file/below')).rejects.toBeInstanceOf(FileNotFoundError);
    expect(await storage.stat('nothing')).toBeUndefined();
    expect(await storage.stat('dir')).toBeUndefined();
  });

  it('takes over a file of this machine without a second copy, and leaves the one that was given', async () => {
    const path = join(root, 'received');
    await writeFile(path, 'received');
    await storage.putFile('org/originals/a', path);
    expect(await read('org/originals/a')).toBe('received');
    expect((await stat(await storage.local('org/originals/a'))).ino).toBe((await stat(path)).ino);
    await storage.putFile('org/originals/a', path);
    await rm(path);
    expect(await read('org/originals/a')).toBe('received');
    expect(await readdir(join(root, 'files', '.partial'))).toEqual([]);
  });

  it('copies, and lists what lies below a prefix', async () => {
    await put('org/originals/a', 'one');
    await storage.copy('org/originals/a', 'org/originals/b');
    await put('other/originals/c', 'three');
    const listed: string[] = [];
    for await (const { key, bytes } of storage.list('org/')) listed.push(`${key} ${bytes}`);
    expect(listed.sort()).toEqual(['org/originals/a 3', 'org/originals/b 3']);
    const all: string[] = [];
    for await (const { key } of storage.list('')) all.push(key);
    expect(all).toHaveLength(3);
    await expect(storage.copy('nothing', 'org/x')).rejects.toBeInstanceOf(FileNotFoundError);
    await expect(storage.local('nothing')).rejects.toBeInstanceOf(FileNotFoundError);
    await expect(storage.list('../')[Symbol.asyncIterator]().next()).rejects.toThrow(RangeError);
  });

  it('says in words that the disk is full, and leaves nothing half-written', async () => {
    const full = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    };
    await expect(storage.put('file', full())).rejects.toMatchObject({ slug: 'storage-full', status: 507 });
    expect(await readdir(join(root, 'files', '.partial'))).toEqual([]);
    expect(await storage.stat('file')).toBeUndefined();
  });

  it('deletes, and does not mind deleting twice', async () => {
    await put('file', 'x');
    await storage.delete('file');
    await storage.delete('file');
    expect(await storage.stat('file')).toBeUndefined();
  });

  it.each([
    '',
    '/',
    '../secret',
    'a/../../secret',
    '/etc/passwd',
    'a//b',
    'a/',
    '.hidden',
    'a\\..\\b',
    'a\0',
    'ü',
    'C:/x',
  ])('refuses the key %j', async (key) => {
    await writeFile(join(root, 'secret'), 'outside');
    await expect(put(key, 'x')).rejects.toThrow(RangeError);
    await expect(storage.open(key)).rejects.toThrow(RangeError);
    await expect(storage.stat(key)).rejects.toThrow(RangeError);
    await expect(storage.delete(key)).rejects.toThrow(RangeError);
  });

  it('never writes outside its folder, whatever the key', async () => {
    const inside = join('a', 'b', 'c', 'd', 'files');
    const deep = new FolderStorage(join(root, inside));
    const segment = fc.constantFrom('..', '.', 'x', 'y.z', '', '~', '%2e%2e', '..x');
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { maxLength: 5 }), async (segments) => {
        await deep.put(segments.join('/'), Readable.from([Buffer.from('x')])).catch(() => undefined);
        const written = await readdir(root, { recursive: true });
        expect(written.filter((path) => !path.startsWith(inside) && !inside.startsWith(path))).toEqual([]);
        await rm(join(root, inside), { recursive: true, force: true });
      }),
    );
  });
});

describe('createStorage', () => {
  it('takes S3 when there is one, else a folder', async () => {
    const s3 = {
      endpoint: 'https://s3.example.com',
      region: 'eu',
      bucket: 'b',
      accessKeyId: 'i',
      secretAccessKey: 's',
      forcePathStyle: true,
    };
    expect(await createStorage({ dataDir: '/data' })).toBeInstanceOf(FolderStorage);
    expect(await createStorage({ dataDir: '/data', s3 })).not.toBeInstanceOf(FolderStorage);
  });
});
