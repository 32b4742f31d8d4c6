import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { types } from 'node:util';
import { type Config, MIN_SECRET_KEY_LENGTH } from './config.js';
import { ConfigError } from './environment.js';

/**
 * The secret key of this installation: as given, else the one kept in `DATA_DIR/secret.key`, which is made when there is none.
 * Processes that start together agree on one key.
 * @throws ConfigError when the kept key is damaged or the folder cannot be written
 */
export async function resolveSecretKey(config: Pick<Config, 'secretKey' | 'dataDir'>): Promise<string> {
  if (config.secretKey !== undefined) return config.secretKey;
  const file = join(config.dataDir, 'secret.key');
  try {
    return (await readKey(file)) ?? (await makeKey(config.dataDir, file));
  } catch (error) {
    if (error instanceof ConfigError || !isErrno(error)) throw error;
    throw new ConfigError('DATA_DIR', `cannot hold the secret key (${error.code} at ${file})`, 'DATA_DIR=./data');
  }
}

async function readKey(file: string): Promise<string | undefined> {
  let key: string;
  try {
    key = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (isErrno(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
  if (key.length >= MIN_SECRET_KEY_LENGTH) return key;
  throw new ConfigError('SECRET_KEY', `was kept in ${file}, which is damaged`, 'restore that file from your backup');
}

async function makeKey(dataDir: string, file: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(`${randomBytes(48).toString('base64url')}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link appears whole and, unlike a rename, never replaces the key of a process that was faster.
    await link(temporary, file).catch((error: unknown) => {
      if (!isErrno(error) || error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(temporary, { force: true });
  }
  const key = await readKey(file);
  if (key === undefined) throw new ConfigError('DATA_DIR', `lost ${file} while it was written`, 'DATA_DIR=./data');
  return key;
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return types.isNativeError(error) && 'code' in error;
}
