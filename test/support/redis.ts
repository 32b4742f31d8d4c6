import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A Redis server for one test file. */
export interface TestRedis {
  url: string;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

/**
 * Starts Debian's `redis-server` on a free port of 127.0.0.1. It keeps nothing on disk, and never drops keys, as BullMQ
 * needs: https://docs.bullmq.io/guide/going-to-production#max-memory-policy
 * @throws Error with Redis's own words when it does not start, and with the remedy when it is not installed
 */
export async function startTestRedis(): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'clickpost-redis-'));
  // Redis cannot choose a port itself (0 means none), and another program may take the one found: hence a few tries.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      const server = await startOn(port, directory);
      return { url: `redis://127.0.0.1:${port}`, stop: () => stop(server, directory) };
    } catch (error) {
      if (attempt < 5 && String(error).includes('Address already in use')) continue;
      await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }
}

/** Resolves once the server takes connections. */
async function startOn(port: number, directory: string): Promise<ChildProcess> {
  const settings = {
    bind: '127.0.0.1',
    port,
    dir: directory,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(server, 'spawn').catch((cause: unknown) => {
    throw new Error('redis-server cannot be run. Install it: apt-get install redis-server', { cause });
  });
  const said: string[] = [];
  let ready = false;
  for await (const line of createInterface({ input: server.stdout })) {
    said.push(line);
    ready = line.includes('Ready to accept connections');
    if (ready) break;
  }
  if (!ready) throw new Error(`redis-server did not start:\n${said.join('\n')}`);
  server.stdout.resume(); // Its later output is not wanted, but must not fill the pipe.
  return server;
}

async function stop(server: ChildProcess, directory: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  await rm(directory, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
