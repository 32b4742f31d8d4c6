import { Injectable } from '@nestjs/common';
import { PlatformAccess, type Spent, writeSpending } from '#channels';
import { Database, isOutage, isRolledBack, type Transaction } from '#kernel';
import { type Block, FlowControl, type Met, noteMet } from '../flow/index.js';
import {
  type Change,
  changeAll,
  changeSegments,
  type DiscardedSet,
  LostPublicationError,
  type Locked,
  PREPARED_SET_DISCARDED,
  type PublicationRecord,
  type SegmentChange,
  type SegmentRecord,
} from '../store/index.js';
import { type FenceAsk, type FenceResult, passFence, passFences } from './fence.js';
import { type Taken, type TakeAsk, takeInvitations } from './take.js';
import { Together } from './together.js';

/** A change of a publication that somebody has in hand, and of one of its segments. */
export interface Write {
  change: Change;
  segment?: SegmentChange | undefined;
  /** The platform asked for less, or a quota is used up: nothing goes out before that. */
  block?: Block | undefined;
  /** What was used on the way that has a price. */
  spent?: readonly Spent[] | undefined;
  /** What was met at the channel's server on the way. */
  met?: Met | undefined;
  /** What was prepared and counts no more: the platform is tidied up by a job. */
  discarded?: readonly DiscardedSet[] | undefined;
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
  private readonly takes: Together<TakeAsk, Taken | 'gone'>;
  private readonly writes: Together<Write, Written>;
  private readonly fences: Together<FenceAsk, FenceResult>;

  constructor(
    private readonly database: Database,
    private readonly flow: FlowControl,
    access: PlatformAccess,
  ) {
    const take = (asks: readonly TakeAsk[], locked: Locked) =>
      this.engine((tx) => takeInvitations(tx, access, asks, locked));
    this.takes = new Together({
      all: async (asks) => (await take(asks, 'skip')).map((taken) => (taken === 'locked' ? undefined : taken)),
      alone: async (ask) => {
        const [taken] = await take([ask], 'wait');
        return taken === undefined || taken === 'locked' ? 'gone' : taken;
      },
      key: (ask) => ask.publicationId,
      unknown,
    });
    this.writes = new Together({
      all: (writes) => this.engine((tx) => writeTogether(tx, writes)),
      alone: (write) => this.engine((tx) => this.writeOne(tx, write)),
      key: ({ change }) => change.from.id,
      unknown,
    });
    this.fences = new Together({
      all: (asks) => this.engine((tx) => passFences(tx, flow, asks)),
      alone: (ask) => this.engine((tx) => passFence(tx, flow, ask)),
      key: ({ record }) => record.channel_id,
      unknown,
    });
  }

  /** Swaps an invitation for a lease. Undefined when it was used, withdrawn or overtaken. */
  async take(ask: TakeAsk): Promise<Taken | undefined> {
    const taken = await this.takes.do(ask);
    return taken === 'gone' ? undefined : taken;
  }

  /** Writes a change. @throws LostPublicationError */
  write(write: Write): Promise<Written> {
    return this.writes.do(write);
  }

  /** Passes a fence: it is on disk before this returns. @throws StaleSetError, LostPublicationError */
  fence(ask: FenceAsk): Promise<FenceResult> {
    return this.fences.do(ask);
  }

  /** A write within the caller's own transaction. @throws LostPublicationError */
  async writeOne(tx: Transaction, write: Write): Promise<Written> {
    // Gate rows come before the publication, as at the fence.
    if (write.block) await this.flow.block(tx, [write.block]);
    const [written] = await writeAll(tx, [write], 'wait');
    if (!written) throw new LostPublicationError(write.change.from.id);
    return written;
  }

  private engine<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.engine(work);
  }
}

/** What blocks others waits for their gate rows, so it is written alone. */
async function writeTogether(tx: Transaction, writes: readonly Write[]): Promise<(Written | undefined)[]> {
  const together = writes.filter(({ block }) => block === undefined);
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
  await writeSpending(
    tx,
    done.flatMap(({ spent }) => spent ?? []),
  );
  for (const { change, discarded = [] } of done) await tidyUp(tx, change.from.id, discarded);
  // Breakers last: whoever waits for one holds nothing that somebody with a breaker may want.
  const met = done.flatMap((one) => one.met ?? []);
  await noteMet(tx, met);
  return writes.map(({ segment }, index) => {
    const record = changed[index];
    return record && { record, segment: segment && segments.get(segment.id) };
  });
}

async function tidyUp(tx: Transaction, publicationId: string, discarded: readonly DiscardedSet[]): Promise<void> {
  if (discarded.length === 0) return;
  await tx.query(
    `insert into outbox (id, organization_id, topic, payload)
     select gen_random_uuid(), p.organization_id, '${PREPARED_SET_DISCARDED}',
            jsonb_build_object('channelId', p.channel_id) || d.discarded
       from publications p, jsonb_array_elements($2::jsonb) as d(discarded) where p.id = $1`,
    [publicationId, JSON.stringify(discarded)],
  );
}

/** Whether nobody knows what became of a transaction that failed like this. */
function unknown(error: unknown): boolean {
  return isOutage(error) && !isRolledBack(error);
}
