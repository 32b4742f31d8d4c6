import { v4 as uuid } from 'uuid';
import { type Database, row, rows, type Transaction } from '#kernel';
import { type PublicationState } from '../rules/index.js';
import {
  type Actor,
  change,
  type Columns,
  type LogEntry,
  LostPublicationError,
  type PublicationRecord,
  type SegmentRecord,
} from '../store/index.js';

/** What travels in a job: good for one use, and only while nobody changed the publication. */
export interface Invitation {
  publicationId: string;
  invitation: string;
}

/** The runner stops working on a publication that it could still hand back. */
export class HandBack extends Error {
  override readonly name = 'HandBack';
}

/** What goes with a change of state. */
interface ChangeOptions {
  set?: Columns;
  /** The caller's transaction, opened by `transaction`; one of its own when left out. */
  tx?: Transaction;
  /** A further condition, as in `Change`. */
  where?: string;
}

/**
 * A publication in a runner's hand: its row as last written, its segments, and the lease, renewed while it lasts.
 * Every write goes through `change`, which fails once somebody else holds the row.
 */
export class Possession {
  private readonly ended = new AbortController();
  private heartbeat: NodeJS.Timeout | undefined;

  private constructor(
    private readonly database: Database,
    readonly actor: Actor,
    private readonly leaseMs: number,
    public record: PublicationRecord,
    readonly segments: SegmentRecord[],
    /** Whether taking it was counted as an attempt. */
    private readonly counted: boolean,
    /** The database's time at the moment when the monotonic clock showed `takenAt`. */
    private readonly databaseTime: number,
    private readonly takenAt: number,
  ) {}

  /** Swaps an invitation for a lease of our own. Undefined when it was used, withdrawn or overtaken. */
  static async take(
    database: Database,
    actor: Actor,
    leaseMs: number,
    invitation: Invitation,
  ): Promise<Possession | undefined> {
    const lease = uuid();
    const taken = await database.engine(async (tx) => {
      const invited = await row<PublicationRecord>(
        tx,
        `select * from publications where id = $1 and invitation = $2 and invited_until > now()
            and state in ('scheduled', 'preparing', 'ready', 'committing')
            and (leased_until is null or leased_until < now()) for update`,
        [invitation.publicationId, invitation.invitation],
      );
      if (!invited) return undefined;
      const time = await row<{ now: Date; until: Date }>(
        tx,
        `select clock_timestamp() as now, clock_timestamp() + make_interval(secs => $1) as until`,
        [leaseMs / 1000],
      );
      if (!time) return undefined;
      const record = await take(tx, invited, actor, { lease, leased_until: time.until });
      const segments = await rows<SegmentRecord>(
        tx,
        'select * from segments where publication_id = $1 order by position',
        [record.id],
      );
      return {
        record,
        segments: segments.slice(0, record.content.segments.length),
        counted: record.attempts > invited.attempts,
        now: time.now.getTime(),
      };
    });
    if (!taken) return undefined;
    const possession = new Possession(
      database,
      actor,
      leaseMs,
      taken.record,
      taken.segments,
      taken.counted,
      taken.now,
      performance.now(),
    );
    possession.beat();
    return possession;
  }

  /** Aborted when the lease is lost, or the runner stops. */
  get signal(): AbortSignal {
    return this.ended.signal;
  }

  /** The database's time, by our monotonic clock. */
  now(): Date {
    return new Date(this.databaseTime + (performance.now() - this.takenAt));
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
    return this.record.attempts - (this.counted ? 1 : 0);
  }

  /** A change of the row with its log entries. Throws `LostPublicationError` when it is no longer ours. */
  async change(
    to: PublicationState,
    entries: [LogEntry, ...LogEntry[]],
    { set = {}, tx, where }: ChangeOptions = {},
  ): Promise<void> {
    const input = { from: this.record, to, actor: this.actor, entries, set, ...(where !== undefined && { where }) };
    this.record = await (tx ? change(tx, input) : this.database.engine((own) => change(own, input)));
  }

  /** A transaction for `change`. When it fails, or nobody knows, the row is taken for what it was: the next write tells. */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const before = this.record;
    try {
      return await this.database.engine(work);
    } catch (error) {
      this.record = before;
      throw error;
    }
  }

  /** Ends the heartbeat. The row itself is released by the last change, or by its lease running out. */
  close(): void {
    clearInterval(this.heartbeat);
    this.heartbeat = undefined;
  }

  /** Makes everything that listens to `signal` stop. */
  abort(reason: Error): void {
    this.ended.abort(reason);
  }

  private beat(): void {
    this.heartbeat = setInterval(() => {
      void this.renew();
    }, this.leaseMs / 3);
    this.heartbeat.unref();
  }

  private async renew(): Promise<void> {
    try {
      const renewed = await this.database.engine((tx) =>
        row(
          tx,
          `update publications set leased_until = now() + make_interval(secs => $3) where id = $1 and lease = $2 returning id`,
          [this.record.id, this.record.lease, this.leaseMs / 1000],
        ),
      );
      if (!renewed && this.heartbeat) this.abort(new LostPublicationError(this.record.id));
    } catch {
      // The database is away: the lease runs out by itself, and every guarded write tells whether it is still ours.
    }
  }
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

/** A fresh attempt counts; a look after an unknown outcome is none. */
async function take(
  tx: Transaction,
  invited: PublicationRecord,
  actor: Actor,
  lease: { lease: string; leased_until: Date },
): Promise<PublicationRecord> {
  const set = { ...lease, invitation: null, invited_until: null };
  if (invited.state !== 'committing') {
    const attempts = invited.attempts + 1;
    return change(tx, {
      from: invited,
      to: 'preparing',
      actor,
      entries: [{ kind: 'attempt-started', evidence: { attempt: attempts } }],
      set: { ...set, attempts },
    });
  }
  const taken = await row<PublicationRecord>(
    tx,
    `update publications set lease = $2, leased_until = $3, invitation = null, invited_until = null
      where id = $1 returning *`,
    [invited.id, lease.lease, lease.leased_until],
  );
  if (!taken) throw new LostPublicationError(invited.id);
  return taken;
}
