import { Injectable } from '@nestjs/common';
import { Database, row, rows, type Transaction } from '#kernel';
import { CLOSED, GATES } from '../runner/gates.js';
import { type HeldReason, PREPARE_AHEAD_MS } from '../rules/index.js';
import { type Actor, type Change, changeAll, type LogEntry, type PublicationRecord, UNHELD } from '../store/index.js';
import { heldEntry } from '../support/closed.js';

const ACTOR: Actor = { type: 'system', name: 'hold sweep' };
const BATCH = 500;

/** Holds end with their cause: no wake-up is ever needed, this finds them by looking. */
const ENDS_WITH_ITS_CAUSE = `
  case p.held_reason
    when 'channel-disconnected' then c.health = 'healthy'
    when 'channel-paused' then c.paused_at is null
    when 'workspace-paused' then w.paused_at is null
    when 'organization-paused' then o.paused_at is null
    when 'installation-paused' then i.paused_at is null
    when 'approval-missing' then p.cleared_hash = p.content_hash
    when 'changed-after-approval' then p.cleared_hash = p.content_hash
    else false
  end`;

/** What of a closed channel waits for its time, or is still prepared. */
const CLOSED_CHANNELS = `
  select c.id from ${GATES}
   where ${CLOSED} is not null and exists (
     select 1 from publications p where p.channel_id = c.id and p.state in ('scheduled', 'preparing', 'ready'))`;

/** Lets go what is held without cause, and holds at once what a dead token or a pause would stop later. */
@Injectable()
export class HoldSweep {
  constructor(private readonly database: Database) {}

  /** Holds what is scheduled behind a closed gate, then releases what is held behind an open one. */
  async sweep(): Promise<void> {
    await this.hold();
    await this.release();
  }

  /** Holds whatever waits on a channel that is closed, however far ahead its time is. Returns how many. */
  async hold(): Promise<number> {
    const closed = await this.database.engine((tx) => rows<{ id: string }>(tx, CLOSED_CHANNELS));
    let held = 0;
    for (const { id } of closed) held += await this.holdChannel(id);
    return held;
  }

  /**
   * Holds everything of a channel that may not go out as things stand, and returns how many. What is past the fence is
   * never touched.
   */
  async holdChannel(channelId: string): Promise<number> {
    return inBatches(() => this.database.engine((tx) => holdBatch(tx, channelId)));
  }

  /** Releases held publications whose cause is gone. Returns how many. */
  async release(): Promise<number> {
    return inBatches(() => this.database.engine(releaseBatch));
  }
}

/** Whoever is changed by somebody else in this very moment is left for the next sweep. */
async function inBatches(batch: () => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const done = await batch();
    all += done;
    if (done < BATCH) return all;
  }
}

async function holdBatch(tx: Transaction, channelId: string): Promise<number> {
  const gate = await row<{ closed: HeldReason | null }>(
    tx,
    `select ${CLOSED} as closed from ${GATES} where c.id = $1 for share of c, w, o, i`,
    [channelId],
  );
  if (!gate?.closed) return 0;
  const waiting = await rows<Waiting>(
    tx,
    `select id, version, state, lease from publications
      where channel_id = $1 and state in ('scheduled', 'preparing', 'ready') order by id
      limit ${BATCH} for update skip locked`,
    [channelId],
  );
  const { closed } = gate;
  const held = { to: 'held', actor: ACTOR, entries: [heldEntry(closed)] } satisfies Partial<Change>;
  const set = { ...UNHELD, held_reason: closed };
  await changeAll(
    tx,
    waiting.map((from) => ({ from, ...held, set })),
    'wait',
  );
  return waiting.length;
}

/** Gates that somebody changes at this moment are looked at in the next sweep, so that this waits for nobody. */
async function releaseBatch(tx: Transaction): Promise<number> {
  const free = await rows<Held>(
    tx,
    `select p.id, p.version, p.state, p.lease, p.due_at, p.held_reason, ${CLOSED} as closed from publications p
       join channels c on c.id = p.channel_id join workspaces w on w.id = p.workspace_id
       join organizations o on o.id = p.organization_id cross join installation i
      where p.state = 'held' and ${ENDS_WITH_ITS_CAUSE}
      order by p.due_at limit ${BATCH} for update of p skip locked for share of c, w, o, i skip locked`,
  );
  await changeAll(tx, free.map(releasing), 'wait');
  return free.length;
}

/** Rows as they were locked. */
type Waiting = Change['from'];
type Held = Waiting & Pick<PublicationRecord, 'due_at' | 'held_reason'> & { closed: HeldReason | null };

function releasing({ due_at, held_reason: reason, closed, ...from }: Held): Change {
  const released: LogEntry = { kind: 'released', evidence: { reason, why: 'Its cause is gone.' } };
  const set = { ...UNHELD, held_reason: closed, failure: null };
  // Another gate may be closed still: then that is why.
  if (closed) return { from, to: 'held', actor: ACTOR, entries: [released, heldEntry(closed)], set };
  const next_check_at = new Date(due_at.getTime() - PREPARE_AHEAD_MS);
  return { from, to: 'scheduled', actor: ACTOR, entries: [released], set: { ...set, next_check_at } };
}
