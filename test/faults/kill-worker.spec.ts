import { Apart } from './apart.js';
import { type Caught, catchBetweenAcceptanceAndRecording, expectPublishedOnce, PLATFORMS } from './kill.js';

let apart: Apart | undefined;
let caught: Caught;

afterAll(() => apart?.end());

beforeAll(async () => {
  apart = await Apart.start();
  const worker = apart.worker();
  await worker.says(/at work/);
  caught = await catchBetweenAcceptanceAndRecording(apart.at);
  await worker.kill('SIGKILL');
  await apart.worker().says(/at work/);
}, 240_000);

test.each(PLATFORMS)(
  'a worker killed after %s accepted and before that was recorded: published, once, and told',
  async (platform) => {
    await expectPublishedOnce(caught, platform);
  },
  180_000,
);
