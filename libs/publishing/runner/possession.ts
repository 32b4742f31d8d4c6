import {
  costsAsEvidence,
  type OpenChannel,
  type Purse,
  purseOf,
  type RoomHolder,
  settle,
  type Spent,
  type StoredChannel,
} from '#channels';
import { type Database, type Exchange, row, type Transaction } from '#kernel';
import { type Cost, type Failure, type Pressure } from '#platforms/core';
import { type Block, contactOf, isServerAway, type Met } from '../flow/index.js';
import { type HeldReason, type PublicationState } from '../rules/index.js';
import {
  type Actor,
  type Columns,
  type DiscardedSet,
  type LogEntry,
  LostPublicationError,
  type PublicationRecord,
  type SegmentChange,
  type SegmentRecord,
} from '../store/index.js';
import { type FenceResult } from './fence.js';
import { reasonToHold } from './gates.js';
import { type GroupCommit, type Write, type Written } from './group-commit.js';
import { type Invitation, type Taken } from './take.js';

/** The runner stops working on a publication that it could still hand back. */
export class HandBack extends Error {
  override readonly name = 'HandBack';
  constructor(
    message: string,
    /** How long it is left alone, in milliseconds. */
    readonly afterMs = 0,
  ) {
    super(message);
  }
}

/** What goes with a change of state. */
interface ChangeOptions {
  set?: Columns;
  segment?: SegmentChange | undefined;
  block?: Block | undefined;
  /** The caller's transaction, opened by `transaction`; one together with others when left out. */
  tx?: Transaction | undefined;
}

/** What a possession writes through, and for how long it lasts without a sign of life. */
export interface Means {
  database: Database;
  group: GroupCommit;
  actor: Actor;
  leaseMs: number;
}

/**
 * A publication in a runner's hand: its row as last written, its segments, and the lease, renewed while it lasts.
 * Every write goes through `change`, which fails once somebody else holds the row.
 */
export class Possession {
  private readonly ended = new AbortController();
  private heartbeat: NodeJS.Timeout | undefined;
  private met: Met | undefined;
  /** Until it is written down. */
  private felt: Pressure | undefined;
  private asked: Pressure | undefined;
  /** What was used that has a price, until it is written down. */
  private purse: Purse | undefined;
  /** Prepared sets that count no more, until it is written down. */
  private readonly discarded: DiscardedSet[] = [];
  record: PublicationRecord;
  readonly segments: SegmentRecord[];

  private constructor(
    private readonly means: Means,
    private readonly taken: Taken,
    /** What the monotonic clock showed at `taken.now`. */
    private readonly takenAt: number,
  ) {
    this.record = taken.record;
    this.segments = taken.segments;
  }

  /** Swaps an invitation for a lease of our own. Undefined when it was used, withdrawn or overtaken. */
  static async take(means: Means, invitation: Invitation): Promise<Possession | undefined> {
    const { group, actor, leaseMs } = means;
    const taken = await group.take({ ...invitation, actor, leaseMs });
    if (!taken) return undefined;
    const possession = new Possession(means, taken, performance.now());
    possession.beat();
    return possession;
  }

  get actor(): Actor {
    return this.means.actor;
  }

  /** By whom room in daily budgets is kept: it ends with the lease, so with the last change. */
  get holder(): RoomHolder {
    return { publicationId: this.taken.record.id, lease: this.taken.record.lease };
  }

  /** Aborted when the lease is lost, or the runner stops. */
  get signal(): AbortSignal {
    return this.ended.signal;
  }

  /** Its channel as it was when it was taken. */
  get channel(): StoredChannel {
    return this.taken.channel;
  }

  /** Why it was not to go out when it was taken, if anything. Only the fence decides. */
  get closedAtFirst(): HeldReason | undefined {
    return reasonToHold(this.record, this.taken.gates, this.begun);
  }

  /** The database's time, by our monotonic clock. */
  now(): Date {
    return new Date(this.taken.now + (performance.now() - this.takenAt));
  }

  /** Whether something of it is out already. */
  get begun(): boolean {
    return this.published > 0;
  }

  /** How many of its segments are out. */
  get published(): number {
    return this.segments.filter((segment) => segment.outcome === 'published').length;
  }

  /** What a try that did not take place leaves in `attempts`. */
  get attemptsBefore(): number {
    return this.record.attempts - (this.taken.counted ? 1 : 0);
  }

  /**
   * A change of the row with its log entries, and of a segment with it. When it fails, or nobody knows, the row is taken for
   * what it was: the next write tells.
   * @throws LostPublicationError when it is no longer ours
   */
  async change(
    to: PublicationState,
    entries: [LogEntry, ...LogEntry[]],
    { set = {}, segment, block, tx }: ChangeOptions = {},
  ): Promise<void> {
    const spent = this.purse?.spent ?? [];
    const discarded = [...this.discarded];
    const write: Write = {
      change: { from: this.record, to, actor: this.actor, entries: withCosts(entries, spent), set },
      segment,
      spent,
      // Within a transaction that holds the gates already, they are not locked once more.
      block: block ?? (tx ? undefined : this.pressureBlock()),
      met: this.met,
      discarded,
    };
    const { group } = this.means;
    this.hold(await (tx ? group.writeOne(tx, write) : group.write(write)));
    this.met = undefined;
    this.discarded.splice(0, discarded.length);
    this.purse?.settled(spent);
    if (!tx) this.felt = undefined;
  }

  /** What the platform asked for in this attempt, the longest of it. */
  get pressure(): Pressure | undefined {
    return this.asked;
  }

  /** Keeps the exchanges of a call, and listens to what the platform says in them about how much more it takes. */
  hear({ adapter }: OpenChannel, exchanges: Exchange[]): (exchange: Exchange) => void {
    return (exchange) => {
      exchanges.push(exchange);
      const asked = exchange.rateLimit && adapter.pressure?.(exchange.rateLimit, this.now());
      if (!asked || (this.asked && asked.until <= this.asked.until)) return;
      this.asked = asked;
      this.felt = asked;
    };
  }

  /** Keeps what a call uses that has a price; the next change writes it down, and its log names it. */
  spend(open: OpenChannel): (cost: Cost) => void {
    this.purse ??= purseOf(open, this.record.id);
    return this.purse.spend;
  }

  /** What was prepared counts no more: with the next change, the platform is to be tidied up. */
  discard({ prepared, checkpoints }: SegmentRecord): void {
    if (prepared === null && Object.keys(checkpoints).length === 0) return;
    this.discarded.push({ prepared, steps: checkpoints });
  }

  private pressureBlock(): Block | undefined {
    if (!this.felt) return undefined;
    const { scope, until } = this.felt;
    const { channel, connection } = this.channel;
    const { platform, practice } = channel;
    return { channelId: this.record.channel_id, platform, practice, way: connection.way, scope, until };
  }

  /**
   * What was met at the channel's server; the next change carries it. Nothing where nothing was asked of it.
   * @param startedAt when the call began, by `now()`
   */
  meet(open: OpenChannel, startedAt: Date, exchanges: readonly Exchange[], failure?: Failure): void {
    if (failure && exchanges.length === 0) return;
    const away = failure !== undefined && isServerAway(failure, exchanges);
    this.met = { contact: contactOf(open, this.record.id, startedAt), away };
  }

  /** Passes the fence for a segment. @throws StaleSetError, LostPublicationError */
  async fence(segment: SegmentRecord, withinMs: number): Promise<FenceResult> {
    const { record, actor, begun } = this;
    const { channel, connection } = this.channel;
    const ask = { record, segment, channel, way: connection.way, actor, begun, now: this.now(), withinMs };
    const result = await this.means.group.fence(ask);
    if (result.outcome === 'passed') this.hold(result);
    return result;
  }

  /** A transaction for `change`. When it fails, or nobody knows, the row is taken for what it was: the next write tells. */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const before = this.record;
    try {
      return await this.means.database.engine(work);
    } catch (error) {
      this.record = before;
      throw error;
    }
  }

  /**
   * Ends the heartbeat. The row itself is released by the last change, or by its lease running out; what was spent and could
   * not be told with a change is written down by itself. What the request behind an open fence may have cost is left to the
   * look that finds the post, which says it again.
   */
  async close(): Promise<void> {
    clearInterval(this.heartbeat);
    this.heartbeat = undefined;
    if (this.purse && this.record.state !== 'committing') await settle(this.means.database, this.purse);
  }

  /** Makes everything that listens to `signal` stop. */
  abort(reason: Error): void {
    this.ended.abort(reason);
  }

  private hold({ record, segment }: Written): void {
    this.record = record;
    if (!segment) return;
    const known = this.segments.find(({ id }) => id === segment.id);
    if (known) Object.assign(known, segment);
  }

  private beat(): void {
    this.heartbeat = setInterval(() => {
      void this.renew();
    }, this.means.leaseMs / 3);
    this.heartbeat.unref();
  }

  private async renew(): Promise<void> {
    try {
      const renewed = await this.means.database.engine((tx) =>
        row(
          tx,
          `update publications set leased_until = now() + make_interval(secs => $3) where id = $1 and lease = $2 returning id`,
          [this.record.id, this.record.lease, this.means.leaseMs / 1000],
        ),
      );
      if (!renewed && this.heartbeat) this.abort(new LostPublicationError(this.record.id));
    } catch {
      // The database is away: the lease runs out by itself, and every guarded write tells whether it is still ours.
    }
  }
}

/** The first entry tells of the calls, and so of what they cost. */
function withCosts([first, ...others]: [LogEntry, ...LogEntry[]], spent: readonly Spent[]): [LogEntry, ...LogEntry[]] {
  if (spent.length === 0) return [first, ...others];
  return [{ ...first, evidence: { ...first.evidence, ...costsAsEvidence(spent) } }, ...others];
}

/** Gives an invitation back unused, so that another worker is invited at once. */
export async function decline(database: Database, { publicationId, invitation }: Invitation): Promise<void> {
  await database.engine((tx) =>
    tx.query('update publications set invitation = null, invited_until = null where id = $1 and invitation = $2', [
      publicationId,
      invitation,
    ]),
  );
}
