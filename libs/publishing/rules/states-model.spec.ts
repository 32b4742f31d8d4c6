import fc from 'fast-check';
import {
  ACTIVE_STATES,
  BEFORE_FENCE,
  HELD_REASONS,
  type HeldReason,
  mayChange,
  PUBLICATION_STATES,
  type PublicationState,
  TRANSITIONS,
} from './states.js';

/** Everything that happens to a publication, told apart from the table: from which states, and what it becomes. */
const DEEDS = {
  // A runner.
  take: { from: ['scheduled', 'preparing', 'ready'], to: 'preparing' },
  prepared: { from: ['preparing'], to: 'ready' },
  'prepared again': { from: ['ready'], to: 'ready' },
  fence: { from: ['ready'], to: 'committing' },
  'the last part is visible': { from: ['committing'], to: 'published' },
  'another part is visible': { from: ['committing'], to: 'preparing' },
  'found before another try': { from: ['preparing'], to: 'published' },
  'cannot tell before another try': { from: ['preparing'], to: 'unconfirmed' },
  'cannot tell': { from: ['committing'], to: 'unconfirmed' },
  'look later': { from: ['committing'], to: 'committing' },
  'try later': { from: ['preparing', 'ready', 'committing'], to: 'scheduled' },
  'give up': { from: ['preparing', 'ready', 'committing'], to: 'failed' },
  'hand back': { from: ['preparing', 'ready', 'committing'], to: 'scheduled' },
  'refused for its sign-in': { from: ['preparing', 'ready', 'committing'], to: 'held' },
  // Gates and the sweep.
  close: { from: ['scheduled', 'preparing', 'ready', 'held'], to: 'held' },
  open: { from: ['held'], to: 'scheduled' },
  // People.
  edit: { from: ['scheduled', 'preparing', 'ready', 'held', 'failed'], to: 'scheduled' },
  retry: { from: ['scheduled', 'held', 'failed'], to: 'scheduled' },
  'hold by hand': { from: ['scheduled', 'preparing', 'ready', 'held'], to: 'held' },
  cancel: { from: ['scheduled', 'preparing', 'ready', 'held', 'failed', 'unconfirmed'], to: 'cancelled' },
  'it is there': { from: ['unconfirmed'], to: 'published' },
  'it is not there': { from: ['unconfirmed'], to: 'scheduled' },
} as const satisfies Record<string, { from: readonly PublicationState[]; to: PublicationState }>;
type DeedName = keyof typeof DEEDS;

const NAMES = Object.keys(DEEDS) as DeedName[];

/** A publication that changes by the table alone, as the guarded write does. */
class Row {
  state: PublicationState = 'scheduled';
  reason: HeldReason | null = null;

  /** False, and nothing changed, where the table does not have it. */
  change(to: PublicationState, reason: HeldReason): boolean {
    if (!mayChange(this.state, to)) return false;
    this.state = to;
    this.reason = to === 'held' ? reason : null;
    return true;
  }
}

/** What a person would know of it. */
interface Model {
  fenced: boolean;
  /** A request may be on its way, or nobody knows what became of it. */
  open: boolean;
  ended: PublicationState | null;
  path: PublicationState[];
}

class Deed implements fc.Command<Model, Row> {
  constructor(
    private readonly name: DeedName,
    private readonly reason: HeldReason,
  ) {}

  check(): boolean {
    return true;
  }

  run(model: Model, row: Row): void {
    const { from, to } = DEEDS[this.name];
    const before = row.state;
    const possible = (from as readonly PublicationState[]).includes(before);
    if (possible) expect(row.change(to, this.reason)).toBe(true);
    if (possible && this.name === 'fence') model.fenced = true;
    model.open = row.state === 'committing';
    model.path.push(row.state);
    if (model.ended) expect(row.state).toBe(model.ended);
    if (row.state === 'published' || row.state === 'cancelled') model.ended = row.state;
    invariants(model, row, before);
  }

  toString(): string {
    return this.name;
  }
}

/** Anybody asks for any change: what the table does not have leaves everything as it is. */
class Anything implements fc.Command<Model, Row> {
  constructor(private readonly to: PublicationState) {}

  check(_model: Readonly<Model>): boolean {
    return true;
  }

  run(model: Model, row: Row): void {
    const before = { ...row };
    const deeds = NAMES.filter((name) => DEEDS[name].to === this.to);
    const known = deeds.some((name) => (DEEDS[name].from as readonly PublicationState[]).includes(row.state));
    const trial = Object.assign(new Row(), before);
    expect(trial.change(this.to, 'too-late')).toBe(known || this.to === row.state);
    expect({ ...row }).toEqual(before);
    invariants(model, row, row.state);
  }

  toString(): string {
    return `to ${this.to}?`;
  }
}

function invariants(model: Model, row: Row, before: PublicationState): void {
  expect(row.reason !== null).toBe(row.state === 'held');
  // What is between fence and outcome is left by its outcome alone.
  if (before === 'committing') expect(row.state).not.toBe('cancelled');
  if (row.state === 'committing') expect(model.fenced).toBe(true);
  expect(PUBLICATION_STATES).toContain(row.state);
  // Whatever is not at an end is looked after by a machine or waits for a person who can do something.
  const waits = row.state === 'held' || row.state === 'failed' || row.state === 'unconfirmed';
  expect(ACTIVE_STATES.includes(row.state) || waits).toBe(model.ended === null);
  expect(BEFORE_FENCE.includes(row.state) && model.open).toBe(false);
}

const deeds = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...HELD_REASONS))
  .map(([name, reason]) => new Deed(name, reason));
const anything = fc.constantFrom(...PUBLICATION_STATES).map((to) => new Anything(to));

describe('rule 2: the table of states, by a model of what happens to a publication', () => {
  it('has every change that something or somebody makes, and none that nobody makes', () => {
    const made = NAMES.flatMap((name) => DEEDS[name].from.map((from) => `${from} ${DEEDS[name].to}`));
    const moves = made.filter((move) => move.split(' ')[0] !== move.split(' ')[1]);
    const table = PUBLICATION_STATES.flatMap((from) => TRANSITIONS[from].map((to) => `${from} ${to}`));
    expect([...new Set(moves)].sort()).toEqual(table.sort());
  });

  it('in whatever order it happens: held if and only if there is a reason, what ended stays as it ended, nothing leaves the table', () => {
    const reached = new Set<PublicationState>();
    fc.assert(
      fc.property(fc.commands([deeds, anything], { maxCommands: 60, size: 'max' }), (commands) => {
        const model: Model = { fenced: false, open: false, ended: null, path: [] };
        fc.modelRun(() => ({ model, real: new Row() }), commands);
        for (const state of model.path) reached.add(state);
      }),
      { numRuns: 1_000, seed: 20_261_122 },
    );
    expect([...reached].sort()).toEqual([...PUBLICATION_STATES].sort());
  });
});
