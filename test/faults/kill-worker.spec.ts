import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#kernel';
import { type Addresses, freePort, Processes, type Program, SHORT_TIMES } from '../support/processes.js';
import { type Caught, catchBetweenAcceptanceAndRecording, expectPublishedOnce, PLATFORMS } from './kill.js';

const processes = new Processes();
let postgres: EmbeddedPostgres | undefined;
let caught: Caught;

afterAll(async () => {
  await processes.end();
  await postgres?.stop();
});

/** API, worker, practice networks and database, each a process of its own. Returns how to start a worker. */
async function startApart(): Promise<{ at: Addresses; startWorker: () => Program }> {
  const folder = await processes.folder();
  postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres'), durable: false });
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const at = {
    url: `http://127.0.0.1:${port}`,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    sandboxToken: 'the token of the fault controls',
  };
  const env = {
    ...SHORT_TIMES,
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: postgres.url,
    MIGRATE_DATABASE_URL: postgres.ownerUrl,
    SECRET_KEY: 'a secret key for tests alone, long enough',
    SANDBOX: 'on',
    SANDBOX_TOKEN: at.sandboxToken,
  };
  const sandbox = processes.start('sandbox', { ...env, SANDBOX_PORT: String(sandboxPort) });
  const api = processes.start('api', { ...env, PORT: String(port), SANDBOX_URL: at.sandboxUrl });
  const startWorker = () => processes.start('worker', { ...env, SANDBOX_URL: at.sandboxUrl });
  await Promise.all([sandbox.says(/practice networks at/), api.says(/API at/)]);
  return { at, startWorker };
}

beforeAll(async () => {
  const { at, startWorker } = await startApart();
  const worker = startWorker();
  await worker.says(/at work/);
  caught = await catchBetweenAcceptanceAndRecording(at);
  await worker.kill('SIGKILL');
  await startWorker().says(/at work/);
}, 90_000);

test.each(PLATFORMS)(
  'a worker killed after %s accepted and before that was recorded: published, once, and told',
  async (platform) => {
    await expectPublishedOnce(caught, platform);
  },
  90_000,
);
