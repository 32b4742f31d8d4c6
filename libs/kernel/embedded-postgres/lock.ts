import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, open, readdir, unlink } from 'node:fs/promises';
import { createServer, connect, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { give } from './account.js';
import { AlreadyRunningError, systemCode } from './errors.js';
import { type Home } from './home.js';

const tries = 5;

/**
 * Holds the data for this process's life, and returns how to let go of it.
 *
 * Each starter listens on a Unix socket of its own in the lock folder and then looks whether anybody answers on another
 * one. Of two at the same moment at least one sees the other and withdraws. A socket dies with its process, so neither a
 * kill nor a reused process id can leave a lock behind, and it is seen across containers that share the folder.
 * @throws AlreadyRunningError while another process (or this one) holds it.
 */
export async function holdLock(home: Home, dataDirectory: string): Promise<() => Promise<void>> {
  const folder = join(home.folder, 'lock');
  await mkdir(folder, { recursive: true });
  await give(folder, home.account);
  const handle = await open(folder, 'r');
  // A socket's path may have some 100 bytes only; by way of the open folder it is short wherever the data lies.
  const near = process.platform === 'linux' ? `/proc/self/fd/${handle.fd}` : folder;
  try {
    const server = await announce(near, dataDirectory);
    return async () => {
      await close(server);
      await handle.close();
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function announce(folder: string, dataDirectory: string): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    const name = `${process.pid}-${randomBytes(6).toString('hex')}`;
    const server = await listen(join(folder, name));
    const others = (await readdir(folder)).filter((other) => other !== name);
    const alive = await Promise.all(others.map((other) => answers(join(folder, other))));
    const holder = others.find((_, index) => alive[index]);
    if (holder === undefined) {
      await Promise.all(others.map((other) => removeStale(join(folder, other))));
      return server;
    }
    await close(server);
    if (attempt === tries) throw new AlreadyRunningError(Number.parseInt(holder, 10), dataDirectory);
    await sleep(randomInt(20, 150));
  }
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen({ path, exclusive: true, readableAll: true, writableAll: true }, () => resolve(server));
    server.unref();
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}

/** Whether a process listens there. Only a refusal or a vanished socket proves that none does. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    const settle = (alive: boolean): void => {
      socket.destroy();
      resolve(alive);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', (error) => settle(!['ECONNREFUSED', 'ENOENT'].includes(systemCode(error) ?? '')));
  });
}

async function removeStale(path: string): Promise<void> {
  try {
    // Not `rm`: after it has looked at a socket, Node 20's `require` takes symbolic links for folders.
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
