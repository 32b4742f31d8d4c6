import { type HeldReason, type PublicationState } from '#publishing';

/** Networks of which the model knows how they can be looked at. */
export const MODEL_PLATFORMS = ['mastodon', 'bluesky', 'webhook'] as const;
export type ModelPlatform = (typeof MODEL_PLATFORMS)[number];

/** What a network may do with the one request that counts. */
export const ANSWERS = [
  'ok',
  'refuse-content',
  'refuse-rate-limit',
  'refuse-auth',
  'refuse-unavailable',
  'reset',
  'accept-then-reset',
  'accept-then-error',
] as const;
export type Answer = (typeof ANSWERS)[number];

/** What closes the way for a whole channel. */
export const GATE_NAMES = ['connection', 'channel', 'workspace'] as const;
export type GateName = (typeof GATE_NAMES)[number];

/** `waiting` = scheduled, or in the hand of a worker that has not fenced it. */
type Place = Exclude<PublicationState, 'scheduled' | 'preparing' | 'ready'> | 'waiting';

/** All that the model knows of a publication: no lease, no version, no time but "not yet". */
export interface Piece {
  place: Place;
  reason: HeldReason | null;
  /** Which text a person saved last, before the fence. */
  text: string;
  /** What was cleared: this very text, an earlier one, or nothing. */
  cleared: 'this' | 'earlier' | 'nothing';
  later: boolean;
  /** Its text is frozen by a fence. */
  fenced: boolean;
  /** Copies that can be seen. */
  out: 0 | 1;
  /** A look would show by now whether it is there. */
  settled: boolean;
  /** It failed before, so a person may ask for another try. */
  failed: boolean;
  /** A worker took it and was never heard of again. */
  lost: boolean;
}

/** One channel with all that is planned on it. */
export interface Model {
  platform: ModelPlatform;
  open: Readonly<Record<GateName, boolean>>;
  pieces: readonly Piece[];
}

/** What a person does. */
export type Deed =
  | { do: 'schedule'; text: string; cleared: boolean; later: boolean }
  | { do: 'revise'; piece: number; text: string; cleared: boolean }
  | { do: 'reschedule'; piece: number; later: boolean }
  | { do: 'cancel' | 'hold' | 'release' | 'retry' | 'clear' | 'withdraw'; piece: number }
  | { do: 'gate'; gate: GateName; open: boolean };

const REFUSED = 'refused';

/** The model after a deed, or `refused` when it comes too late. */
export function after(model: Model, deed: Deed): Model | typeof REFUSED {
  if (deed.do === 'gate') return { ...model, open: { ...model.open, [deed.gate]: deed.open } };
  if (deed.do === 'schedule') {
    const { text, later } = deed;
    const cleared = deed.cleared ? 'this' : 'nothing';
    const piece: Piece = { ...FRESH, text, later, cleared };
    return { ...model, pieces: [...model.pieces, held(model, piece)] };
  }
  const piece = model.pieces[deed.piece];
  if (!piece) throw new Error(`There is no piece ${deed.piece}.`);
  const next = changed(model, piece, deed);
  return next === REFUSED ? REFUSED : withPiece(model, deed.piece, next);
}

const FRESH = {
  place: 'waiting',
  reason: null,
  fenced: false,
  out: 0,
  settled: false,
  failed: false,
  lost: false,
} as const;

function changed(model: Model, piece: Piece, deed: Exclude<Deed, { do: 'gate' | 'schedule' }>): Piece | typeof REFUSED {
  const beforeFence = piece.place === 'waiting' || piece.place === 'held';
  const editable = !piece.fenced && (beforeFence || piece.place === 'failed');
  const again: Piece = { ...piece, place: 'waiting', reason: null, lost: false };
  const byPerson = piece.reason === 'held-by-person';
  const stay = (next: Piece) =>
    byPerson ? { ...next, place: 'held' as const, reason: piece.reason } : held(model, next);
  switch (deed.do) {
    case 'revise': {
      if (!editable) return REFUSED;
      const cleared = deed.cleared ? 'this' : piece.cleared === 'nothing' ? 'nothing' : 'earlier';
      return stay({ ...again, text: deed.text, cleared, failed: false });
    }
    case 'reschedule':
      return editable ? stay({ ...again, later: deed.later, failed: false }) : REFUSED;
    case 'cancel':
      if (piece.place === 'cancelled') return piece;
      if (piece.place === 'committing' || piece.place === 'published') return REFUSED;
      return { ...again, place: 'cancelled' };
    case 'hold':
      if (!beforeFence || byPerson) return REFUSED;
      return { ...again, place: 'held', reason: 'held-by-person' };
    case 'release':
      return byPerson ? held(model, again) : REFUSED;
    case 'retry':
      if (piece.place !== 'failed' && !(piece.place === 'waiting' && piece.failed && !piece.lost)) return REFUSED;
      return held(model, { ...again, later: false });
    case 'clear':
      if (!beforeFence) return REFUSED;
      return { ...(piece.place === 'held' ? piece : again), cleared: 'this' };
    case 'withdraw':
      return beforeFence ? { ...again, place: 'held', reason: 'approval-missing', cleared: 'nothing' } : REFUSED;
  }
}

/** Why a piece may not go out as things stand, the first of all reasons. */
function closed({ open }: Model): HeldReason | null {
  if (!open.connection) return 'channel-disconnected';
  if (!open.channel) return 'channel-paused';
  return open.workspace ? null : 'workspace-paused';
}

function held(model: Model, piece: Piece): Piece {
  const reason: HeldReason | null =
    piece.cleared === 'nothing'
      ? 'approval-missing'
      : piece.cleared === 'earlier'
        ? 'changed-after-approval'
        : closed(model);
  return reason === null ? piece : { ...piece, place: 'held', reason, lost: false };
}

/** What a sweep leaves: what waits behind a closed gate is held, what is held without cause is let go. */
export function swept(model: Model): Model {
  const behind = closed(model);
  const pieces = model.pieces.map((piece): Piece => {
    const waits = piece.place === 'waiting' && behind !== null;
    const now: Piece = waits ? { ...piece, place: 'held', reason: behind, lost: false } : piece;
    if (now.place !== 'held' || !isOver(model, now)) return now;
    return behind === null
      ? { ...now, place: 'waiting', reason: null, failed: false }
      : { ...now, reason: behind, failed: false };
  });
  return { ...model, pieces };
}

function isOver({ open }: Model, { reason, cleared }: Piece): boolean {
  switch (reason) {
    case 'channel-disconnected':
      return open.connection;
    case 'channel-paused':
      return open.channel;
    case 'workspace-paused':
      return open.workspace;
    case 'approval-missing':
    case 'changed-after-approval':
      return cleared === 'this';
    default:
      return false;
  }
}

/** What may follow when a worker carries out a valid invitation and the network answers so. */
export function attempted(model: Model, index: number, answer: Answer): Model[] {
  const piece = model.pieces[index];
  if (!piece) throw new Error(`There is no piece ${index}.`);
  const to = (next: Partial<Piece>): Model => withPiece(model, index, { ...piece, lost: false, ...next });
  if (piece.place === 'committing') {
    if (!piece.settled || !model.open.connection) return [model];
    // A receiver of webhooks cannot be looked at; it is sent the same once more, which it counts once.
    const found = piece.out === 1 && model.platform !== 'webhook';
    return [found ? to({ place: 'published', failed: false }) : to({ place: 'waiting', settled: false, failed: true })];
  }
  const closedNow = held(model, piece);
  if (closedNow.place === 'held') return [withPiece(model, index, { ...closedNow, failed: piece.failed })];
  // One publication of a channel between fence and outcome: this one is handed back.
  if (model.pieces.some(({ place }) => place === 'committing')) return [to({})];
  return sent(model, piece, to, answer);
}

/** The one request is made. */
function sent(model: Model, piece: Piece, to: (next: Partial<Piece>) => Model, answer: Answer): Model[] {
  const tried = { fenced: true, failed: true, settled: false };
  const unknown = { ...tried, place: 'committing' as const, failed: piece.failed };
  switch (answer) {
    case 'ok':
      return [to({ ...tried, place: 'published', out: 1, failed: false })];
    case 'refuse-content':
      return [to({ ...tried, place: 'failed' })];
    case 'refuse-rate-limit':
      return [to({ ...tried, place: 'waiting' })];
    case 'refuse-auth': {
      // Newer tokens where there are any, else everything of the channel waits for a person.
      const dead = to({ ...tried, place: 'held', reason: 'channel-disconnected' });
      return [to({ ...tried, place: 'waiting' }), { ...dead, open: { ...model.open, connection: false } }];
    }
    case 'refuse-unavailable':
    case 'reset':
      return [to(unknown)];
    case 'accept-then-reset':
    case 'accept-then-error':
      return [to({ ...unknown, out: 1 })];
  }
}

/** The time has come at which a network shows what it accepted, and at which the next try is due. */
export function waited(model: Model): Model {
  const pieces = model.pieces.map((piece) => ({ ...piece, settled: piece.settled || piece.place === 'committing' }));
  return { ...model, pieces };
}

export function withPiece(model: Model, index: number, piece: Piece): Model {
  return { ...model, pieces: model.pieces.with(index, piece) };
}
