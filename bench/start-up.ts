import { type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ALL_IN_ONE, answers, end, freePort, launch, proportionalSetSize, tree } from './process.js';
import { type Measurement, median } from './report.js';

const ROUNDS = 7;
const BARE_NODE = `require('http').createServer((_, response) => response.end()).listen(process.argv[1], '127.0.0.1')`;

/** How the embedded database's server was started: the floor starts it in the very same way. */
interface ServerCommand {
  program: string;
  args: string[];
  uid: number;
  port: number;
}

/**
 * From starting the process to `/health/ready` on data that exist already, and memory at rest; over a bare Node process
 * that listens and a bare PostgreSQL on the same data.
 * @param idleMs how long both rest before their memory is taken
 */
export async function startUp(idleMs: number): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'clickpost-bench-'));
  // As root, the database runs as another user, who has to enter it.
  await chmod(folder, 0o755);
  try {
    const server = await initialise(folder);
    const [whole, bare]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      whole.push(await timed(() => startWhole(folder)));
      bare.push(await timed(() => startBare(server)));
    }
    const aim = { ratio: 2.5, better: 'lower' } as const;
    const rest = [await memory(() => startWhole(folder), idleMs), await memory(() => startBare(server), idleMs)];
    const what = `memory after ${idleMs / 1000} s at rest (PSS)`;
    return [
      { what: 'start-up to ready', figure: median(whole), floor: median(bare), unit: 'ms', aim },
      { what, figure: rest[0] ?? NaN, floor: rest[1] ?? NaN, unit: 'MiB', aim },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startWhole(folder: string): Promise<ChildProcess[]> {
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const env = { PORT: String(port), SANDBOX_PORT: String(sandboxPort), DATA_DIR: join(folder, 'data') };
  const child = launch(process.execPath, [ALL_IN_ONE], env);
  await answers(`http://127.0.0.1:${port}/health/ready`, child);
  return [child];
}

async function startBare(server: ServerCommand): Promise<ChildProcess[]> {
  const port = await freePort();
  const database = launch(server.program, server.args, {}, server.uid);
  const node = launch(process.execPath, ['-e', BARE_NODE, String(port)]);
  await Promise.all([answers(`http://127.0.0.1:${port}/`, node), accepts(server.port)]);
  return [node, database];
}

/** Makes the data with a first start and looks how the server was started. */
async function initialise(folder: string): Promise<ServerCommand> {
  const [child] = await startWhole(folder);
  if (!child?.pid) throw new Error('ClickPost was not started.');
  const file = await readFile(join(folder, 'data', 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
  const [pid = '', , , port] = file.split('\n');
  const [program = '', ...args] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').slice(0, -1);
  const uid = /^Uid:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  await end(child);
  // It would tell the terminal of every look that comes before it is ready.
  return { program, args: [...args, '-c', 'log_min_messages=panic'], uid: Number(uid), port: Number(port) };
}

/** Waits until PostgreSQL takes part in a conversation; a refused password is an answer too. */
async function accepts(port: number): Promise<void> {
  for (;;) {
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'clickpost',
      password: 'wrong',
      database: 'clickpost',
    });
    const code = await client.connect().then(
      () => 'connected',
      (error: { code?: string }) => error.code,
    );
    await client.end();
    if (code === '28P01') return;
    await sleep(5);
  }
}

async function timed(start: () => Promise<ChildProcess[]>): Promise<number> {
  const began = performance.now();
  const children = await start();
  const took = performance.now() - began;
  for (const child of children) await end(child, child === children[0] ? 'SIGTERM' : 'SIGINT');
  return took;
}

async function memory(start: () => Promise<ChildProcess[]>, idleMs: number): Promise<number> {
  const children = await start();
  await sleep(idleMs);
  const pids = await Promise.all(children.map((child) => tree(child.pid ?? 0)));
  const size = await proportionalSetSize(pids.flat());
  for (const child of children) await end(child, child === children[0] ? 'SIGTERM' : 'SIGINT');
  return size;
}
