import fc from 'fast-check';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine } from '../support/engine.js';
import { histories } from '../support/histories.js';
import { EXAMPLES, history } from './approvals-model-steps.js';
import { ApprovalsWorld, COVERED, type Coverage } from './approvals-model-world.js';

/** So many histories, after those that are tried in every run; more of them, or others, where somebody asks for it. */
const HISTORIES = Number(process.env['APPROVAL_HISTORIES'] ?? histories({ few: 8, many: 80 }));
const SEED = Number(process.env['APPROVAL_SEED'] ?? 20_261_123);

describe('what was approved is what is published', () => {
  let engine: TestEngine;
  let worker: EngineParts;
  beforeAll(async () => {
    engine = await TestEngine.start();
    await engine.withoutBreakers();
    worker = await engine.parts();
  });
  afterAll(() => engine.close());

  it('whatever people write, ask, decide, move, retry, and whoever comes, goes and is away', async () => {
    const covered = Object.fromEntries(COVERED.map((what) => [what, 0])) as Coverage;
    const world = await ApprovalsWorld.start(engine, worker, covered);
    let count = 0;
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        count += 1;
        await world.begin(`approval${count}`);
        for (const step of steps) await world.does(step);
      }),
      {
        numRuns: EXAMPLES.length + HISTORIES,
        examples: EXAMPLES.map((steps): [typeof steps] => [steps]),
        seed: SEED,
        endOnFailure: true,
      },
    );
    // Otherwise it would say little.
    const never = COVERED.filter((what) => covered[what] === 0);
    expect(never).toEqual([]);
  }, 600_000);
});
