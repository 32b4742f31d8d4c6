import fc from 'fast-check';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';
import { histories } from '../support/histories.js';
import {
  Attempt,
  type Context,
  Dead,
  Dispatch,
  Does,
  drain,
  type Drawn,
  Old,
  Race,
  Sweep,
  Wait,
} from './model-commands.js';
import { type Answer, ANSWERS, GATE_NAMES, type Model, MODEL_PLATFORMS, type ModelPlatform } from './model-rules.js';
import { DEATHS, World } from './model-world.js';

/**
 * The same histories in every run. `MODEL_SEED` and `MODEL_PATH`, as a failure prints them, repeat the history that failed and
 * make it short once more. Who wins a race is for the machine to say, and either is right.
 */
const SEED = Number(process.env['MODEL_SEED'] ?? 20_261_122);
/** Which history to begin with; what follows the colon is how it was made short. */
const PATH = process.env['MODEL_PATH']?.split(':')[0];
const RUNS = Number(process.env['MODEL_RUNS'] ?? histories({ few: 24, many: 400 }));
/** A machine that is busy does fewer; the least that says something is demanded below. */
const LIMIT_MS = histories({ few: 8_000, many: 90_000 });
const LEAST_RUNS = 20;

/** What so many histories come by. */
const ENOUGH_RUNS = 50;
const OFTEN_REACHED = [
  ...['ok:published', 'look:published', 'look:waiting', 'job:in time', 'job:too late or twice', 'race:twice'],
  ...['dead:taken', 'dead:ready', 'dead:sent', 'dead:heard', 'revise:done', 'cancel:done', 'hold:done', 'gate:done'],
  ...['cancel:refused', 'reschedule:refused', 'withdraw:done'],
];

/** A receiver of webhooks lists no refusal but its end. */
const WEBHOOK_ANSWERS: readonly Answer[] = [
  'ok',
  'refuse-unavailable',
  'reset',
  'accept-then-reset',
  'accept-then-error',
];

const FEW = { minLength: 1, maxLength: 2 };
const piece = fc.nat(5);
const by = fc.nat(1);
const deed = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('revise' as const), piece, cleared: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reschedule' as const), piece, later: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('cancel' as const, 'hold' as const, 'release' as const, 'retry' as const),
      piece,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('clear' as const, 'withdraw' as const), piece }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('gate' as const),
      gate: fc.constantFrom(...GATE_NAMES),
      open: fc.boolean(),
    }),
  },
);
const schedule = fc.record({ do: fc.constant('schedule' as const), cleared: mostly(true), later: mostly(false) });

function mostly(value: boolean): fc.Arbitrary<boolean> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constant(!value) });
}

function commands(platform: ModelPlatform) {
  const answers = platform === 'webhook' ? WEBHOOK_ANSWERS : ANSWERS;
  const answer = fc.oneof(fc.constant<Answer>('ok'), fc.constantFrom(...answers));
  const attempt = fc.tuple(piece, by, answer).map((drawn) => new Attempt(...drawn));
  const others = [
    schedule.map((drawn) => new Does(drawn)),
    deed.map((drawn) => new Does(drawn)),
    fc.tuple(piece, by, fc.oneof(deed, fc.constant('twice' as const)), fc.nat(15)).map((drawn) => new Race(...drawn)),
    fc
      .tuple(piece, by, fc.constantFrom('taken' as const, 'ready' as const, 'sent' as const, 'heard' as const))
      .map((drawn) => new Dead(...drawn)),
    fc.tuple(fc.nat(9), by).map((drawn) => new Old(...drawn)),
    by.map((drawn) => new Dispatch(drawn)),
    fc.constant(new Sweep()),
  ];
  const wait = fc.boolean().map((long) => new Wait(long));
  return fc.commands([attempt, attempt, wait, ...others, schedule.map((drawn) => new Does(drawn))], {
    maxCommands: 20,
    size: 'max',
    disableReplayLog: true,
  });
}

describe('the engine against a model that knows only what a person would', () => {
  let engine: TestEngine;
  let workers: EngineParts[];
  let tenant: TestTenant;
  const channels = new Map<ModelPlatform, string>();
  const left: Promise<unknown>[] = [];
  let running: Promise<void> | undefined;
  let histories = 0;
  const reached = new Map<string, number>();

  beforeAll(async () => {
    engine = await TestEngine.start({ PUBLISH_TIMEOUT_MS: '1500' });
    workers = [await engine.parts(), await engine.parts()];
    await engine.owner.query(DEATHS);
    tenant = await engine.tenant();
    for (const platform of MODEL_PLATFORMS) channels.set(platform, await engine.account(tenant, platform, 'model'));
  });
  afterAll(async () => {
    // The time limit may have come in the middle of a history.
    await Promise.allSettled([running, ...left]);
    await engine.close();
  });

  function history(platform: ModelPlatform): { model: Context; real: World } {
    histories += 1;
    const word = `history${histories}x`;
    const channel = channels.get(platform)!;
    const real = new World(engine, workers, tenant, platform, 'model', channel, word, left);
    const model: Model = { platform, open: { connection: true, channel: true, workspace: true }, pieces: [] };
    return { model: { model, reached }, real };
  }

  /** One history, to its end: whatever is left open must come to one. */
  async function live(
    platform: ModelPlatform,
    first: readonly Drawn[],
    then: Iterable<fc.AsyncCommand<Context, World>>,
  ): Promise<void> {
    const { model, real } = history(platform);
    try {
      for (const drawn of first) await new Does(drawn).run(model, real);
      await fc.asyncModelRun(() => ({ model, real }), then);
      await drain(model, real);
    } catch (error) {
      const stories = await real.stories();
      await real.clearAway();
      throw new Error(`${String(error)}\nThe logs:\n${stories}`, { cause: error });
    }
  }

  it('whatever people, workers, dispatchers and networks do: nothing is lost, doubled, old or unapproved', async () => {
    const cases = fc
      .constantFrom(...MODEL_PLATFORMS)
      .chain((platform) => fc.tuple(fc.constant(platform), fc.array(schedule, FEW), commands(platform)));
    const begun = performance.now();
    let lived = 0;
    const result = await fc.check(
      fc.asyncProperty(cases, async (drawn) => {
        // A slow machine lives the least of them all the same, however long that takes.
        if (lived >= LEAST_RUNS && performance.now() - begun > LIMIT_MS) return;
        lived += 1;
        await (running = live(...drawn));
      }),
      {
        seed: SEED,
        numRuns: RUNS,
        ...(PATH !== undefined && { path: PATH }),
      },
    );
    const seconds = Math.round((performance.now() - begun) / 1000);
    process.stdout.write(`model: ${lived} histories in ${seconds} s, MODEL_SEED=${SEED}\n`);
    if (result.failed && result.counterexample) {
      const why = String(result.errorInstance);
      throw new Error(`${fc.defaultReportMessage(result)}\n${why}`, { cause: result.errorInstance });
    }
    if (PATH !== undefined) return;
    expect(lived).toBeGreaterThanOrEqual(Math.min(RUNS, LEAST_RUNS));
    // Otherwise the histories would say little.
    if (lived >= ENOUGH_RUNS) expect([...reached.keys()]).toEqual(expect.arrayContaining(OFTEN_REACHED));
  }, 180_000);
});
