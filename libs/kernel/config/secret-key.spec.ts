import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveSecretKey } from './index.js';

describe('resolveSecretKey', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clickpost-key-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('takes the given key and writes nothing', async () => {
    expect(await resolveSecretKey({ secretKey: 'given', dataDir: folder })).toBe('given');
    expect(await readdir(folder)).toEqual([]);
  });

  it('makes one key for all who start together, readable by the owner alone', async () => {
    const dataDir = join(folder, 'new/data');
    const keys = await Promise.all(Array.from({ length: 8 }, () => resolveSecretKey({ dataDir })));
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]?.length).toBeGreaterThanOrEqual(32);
    expect(await readdir(dataDir)).toEqual(['secret.key']);
    expect((await stat(join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);
    expect(await resolveSecretKey({ dataDir })).toBe(keys[0]);
  });

  it('refuses a damaged key instead of replacing it', async () => {
    const file = join(folder, 'secret.key');
    await writeFile(file, 'cut off');
    await expect(resolveSecretKey({ dataDir: folder })).rejects.toThrow('restore that file');
    expect(await readFile(file, 'utf8')).toBe('cut off');
  });

  it('names DATA_DIR when the folder cannot be used', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(resolveSecretKey({ dataDir: join(folder, 'file') })).rejects.toThrow('DATA_DIR cannot hold');
  });
});
