import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type S3Config } from '#kernel';

const run = promisify(execFile);

/** OpenStack Swift with its S3 API, for one test file: a real store, which checks signatures. */
export interface TestSwift {
  config: S3Config;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

const LAYERS = ['object', 'container', 'account'] as const;
const PIPELINE = 'catch_errors gatekeeper cache listing_formats bulk s3api tempauth copy slo dlo proxy-server';
const STARTS_WITHIN_MS = 30_000;
const BUCKET = 'clickpost-media';

/**
 * Starts Debian's Swift on free ports of 127.0.0.1, on one device, with one user.
 * @throws Error with what it said when it does not start, and with the remedy when it is not installed
 */
export async function startTestSwift(): Promise<TestSwift> {
  const folder = await mkdtemp(join(tmpdir(), 'clickpost-swift-'));
  const servers: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    const ended = servers.filter(({ exitCode }) => exitCode === null).map((server) => once(server, 'exit'));
    servers.forEach((server) => server.kill('SIGKILL'));
    await Promise.all(ended);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const ports = await freePorts(LAYERS.length + 1);
    await mkdir(join(folder, 'devices', 'd1'), { recursive: true });
    await writeFile(join(folder, 'swift.conf'), '[swift-hash]\nswift_hash_path_suffix = test\n');
    await Promise.all(LAYERS.map((layer, at) => buildRing(folder, layer, ports[at] ?? 0)));
    for (const [at, layer] of LAYERS.entries()) {
      servers.push(await startServer(folder, layer, serverSettings(layer, folder, ports[at] ?? 0)));
    }
    // Before the first request: the proxy leaves a server alone for a minute that it could not reach once.
    await Promise.all(ports.slice(0, -1).map((port) => untilListening(port)));
    const port = ports.at(-1) ?? 0;
    servers.push(await startServer(folder, 'proxy', proxySettings(folder, port)));
    const endpoint = `http://127.0.0.1:${port}`;
    await untilHealthy(endpoint, servers);
    return { config: await withBucket(endpoint), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function withBucket(endpoint: string): Promise<S3Config> {
  const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
  const config: S3Config = {
    ...{ endpoint, publicEndpoint: endpoint, region: 'us-east-1', bucket: BUCKET, forcePathStyle: true },
    ...{ accessKeyId: 'test:tester', secretAccessKey: 'testing' },
  };
  const { region, accessKeyId, secretAccessKey } = config;
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  client.destroy();
  return config;
}

/** One device with one copy of everything. */
async function buildRing(folder: string, layer: string, port: number): Promise<void> {
  const builder = join(folder, `${layer}.builder`);
  const ring = async (...words: string[]): Promise<void> => {
    await run('swift-ring-builder', [builder, ...words]).catch((cause: unknown) => {
      throw new Error(
        'Swift cannot be run. Install it: apt-get install swift-proxy swift-account swift-container swift-object',
        { cause },
      );
    });
  };
  await ring('create', '2', '1', '0');
  await ring('add', `r1z1-127.0.0.1:${port}/d1`, '1');
  await ring('rebalance');
}

function common(folder: string, port: number): string {
  return [
    '[DEFAULT]',
    ...['bind_ip = 127.0.0.1', `bind_port = ${port}`, `user = ${userInfo().username}`, 'workers = 0'],
    ...[`swift_dir = ${folder}`, 'log_level = ERROR'],
    '',
  ].join('\n');
}

function serverSettings(layer: string, folder: string, port: number): string {
  const device = [`devices = ${join(folder, 'devices')}`, 'mount_check = false', `recon_cache_path = ${folder}`];
  return [
    `${common(folder, port)}${device.join('\n')}`,
    `[pipeline:main]\npipeline = ${layer}-server`,
    `[app:${layer}-server]\nuse = egg:swift#${layer}`,
  ].join('\n\n');
}

function proxySettings(folder: string, port: number): string {
  const names: Readonly<Record<string, string>> = { cache: 'memcache' };
  const settings: Readonly<Record<string, string>> = {
    s3api: '\nlocation = us-east-1',
    tempauth: '\nuser_test_tester = testing .admin',
    // There is no memcached; nothing needs one.
    cache: '\nmemcache_servers = 127.0.0.1:1',
  };
  const filters = PIPELINE.split(' ')
    .filter((name) => name !== 'proxy-server')
    .map((name) => `[filter:${name}]\nuse = egg:swift#${names[name] ?? name}${settings[name] ?? ''}`);
  return [
    common(folder, port),
    `[pipeline:main]\npipeline = ${PIPELINE}`,
    '[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true',
    ...filters,
  ].join('\n\n');
}

async function startServer(folder: string, layer: string, settings: string): Promise<ChildProcess> {
  const file = join(folder, `${layer}-server.conf`);
  await writeFile(file, settings);
  const server = spawn(`swift-${layer}-server`, [file], { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(server, 'spawn');
  return server;
}

async function untilListening(port: number): Promise<void> {
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const up = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (up) return;
    if (Date.now() > giveUpAt) throw new Error(`Swift does not listen on port ${port}.`);
    await sleep(50);
  }
}

async function untilHealthy(endpoint: string, servers: readonly ChildProcess[]): Promise<void> {
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  for (;;) {
    const status = await fetch(endpoint).then(
      (response) => response.status,
      () => 0,
    );
    if (status > 0 && status < 500) return;
    const ended = servers.find(({ exitCode }) => exitCode !== null);
    if (ended || Date.now() > giveUpAt)
      throw new Error(`Swift did not start (${ended?.spawnargs.join(' ') ?? status}).`);
    await sleep(100);
  }
}

/** Found one by one while the others are held, so that all of them differ. */
async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = held.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
