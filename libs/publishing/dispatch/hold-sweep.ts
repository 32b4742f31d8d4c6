import { Injectable } from '@nestjs/common';
import { Database, row, rows, type Transaction } from '#kernel';
import { CLOSED, GATES } from '../runner/gates.js';
import { explainHeld, type HeldReason } from '../rules/index.js';
import { type Actor, type LogEntry, type PublicationRecord } from '../store/index.js';
import { PREPARE_AHEAD_MS } from '../publications.service.js';

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
  const waiting = await rows<Pick<PublicationRecord, 'id' | 'version'>>(
    tx,
    `select id, version from publications
      where channel_id = $1 and state in ('scheduled', 'preparing', 'ready') order by id
      limit ${BATCH} for update skip locked`,
    [channelId],
  );
  const { closed } = gate;
  await move(
    tx,
    waiting.map(({ id, version }) => ({ id, version, reason: closed, entries: [heldEntry(closed)] })),
  );
  return waiting.length;
}

/** Gates that somebody changes at this moment are looked at in the next sweep, so that this waits for nobody. */
async function releaseBatch(tx: Transaction): Promise<number> {
  const free = await rows<Pick<PublicationRecord, 'id' | 'version' | 'held_reason'> & { closed: HeldReason | null }>(
    tx,
    `select p.id, p.version, p.held_reason, ${CLOSED} as closed from publications p
       join channels c on c.id = p.channel_id join workspaces w on w.id = p.workspace_id
       join organizations o on o.id = p.organization_id cross join installation i
      where p.state = 'held' and ${ENDS_WITH_ITS_CAUSE}
      order by p.due_at limit ${BATCH} for update of p skip locked for share of c, w, o, i skip locked`,
  );
  await move(
    tx,
    free.map(({ id, version, held_reason: reason, closed }) => {
      const released: LogEntry = { kind: 'released', evidence: { reason, why: 'Its cause is gone.' } };
      // Another gate may be closed still: then that is why.
      return { id, version, reason: closed, entries: closed ? [released, heldEntry(closed)] : [released] };
    }),
  );
  return free.length;
}

interface Move {
  id: string;
  version: number;
  /** Why it is held from now on; null where it is scheduled again. */
  reason: HeldReason | null;
  entries: LogEntry[];
}

/** $1 the moves of locked rows, $2 the actor, $3 how long before the due time the runner starts, in seconds. */
const MOVE = `
with m as (
  select * from jsonb_to_recordset($1::jsonb) as m(id uuid, version int, reason text, entries jsonb)),
moved as (
  update publications p
     set state = case when m.reason is null then 'scheduled' else 'held' end, held_reason = m.reason,
         version = p.version + jsonb_array_length(m.entries),
         invitation = null, invited_until = null, lease = null, leased_until = null,
         failure = case when p.state = 'held' then null else p.failure end,
         next_check_at = case when m.reason is null then p.due_at - make_interval(secs => $3) else p.next_check_at end
    from m where p.id = m.id and p.version = m.version
  returning p.*, m.entries)
insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state, evidence)
select gen_random_uuid(), p.id, p.organization_id, p.version - jsonb_array_length(p.entries) + e.place, e.entry ->> 'kind',
       $2::jsonb, p.attempts, p.state, e.entry -> 'evidence'
  from moved p, jsonb_array_elements(p.entries) with ordinality as e(entry, place)`;

/** One statement for a whole batch: a pause may stop thousands, while others wait to be invited. */
async function move(tx: Transaction, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  await tx.query(MOVE, [JSON.stringify(moves), JSON.stringify(ACTOR), PREPARE_AHEAD_MS / 1000]);
}

function heldEntry(reason: HeldReason): LogEntry {
  return { kind: 'held', evidence: { reason, ...explainHeld(reason) } };
}
