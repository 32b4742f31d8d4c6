/** A spec by its path in the repository, and how it is imported. */
type Spec = readonly [path: string, load: () => Promise<unknown>];

/** What Jest gives a spec to describe its tests with. Its other globals (`expect`, `jest`) are used inside of tests. */
const NAMES = ['describe', 'it', 'test', 'beforeAll', 'beforeEach', 'afterAll', 'afterEach'] as const;

/** One step from a global of Jest on: `.each`, or a call. */
type Step = { name: string | symbol } | { given: unknown[] };
type Callable = (...given: unknown[]) => unknown;

/**
 * Makes one test file of many specs: each in a `describe` of its own, named by its path, so that what it has outside of every
 * `describe` (a `beforeEach`, say) is its own as well. A module is imported in its time while a `describe` must be done at
 * once: therefore what a spec calls is written down first, and called afterwards. https://jestjs.io/docs/api#describename-fn
 */
export async function joinSpecs(specs: readonly Spec[]): Promise<void> {
  const globals = globalThis as unknown as Record<string, object>;
  const own = Object.fromEntries(NAMES.map((name) => [name, globals[name] ?? {}]));
  for (const [path, load] of specs) {
    const calls: (() => void)[] = [];
    for (const name of NAMES) globals[name] = recorder(own[name] as Callable, calls, []);
    try {
      await load();
    } finally {
      Object.assign(globals, own);
    }
    describe(path, () => calls.forEach((call) => call()));
  }
}

/** Stands for a global of Jest, and keeps for later every call that describes something: all but the one of an `.each`. */
function recorder(global: Callable, calls: (() => void)[], steps: readonly Step[]): object {
  const last = steps.at(-1);
  const isTable = last !== undefined && 'name' in last && last.name === 'each';
  return new Proxy(() => undefined, {
    get: (_, name) => recorder(global, calls, [...steps, { name }]),
    apply: (_, __, given: unknown[]) => {
      const called = [...steps, { given }];
      if (isTable) return recorder(global, calls, called);
      calls.push(() => void follow(global, called));
      return undefined;
    },
  });
}

function follow(global: Callable, steps: readonly Step[]): unknown {
  return steps.reduce<unknown>(
    (at, step) =>
      'name' in step ? (at as Record<string | symbol, unknown>)[step.name] : (at as Callable)(...step.given),
    global,
  );
}
