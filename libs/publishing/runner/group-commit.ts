import { Injectable } from '@nestjs/common';
import { PlatformAccess } from '#channels';
import { Database, type Transaction } from '#kernel';
import {
  type Change,
  changeAll,
  changeSegments,
  LostPublicationError,
  type Locked,
  type PublicationRecord,
  type SegmentChange,
  type SegmentRecord,
} from '../store/index.js';
import { type FenceAsk, type FenceResult, passFence, passFences } from './fence.js';
import { isOutage, isRolledBack } from './outage.js';
import { type Taken, type TakeAsk, takeInvitations } from './take.js';
import { Together } from './together.js';

/** A change of a publication that somebody has in hand, and of one of its segments. */
export interface Write {
  change: Change;
  segment?: SegmentChange | undefined;
  /** The platform asked for less: nothing of the channel goes out before that. */
  blockedUntil?: { channelId: string; at: Date } | undefined;
}

/** The rows as they are now. */
export interface Written {
  record: PublicationRecord;
  segment?: SegmentRecord | undefined;
}

/**
 * Every transaction of the delivery engine that many publications in flight need at the same time: taking them, writing what
 * became of them, passing their fences. Each kind is joined into one statement for all that ask at that moment. A batch of
 * fences never exceeds the free send slots, since only what a runner has in hand asks, and holds one of each channel.
 */
@Injectable()
export class GroupCommit {
  private readonly takes: Together<TakeAsk, { taken: Taken | undefined }>;
  private readonly writes: Together<Write, Written>;
  private readonly fences: Together<FenceAsk, FenceResult>;

  constructor(
    private readonly database: Database,
    access: PlatformAccess,
  ) {
    const take = (asks: readonly TakeAsk[], locked: Locked) =>
      this.engine((tx) => takeInvitations(tx, access, asks, locked));
    this.takes = new Together({
      all: async (asks) => (await take(asks, 'skip')).map((taken) => taken && { taken }),
      alone: async (ask) => ({ taken: (await take([ask], 'wait'))[0] }),
      key: (ask) => ask.publicationId,
      unknown,
    });
    this.writes = new Together({
      all: (writes) => this.engine((tx) => writeTogether(tx, writes)),
      alone: (write) => this.engine((tx) => writeOne(tx, write)),
      key: ({ change }) => change.from.id,
      unknown,
    });
    this.fences = new Together({
      all: (asks) => this.engine((tx) => passFences(tx, asks)),
      alone: (ask) => this.engine((tx) => passFence(tx, ask)),
      key: ({ record }) => record.channel_id,
      unknown,
    });
  }

  /** Swaps an invitation for a lease. Undefined when it was used, withdrawn or overtaken. */
  async take(ask: TakeAsk): Promise<Taken | undefined> {
    return (await this.takes.do(ask)).taken;
  }

  /** Writes a change. @throws LostPublicationError */
  write(write: Write): Promise<Written> {
    return this.writes.do(write);
  }

  /** Passes a fence: it is on disk before this returns. @throws StaleSetError, LostPublicationError */
  fence(ask: FenceAsk): Promise<FenceResult> {
    return this.fences.do(ask);
  }

  private engine<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.engine(work);
  }
}

/** A write within the caller's own transaction. @throws LostPublicationError */
export async function writeOne(tx: Transaction, write: Write): Promise<Written> {
  // The gate row comes before the publication, as at the fence.
  if (write.blockedUntil) await blockChannel(tx, write.blockedUntil);
  const [written] = await writeAll(tx, [write], 'wait');
  if (!written) throw new LostPublicationError(write.change.from.id);
  return written;
}

/** What blocks a channel waits for its gate row, so it is written alone. */
async function writeTogether(tx: Transaction, writes: readonly Write[]): Promise<(Written | undefined)[]> {
  const together = writes.filter(({ blockedUntil }) => blockedUntil === undefined);
  const written = await writeAll(tx, together, 'skip');
  return writes.map((write) => written[together.indexOf(write)]);
}

async function writeAll(tx: Transaction, writes: readonly Write[], locked: Locked): Promise<(Written | undefined)[]> {
  const changed = await changeAll(
    tx,
    writes.map(({ change }) => change),
    locked,
  );
  const done = writes.filter((_, index) => changed[index] !== undefined);
  const segments = await changeSegments(
    tx,
    done.flatMap(({ segment }) => segment ?? []),
  );
  return writes.map(({ segment }, index) => {
    const record = changed[index];
    return record && { record, segment: segment && segments.get(segment.id) };
  });
}

async function blockChannel(tx: Transaction, { channelId, at }: NonNullable<Write['blockedUntil']>): Promise<void> {
  await tx.query('update channels set blocked_until = greatest(blocked_until, $2::timestamptz) where id = $1', [
    channelId,
    at,
  ]);
}

/** Whether nobody knows what became of a transaction that failed like this. */
function unknown(error: unknown): boolean {
  return isOutage(error) && !isRolledBack(error);
}
