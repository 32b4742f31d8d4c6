import type fc from 'fast-check';
import {
  after,
  type Answer,
  attempted,
  type Deed,
  GATE_NAMES,
  type Model,
  type Piece,
  swept,
  waited,
} from './model-rules.js';
import { seenIn, type World } from './model-world.js';

/** The model as it stands, in a box, since commands change it. */
export interface Context {
  model: Model;
  /** How often the histories came by what, so that a test can demand that they did. */
  reached: Map<string, number>;
}

type Step = fc.AsyncCommand<Context, World>;
/** A deed as it is drawn: its text is made when it is carried out, so that no two are the same. */
export type Drawn<D = Deed> = D extends unknown ? Omit<D, 'text'> : never;

const MOST_PIECES = 3;

/** The model must be what the database and the network show. Returns it, of several possible ones the one that is. */
async function agree(context: Context, real: World, possible: readonly Model[]): Promise<void> {
  const seen = await real.seen();
  const same = possible.find((model) => JSON.stringify(seenIn(model)) === JSON.stringify(seen));
  if (!same) expect(seen).toEqual(seenIn(possible[0]!));
  else context.model = same;
}

function note({ reached }: Context, what: string): void {
  reached.set(what, (reached.get(what) ?? 0) + 1);
}

function isEmpty({ model }: Readonly<Context>): boolean {
  return model.pieces.length === 0;
}

/** Any number stands for one of the publications that there are. */
function one({ model }: Context, drawn: number): number {
  return drawn % model.pieces.length;
}

/** Only a deed that is possible in the model at all is carried out; whether it is refused is for both to say. */
function mayDo(context: Readonly<Context>, deed: Drawn): boolean {
  if (deed.do === 'schedule') return context.model.pieces.length < MOST_PIECES;
  return deed.do === 'gate' || !isEmpty(context);
}

function withText(context: Context, real: World, drawn: Drawn): Deed {
  if (drawn.do === 'schedule') return { ...drawn, text: real.newText(context.model.pieces.length) };
  if (drawn.do === 'gate') return drawn;
  const piece = one(context, drawn.piece);
  return drawn.do === 'revise' ? { ...drawn, piece, text: real.newText(piece) } : { ...drawn, piece };
}

/** A person does something. */
export class Does implements Step {
  constructor(private readonly drawn: Drawn) {}
  check(context: Readonly<Context>): boolean {
    return mayDo(context, this.drawn);
  }
  async run(context: Context, real: World): Promise<void> {
    const deed = withText(context, real, this.drawn);
    const next = after(context.model, deed);
    const done = await real.does(deed);
    expect({ deed, done }).toEqual({ deed, done: next !== 'refused' });
    note(context, `${deed.do}:${done ? 'done' : 'refused'}`);
    await agree(context, real, [next === 'refused' ? context.model : next]);
  }
  toString(): string {
    return JSON.stringify(this.drawn);
  }
}

/** A dispatcher's round, and a worker that carries the invitation out if there is one. */
export class Attempt implements Step {
  constructor(
    private readonly piece: number,
    private readonly by: number,
    private readonly answer: Answer,
  ) {}
  check(context: Readonly<Context>): boolean {
    return !isEmpty(context);
  }
  async run(context: Context, real: World): Promise<void> {
    const piece = one(context, this.piece);
    const invitation = await invited(context, real, piece, this.by);
    if (!invitation) return agree(context, real, [context.model]);
    const before = context.model.pieces[piece]!.place;
    const possible = attempted(context.model, piece, this.answer);
    await real.run(invitation, this.by, this.answer);
    await agree(context, real, possible);
    note(context, `${before === 'committing' ? 'look' : this.answer}:${context.model.pieces[piece]!.place}`);
  }
  toString(): string {
    return `attempt(${this.piece} by ${this.by}: ${this.answer})`;
  }
}

async function invited(context: Context, real: World, piece: number, by: number) {
  await round(context, real, by);
  return real.usable(piece);
}

/** Nobody is invited who must not be: one of a channel, nothing held, ended or not yet due. */
async function round(context: Context, real: World, by: number): Promise<void> {
  const { pieces } = context.model;
  const fresh = await real.dispatch(by);
  const places = fresh.map((index) => ({ index, ...pieces[index]! }));
  for (const { place, later } of places) expect(['committing', later ? 'not yet due' : 'waiting']).toContain(place);
  const toSend = places.filter(({ place }) => place === 'waiting');
  expect(toSend.length).toBeLessThanOrEqual(pieces.some(({ place }) => place === 'committing') ? 0 : 1);
}

/** A dispatcher's round alone. */
export class Dispatch implements Step {
  constructor(private readonly by: number) {}
  check(): boolean {
    return true;
  }
  async run(context: Context, real: World): Promise<void> {
    await round(context, real, this.by);
    await agree(context, real, [context.model]);
  }
  toString(): string {
    return `dispatch(${this.by})`;
  }
}

/** The queue delivers an old invitation once more, or one early. */
export class Old implements Step {
  constructor(
    private readonly which: number,
    private readonly by: number,
  ) {}
  check(): boolean {
    return true;
  }
  async run(context: Context, real: World): Promise<void> {
    if (real.invitations.length === 0) return;
    const old = real.invitations[this.which % real.invitations.length]!;
    const piece = real.ids.indexOf(old.publicationId);
    const good = (await real.usable(piece))?.invitation === old.invitation;
    const possible = good ? attempted(context.model, piece, 'ok') : [context.model];
    await real.run(old, this.by, 'ok');
    note(context, good ? 'job:in time' : 'job:too late or twice');
    await agree(context, real, possible);
  }
  toString(): string {
    return `job(${this.which} to ${this.by})`;
  }
}

/** A worker dies with it: when it has just taken it, when all is ready, after sending what was not heard, or what was. */
export class Dead implements Step {
  constructor(
    private readonly piece: number,
    private readonly by: number,
    private readonly when: 'taken' | 'ready' | 'sent' | 'heard',
  ) {}
  check(context: Readonly<Context>): boolean {
    return !isEmpty(context);
  }
  async run(context: Context, real: World): Promise<void> {
    const piece = one(context, this.piece);
    const invitation = await invited(context, real, piece, this.by);
    if (!invitation) return agree(context, real, [context.model]);
    const { model } = context;
    const before = model.pieces[piece]!;
    const [sent] = attempted(model, piece, this.when === 'heard' ? 'accept-then-reset' : 'reset');
    const fences = before.place === 'waiting' && sent?.pieces[piece]!.place === 'committing';
    if (this.when === 'taken' || this.when === 'ready' || !fences) {
      const prepares = this.when === 'ready' && fences;
      await (prepares ? real.loseAtFence(invitation, this.by) : real.loseBeforeFence(invitation));
      const lost = before.place === 'waiting' ? { ...before, lost: true } : before;
      note(context, `dead:${prepares ? 'ready' : 'taken'}`);
      return agree(context, real, [{ ...model, pieces: model.pieces.with(piece, lost) }]);
    }
    await real.loseAfterFence(invitation, this.by, before.text, this.when === 'heard');
    note(context, `dead:${this.when}`);
    await agree(context, real, [sent]);
  }
  toString(): string {
    return `dies(${this.piece} by ${this.by}: ${this.when})`;
  }
}

/**
 * A worker carries out an invitation while a person does something, or while the job is carried out twice. Whoever is first,
 * the end is that of one after the other.
 */
export class Race implements Step {
  constructor(
    private readonly piece: number,
    private readonly by: number,
    private readonly drawn: Drawn | 'twice',
    private readonly afterMs: number,
  ) {}
  check(context: Readonly<Context>): boolean {
    return !isEmpty(context) && (this.drawn === 'twice' || mayDo(context, this.drawn));
  }
  async run(context: Context, real: World): Promise<void> {
    const { by, drawn } = this;
    const piece = one(context, this.piece);
    const invitation = await invited(context, real, piece, by);
    if (!invitation) return agree(context, real, [context.model]);
    if (drawn === 'twice') {
      const possible = attempted(context.model, piece, 'ok');
      await Promise.all([real.run(invitation, by, 'ok'), real.run(invitation, by + 1, 'ok')]);
      note(context, 'race:twice');
      return agree(context, real, possible);
    }
    const deed = withText(context, real, drawn);
    const [, done] = await Promise.all([
      real.run(invitation, by, 'ok'),
      real.moment(this.afterMs).then(() => real.does(deed)),
    ]);
    note(context, `race ${deed.do}:${done ? 'won or harmless' : 'too late'}`);
    await agree(context, real, inTurn(context.model, piece, deed, done));
  }
  toString(): string {
    return `race(${this.piece} by ${this.by}, ${JSON.stringify(this.drawn)} after ${this.afterMs} ms)`;
  }
}

/** What may follow from a deed and an attempt, one after the other, in either order. A deed on it withdraws the invitation. */
function inTurn(model: Model, piece: number, deed: Deed, done: boolean): Model[] {
  const first = after(model, deed);
  const withdraws = deed.do !== 'gate' && deed.do !== 'schedule' && deed.piece === piece;
  const deedFirst = first === 'refused' || withdraws ? [first] : attempted(first, piece, 'ok');
  const lastly = attempted(model, piece, 'ok').map((tried) => after(tried, deed));
  const attemptsAlone = attempted(model, piece, 'ok');
  if (!done) return lastly.includes('refused') || first === 'refused' ? attemptsAlone : [];
  return [...deedFirst, ...lastly].filter((next) => next !== 'refused');
}

/** The hold sweep's round. */
export class Sweep implements Step {
  check(): boolean {
    return true;
  }
  async run(context: Context, real: World): Promise<void> {
    await real.sweep();
    await agree(context, real, [swept(context.model)]);
  }
  toString(): string {
    return 'sweep';
  }
}

/** Time passes: a little, or so much that invitations are too old. */
export class Wait implements Step {
  constructor(private readonly long: boolean) {}
  check(): boolean {
    return true;
  }
  async run(context: Context, real: World): Promise<void> {
    await real.wait(this.long);
    await agree(context, real, [waited(context.model)]);
  }
  toString(): string {
    return this.long ? 'wait long' : 'wait';
  }
}

/** Rounds after which everything that can go out is out: a look, another try, and one for each that was before it. */
const LAST_ROUNDS = 12;

/**
 * Everything that stood in the way ends, and time passes. Nothing may be lost: each publication is out, cancelled by a person,
 * or refused by the network in its own words.
 */
export async function drain(context: Context, real: World): Promise<void> {
  const does = (deed: Drawn) => new Does(deed).run(context, real);
  for (const gate of GATE_NAMES) if (!context.model.open[gate]) await does({ do: 'gate', gate, open: true });
  for (const [piece, { place, cleared, later }] of context.model.pieces.entries()) {
    if (place !== 'waiting' && place !== 'held') continue;
    if (cleared !== 'this') await does({ do: 'clear', piece });
    if (context.model.pieces[piece]!.reason === 'held-by-person') await does({ do: 'release', piece });
    if (later) await does({ do: 'reschedule', piece, later: false });
  }
  await new Sweep().run(context, real);
  const open = () => context.model.pieces.flatMap(({ place }, piece) => (isOpen(place) ? [piece] : []));
  for (let turn = 0; turn < LAST_ROUNDS && open().length > 0; turn += 1) {
    await new Wait(true).run(context, real);
    for (const piece of open()) await new Attempt(piece, turn, 'ok').run(context, real);
  }
  expect(open()).toEqual([]);
}

function isOpen(place: Piece['place']): boolean {
  return place !== 'published' && place !== 'cancelled' && place !== 'failed';
}
