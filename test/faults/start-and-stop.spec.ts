import { createServer } from 'node:http';
import { once } from 'node:events';
import { freePort, isAlive, postmasterPid, Processes, type Program, until } from '../support/processes.js';
import { ask, Customer } from '../support/customer.js';

const processes = new Processes();

afterAll(() => processes.end());

/** Ends a program by a signal and fails unless it took less than 10 s. */
async function stopsBy(program: Program, signal: NodeJS.Signals) {
  const asked = performance.now();
  const ending = await program.kill(signal);
  expect(performance.now() - asked).toBeLessThan(10_000);
  return ending;
}

async function isGone(pid: number): Promise<void> {
  await until(
    async () => ((await isAlive(pid)) ? undefined : true),
    () => `Process ${pid} is still there.`,
    10_000,
  );
}

test('a start says where it is, and everything answers; a second one on the same data leaves it alone', async () => {
  const first = await processes.startAll();
  const { output } = first.program;
  expect(output).toContain(`Open               ${first.url}`);
  expect(output).toContain(`API documentation  ${first.url}/docs`);
  expect(output).toContain(`Practice feed      ${first.sandboxUrl}`);
  expect(output).toMatch(/Database +embedded PostgreSQL/);
  expect(output).toMatch(/Job queue +PostgreSQL/);
  expect(output).toContain(`Data               ${first.dataDir}`);
  expect(output).toMatch(/Stop +Ctrl-C/);

  expect(await ask('GET', `${first.url}/`)).toMatchObject({ status: 200, body: expect.stringContaining('ClickPost') });
  expect((await fetch(`${first.url}/docs`)).status).toBe(200);
  const { body: description } = await ask('GET', `${first.url}/v1/openapi.json`);
  expect(description.openapi).toMatch(/^3\.1/);
  expect(Object.keys(description.paths)).toContain('/v1/workspaces/{id}/posts');
  expect((await ask('GET', `${first.sandboxUrl}/feed.json`)).body).toEqual({ data: [] });

  const second = await processes.launchAll({ DATA_DIR: first.dataDir });
  expect(await second.program.ended).toEqual({ code: 1, signal: null });
  expect(second.program.output).toContain(`already running on ${first.dataDir}`);
  expect(second.program.output).toContain(`(process ${first.program.pid})`);
  expect((await ask('GET', `${first.url}/health/ready`)).status).toBe(200);

  const postmaster = await postmasterPid(first.dataDir);
  expect(await isAlive(postmaster)).toBe(true);
  expect(await stopsBy(first.program, 'SIGTERM')).toEqual({ code: 0, signal: null });
  expect(await isAlive(postmaster)).toBe(false);
});

test.each(['PORT', 'SANDBOX_PORT'])('a busy port is named together with %s', async (variable) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  try {
    const { program, dataDir } = await processes.launchAll({ [variable]: String(port) });
    expect((await program.ended).code).toBe(1);
    expect(program.output).toContain(`Port ${port} is in use by another program. Set ${variable} to a free one`);
    expect(program.output).not.toMatch(/^ +at /m);
    await expect(postmasterPid(dataDir)).rejects.toThrow('ENOENT');
  } finally {
    other.close();
  }
});

test.each([
  ['PORT', 'three thousand'],
  ['DATABASE_URL', 'mysql://localhost/clickpost'],
  ['PUBLISH_LEASE_MS', '1000'],
  ['SECRET_KEY', 'short'],
])('a wrong %s stops the start with a sentence that names it', async (variable, value) => {
  const program = processes.start('all', { DATA_DIR: await processes.folder(), [variable]: value });
  expect((await program.ended).code).toBe(1);
  expect(program.output).toMatch(new RegExp(`^ +${variable} .+ Example: ${variable}=`, 'm'));
});

test.each(['api', 'worker'] as const)('the %s alone says that it needs a database', async (name) => {
  const program = processes.start(name, { DATA_DIR: await processes.folder() });
  expect((await program.ended).code).toBe(1);
  expect(program.output).toMatch(/^ +DATABASE_URL is missing/m);
});

test('what was acknowledged survives a kill of the process and one of the database; Ctrl-C ends everything', async () => {
  const first = await processes.startAll();
  const customer = await Customer.signUp(first);
  const { body: post } = await customer.post({
    content: { text: 'Acknowledged' },
    channels: [{ id: await customer.connect('webhook') }],
    schedule: { at: '2030-01-01T09:00', timeZone: 'Europe/Berlin' },
  });
  await first.program.kill('SIGKILL');

  const second = await processes.startAll({ DATA_DIR: first.dataDir });
  expect((await customer.movedTo(second).request('GET', `/v1/posts/${post.id}`)).body).toMatchObject({
    content: { text: 'Acknowledged' },
    publications: [{ state: 'scheduled', dueAt: '2030-01-01T08:00:00.000Z' }],
  });
  process.kill(await postmasterPid(second.dataDir), 'SIGKILL');
  expect((await second.program.ended).code).toBe(1);
  expect(second.program.output).toContain('The database ended unexpectedly');

  const third = await processes.startAll({ DATA_DIR: first.dataDir });
  expect((await customer.movedTo(third).request('GET', `/v1/posts/${post.id}`)).status).toBe(200);
  const postmaster = await postmasterPid(third.dataDir);
  expect(await stopsBy(third.program, 'SIGINT')).toEqual({ code: 0, signal: null });
  expect(await isAlive(postmaster)).toBe(false);
});

test('a stop while it still starts leaves nothing behind', async () => {
  const { program, dataDir } = await processes.launchAll();
  await program.says(/Bringing the database up to date/);
  const postmaster = await postmasterPid(dataDir);
  expect(await stopsBy(program, 'SIGINT')).toEqual({ code: 0, signal: null });
  await isGone(postmaster);
});

test('in production the practice networks are off, and the embedded database is warned of', async () => {
  const port = await freePort();
  const SECRET_KEY = 'a secret key for tests alone, long enough';
  const { program, sandboxUrl, url } = await processes.startAll({
    NODE_ENV: 'production',
    SECRET_KEY,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  });
  expect(program.output).toMatch(/Networks +real ones/);
  expect(program.output).not.toContain('Practice feed');
  expect(program.output).toMatch(/Warning: the embedded database runs in production/);
  await expect(fetch(sandboxUrl)).rejects.toThrow();
  const customer = await Customer.signUp({ url, sandboxUrl, sandboxToken: '' });
  const refused = await customer.request('POST', `/v1/workspaces/${customer.workspaceId}/connections`, {
    json: { platform: 'bluesky', practice: true },
  });
  expect(refused.status).toBe(422);
  expect(await stopsBy(program, 'SIGTERM')).toEqual({ code: 0, signal: null });
});
