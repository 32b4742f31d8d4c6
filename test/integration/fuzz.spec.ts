import { type Description, readDescription } from '../fuzz/description.js';
import { fuzz } from '../fuzz/run.js';
import { makeWorld, type World } from '../fuzz/world.js';
import { PracticeApi } from '../support/practice-api.js';

/** A few seconds' worth; `npm run fuzz` sends 10,000. */
const COUNT = 300;
const SEED = 5;

describe('requests made up from the description of the API', () => {
  let practice: PracticeApi;
  let description: Description;
  let world: World;
  beforeAll(async () => {
    practice = await PracticeApi.start({ RATE_LIMIT: 'off' });
    description = await readDescription(practice.api.url);
    world = await makeWorld(practice.api.url, practice.owner, description);
  });
  afterAll(() => practice?.close());

  it('are all answered, in time, by what the caller may see, or by a problem', async () => {
    const ran = await fuzz(world, description, { seed: SEED, count: COUNT });
    process.stderr.write(`Fuzz: ${ran.requests} requests, ${ran.findings.length} findings.\n`);
    expect(ran.findings).toEqual([]);
    expect(ran.requests).toBe(COUNT);
    // Most are refused, as they should be; but not all, or nothing was tried behind the door.
    expect(ran.succeeded.size).toBeGreaterThan(15);
  });
});
