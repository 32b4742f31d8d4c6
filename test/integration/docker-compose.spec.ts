import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { parse } from 'yaml';
import { Database, type EmbeddedPostgres, loadConfig, migrate, rows, startEmbeddedPostgres } from '#kernel';
import { migrations } from '../../migrations/index.js';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  restart?: string;
  read_only?: boolean;
  environment: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  networks: string[];
  volumes: string[];
  ports?: string[];
  deploy: { resources: { limits: { cpus: string; memory: string } } };
}
interface Compose {
  services: Record<string, Service>;
  networks: Record<string, unknown>;
  volumes: Record<string, unknown>;
}

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const text = read('docker-compose.yml');
const compose = parse(text, { merge: true, strict: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build !== undefined);

/** Name, and what follows it: `:?message`, `:-default`, `-default`. */
const REFERENCE = /(?<!\$)\$\{([A-Z0-9_]+)([^}]*)\}/g;
const SECRET = /KEY|PASSWORD|SECRET|TOKEN|AUTH/;
const references = [...text.matchAll(REFERENCE)].map(([, name = '', rest = '']) => ({ name, rest }));
const example = new Map(
  read('.env.example')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => line.split('=', 2) as [string, string]),
);

/** What a person enters where .env.example leaves something empty. */
const ENTERED: Readonly<Record<string, string>> = { VERIFICATION_FILES: 'tiktokAbC.txt=it is ours' };
const filledIn = Object.fromEntries(
  [...example].map(([name, value]) => [
    name,
    value || (ENTERED[name] ?? `${name.toLowerCase().replaceAll('_', '')}0123456789abcdef0123456789abcdef`),
  ]),
);
const interpolated = (value: string) => value.replaceAll(REFERENCE, (_, name: string) => filledIn[name] ?? '');
const environmentOf = (service: Service) =>
  Object.fromEntries(Object.entries(service.environment).map(([name, value]) => [name, interpolated(value)]));

describe('docker-compose.yml', () => {
  it.each(services)(
    '%s comes from an image of a given version, with limits, and starts again by itself',
    (_, service) => {
      expect(service.image).toMatch(/^[\w./-]+:(local|v?\d[\w.-]*)$/);
      expect(service.restart).toBe('unless-stopped');
      expect(service.read_only).toBe(true);
      expect(service.deploy.resources.limits).toEqual({
        cpus: expect.stringMatching(/^\d/),
        memory: expect.stringMatching(/^\d+[MG]$/),
      });
    },
  );

  it.each(services)('%s tells whether it is healthy, and waits for what it needs until that is', (_, service) => {
    expect(['CMD', 'CMD-SHELL']).toContain(service.healthcheck?.test[0]);
    for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(condition).toBe('service_healthy');
      expect(compose.services[needed]?.healthcheck).toBeDefined();
    }
  });

  it.each(services)('%s uses only volumes, networks and files that there are', (_, service) => {
    for (const network of service.networks) expect(compose.networks).toHaveProperty(network);
    for (const source of service.volumes.filter((v) => v.includes(':')).map((v) => v.split(':')[0] ?? '')) {
      if (source.startsWith('.')) expect(existsSync(join(root, source))).toBe(true);
      else expect(compose.volumes).toHaveProperty(source);
    }
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('runs programs that the build makes', () => {
    expect(ours.map(([name]) => name)).toEqual(['api', 'worker']);
    for (const [, { command, healthcheck }] of ours) {
      const source = command?.[1]?.replace(/^dist\/(.*)\.js$/, '$1.ts') ?? '';
      expect(existsSync(join(root, source))).toBe(true);
      expect(existsSync(join(root, healthcheck?.test[2] ?? ''))).toBe(true);
    }
  });

  it('holds no secret, and no default for one', () => {
    for (const { name, rest } of references.filter((reference) => SECRET.test(reference.name))) {
      expect(`${name}${rest}`).toMatch(/:\?.+|-$/);
    }
    for (const [, { environment }] of services) {
      for (const [name, value] of Object.entries(environment)) {
        if (SECRET.test(name)) expect(value).toMatch(/^\$\{[^}]+\}$/);
        expect(value.replaceAll(REFERENCE, '')).not.toMatch(/\/\/[^/@]*:[^/@]+@/);
      }
    }
  });

  it('asks for what .env.example explains, which gives no secret away', () => {
    expect([...new Set(references.map(({ name }) => name))].sort()).toEqual([...example.keys()].sort());
    for (const [name, value] of example) if (SECRET.test(name)) expect(`${name}=${value}`).toBe(`${name}=`);
  });

  it.each(ours)('configures %s completely', (_, service) => {
    const config = loadConfig({ NODE_ENV: 'production', ...environmentOf(service) });
    expect(config).toMatchObject({ embedded: false, production: true, sandbox: { enabled: false } });
    expect(config).toMatchObject({ redisUrl: expect.stringContaining('@redis:'), s3: { bucket: 'clickpost' } });
    expect(new URL(config.databaseUrl!).username).not.toBe(new URL(config.migrateDatabaseUrl!).username);
  });

  const commands = [['docker', 'compose'], ['docker-compose']];
  const tool = commands.find(([program = '', ...options]) => spawnSync(program, [...options, 'version']).status === 0);
  const [program = '', ...options] = tool ?? [];
  if (!tool)
    process.stderr.write('Left out: docker-compose.yml as Docker Compose reads it, because it is not installed.\n');

  (tool ? it : it.skip)('is understood by Docker Compose, which names what is missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clickpost-compose-'));
    try {
      const file = join(folder, 'env');
      const config = () =>
        spawnSync(program, [...options, '--env-file', file, '-f', 'docker-compose.yml', 'config'], {
          cwd: root,
          encoding: 'utf8',
        });
      const lines = Object.entries(filledIn).map(([name, value]) => `${name}=${value}\n`);
      await writeFile(file, lines.join(''));
      const good = config();
      expect(good.stderr).toBe('');
      expect(Object.keys((parse(good.stdout) as Compose).services).sort()).toEqual(
        Object.keys(compose.services).sort(),
      );
      await writeFile(file, lines.filter((line) => !line.startsWith('SECRET_KEY=')).join(''));
      const bad = config();
      expect(bad.status).not.toBe(0);
      expect(bad.stderr).toContain('SECRET_KEY');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('docker/postgres-roles.sql', () => {
  let server: EmbeddedPostgres;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'clickpost-roles-'));
    // As root, the server runs as another user, who has to enter it.
    await chmod(directory, 0o755);
    server = await startEmbeddedPostgres({ dataDirectory: directory, durable: false });
  });
  afterAll(async () => {
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const on = (user: string, database: string) => {
    const url = new URL(server.ownerUrl);
    if (user) [url.username, url.password] = [user, user];
    url.pathname = `/${database}`;
    return url.href;
  };
  const query = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };

  it('makes an owner who can migrate, and a login that can work and owns nothing', async () => {
    // The embedded server brings a database of this name.
    const sql = read('docker/postgres-roles.sql')
      .replaceAll(/^\\getenv .*$/gm, '')
      .replace(":'owner_password'", "'clickpost_migrate'")
      .replace(":'login_password'", "'clickpost_login'");
    await query(on('', 'postgres'), 'DROP DATABASE clickpost WITH (FORCE)');
    await query(on('', 'postgres'), 'CREATE DATABASE clickpost');
    await query(on('', 'clickpost'), sql);

    const url = on('clickpost_login', 'clickpost');
    await migrate({ ownerUrl: on('clickpost_migrate', 'clickpost'), url, migrations });
    const database = await Database.connect({ url });
    try {
      const read = database.tenant('00000000-0000-0000-0000-000000000000', (tx) =>
        rows<{ count: number }>(tx, 'select count(*)::int as count from workspaces'),
      );
      expect(await read).toEqual([{ count: 0 }]);
    } finally {
      await database.close();
    }
    await expect(query(url, 'create table public.mine (id int)')).rejects.toThrow('permission denied');
    await expect(query(url, 'select * from workspaces')).rejects.toThrow('permission denied');
  });
});
