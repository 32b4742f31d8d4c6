import { join } from 'node:path';
import { freePort, postmasterPid, Processes } from '../support/processes.js';
import { type Caught, catchBetweenAcceptanceAndRecording, expectPublishedOnce, PLATFORMS } from './kill.js';

const processes = new Processes();
let caught: Caught;

afterAll(() => processes.end());

beforeAll(async () => {
  // The practice networks live on, as real platforms would.
  const sandboxPort = String(await freePort());
  const sandboxToken = 'the token of the fault controls';
  const sandbox = processes.start('sandbox', {
    DATA_DIR: join(await processes.folder(), 'sandbox'),
    SANDBOX_PORT: sandboxPort,
    SANDBOX_TOKEN: sandboxToken,
  });
  await sandbox.says(/practice networks at/);
  const SANDBOX_URL = `http://127.0.0.1:${sandboxPort}`;
  const all = await processes.startAll({ SANDBOX_URL });
  caught = await catchBetweenAcceptanceAndRecording(all);
  process.kill(await postmasterPid(all.dataDir), 'SIGKILL');
  expect((await all.program.ended).code).toBe(1);
  const again = await processes.startAll({ SANDBOX_URL, DATA_DIR: all.dataDir });
  caught = { ...caught, customer: caught.customer.movedTo(again) };
}, 240_000);

test.each(PLATFORMS)(
  'a database killed after %s accepted and before that was recorded: published, once, and told',
  async (platform) => {
    await expectPublishedOnce(caught, platform);
  },
  180_000,
);
