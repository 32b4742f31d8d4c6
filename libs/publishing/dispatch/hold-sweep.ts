import { Injectable } from '@nestjs/common';
import { Database, row, rows, type Transaction } from '#kernel';
import { type Failure } from '#platforms/core';
import { CLOSED, GATES, holdFor, lateAfter, type MadeFailure, storedMediaGate, UNCLEARED } from '../runner/gates.js';
import { explainHeld, type HeldReason } from '../rules/index.js';
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
    when 'media-processing' then made.reason is distinct from 'media-processing'
    when 'media-failed' then made.reason is distinct from 'media-failed'
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
    return inBatches(() => this.database.engine((tx) => releaseBatch(tx)));
  }

  /** The same for those alone that wait for one version of a file. */
  async releaseMedia(rendition: SourceVersion): Promise<number> {
    return inBatches(() => this.database.engine((tx) => releaseBatch(tx, rendition)));
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

/** One version of a file. */
export interface SourceVersion {
  organizationId: string;
  sourceDigest: string;
  planHash: string;
}

/** Those that send one version of a file, as SQL; all of them where none is named. */
const SENDS = `
  ($1::uuid is null or p.organization_id = $1 and p.held_reason in ('media-processing', 'media-failed') and exists (
    select 1 from publication_media m
     where m.publication_id = p.id and m.organization_id = $1 and m.source_digest = $2 and m.plan_hash = $3))`;

/** When somebody last said what goes out and when, and since when it has been held, of what its media keeps back. */
const STORY = `left join lateral (
  select max(l.at) filter (where l.kind in ('scheduled', 'revised', 'rescheduled')) as asked_at,
         max(l.at) filter (where l.kind = 'held') as held_at
    from publishing_log l where l.publication_id = p.id and p.held_reason = 'media-processing') story on true`;

/** Gates that somebody changes at this moment are looked at in the next sweep, so that this waits for nobody. */
async function releaseBatch(tx: Transaction, only?: SourceVersion): Promise<number> {
  const free = await rows<Held>(
    tx,
    `select p.id, p.version, p.state, p.lease, p.due_at, p.lead_ms, p.held_reason, clock_timestamp() as now,
            coalesce(${UNCLEARED}, ${CLOSED}, made.reason) as closed, made.failure as media_failure,
            clock_timestamp() > ${lateAfter('p.due_at')} as late,
            story.held_at > ${lateAfter('p.due_at')} as late_before,
            p.due_at < story.asked_at + interval '${AT_ONCE_SECONDS} seconds' as at_once,
            exists (select 1 from segments s where s.publication_id = p.id and s.outcome = 'published') as begun
       from publications p
       join channels c on c.id = p.channel_id join workspaces w on w.id = p.workspace_id
       join organizations o on o.id = c.organization_id cross join installation i
       ${storedMediaGate('p.id', 'p.organization_id')} ${STORY}
      where p.state = 'held' and ${SENDS} and ${ENDS_WITH_ITS_CAUSE}
      order by p.due_at limit ${BATCH} for update of p skip locked for share of c, w, o, i skip locked`,
    [only?.organizationId ?? null, only?.sourceDigest ?? null, only?.planHash ?? null],
  );
  await changeAll(tx, free.map(releasing), 'wait');
  return free.length;
}

/** A time that is no further ahead when it is asked for means: at once. */
const AT_ONCE_SECONDS = 60;

/** Rows as they were locked. */
type Waiting = Change['from'];
/** What a hold for media that is not made yet has to do with the time. */
interface Lateness {
  now: Date;
  /** Later than its workspace allows. */
  late: boolean;
  /** It was so already when the wait for its media began. */
  late_before: boolean | null;
  /** It was to go out at once: there is no time that it could miss. */
  at_once: boolean | null;
  /** Something of it is out, and the rest is not stranded for being late. */
  begun: boolean;
}
type Held = Waiting &
  Pick<PublicationRecord, 'due_at' | 'lead_ms' | 'held_reason'> &
  Lateness & { closed: HeldReason | null; media_failure: MadeFailure };

function releasing(held: Held): Change {
  const { id, version, state, lease, due_at, lead_ms, held_reason: reason, closed } = held;
  const from = { id, version, state, lease };
  if (closed) return stillHeld(from, reason, holdFor(closed, held.media_failure));
  if (reason === 'media-processing' && held.late && !held.begun) return madeLate(from, held);
  const next_check_at = new Date(due_at.getTime() - lead_ms);
  const set = { ...UNHELD, held_reason: null, failure: null, next_check_at };
  return { from, to: 'scheduled', actor: ACTOR, entries: [releasedEntry(reason)], set };
}

/** Another gate is closed still: then that is why. */
function stillHeld(from: Waiting, before: HeldReason | null, hold: { reason: HeldReason; failure?: Failure }): Change {
  const { reason, failure } = hold;
  const set = { ...UNHELD, held_reason: reason, failure: failure ?? null };
  const entry = heldEntry(reason, failure);
  // Media that could not be made is no end of the wait for it that anybody would call a release.
  const entries: Change['entries'] = before === 'media-processing' ? [entry] : [releasedEntry(before), entry];
  return { from, to: 'held', actor: ACTOR, entries, set };
}

/**
 * Its media was made later than its workspace lets anything go out. What was to go out at once does so now: only the making
 * took its time. What had a time of its own is held as too late, which says why.
 */
function madeLate(from: Waiting, { now, due_at, at_once, late_before }: Held): Change {
  if (at_once && !late_before) {
    const why = 'Its media is ready. It was to go out at once, so it does now.';
    const released = {
      kind: 'released',
      evidence: { reason: 'media-processing', why, dueAt: now.toISOString() },
    } as const;
    const set = { ...UNHELD, held_reason: null, failure: null, due_at: now, next_check_at: now };
    return { from, to: 'scheduled', actor: ACTOR, entries: [released], set };
  }
  const minutes = Math.max(1, Math.round((now.getTime() - due_at.getTime()) / 60_000));
  const { remedy } = explainHeld('too-late');
  const message = `Its media was ready ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} after its time, which is later than the workspace allows.`;
  const held: LogEntry = { kind: 'held', evidence: { reason: 'too-late', message, remedy } };
  const set = { ...UNHELD, held_reason: 'too-late' as const };
  return { from, to: 'held', actor: ACTOR, entries: [held], set };
}

function releasedEntry(reason: HeldReason | null): LogEntry {
  const why = reason === 'media-processing' || reason === 'media-failed' ? 'Its media is ready.' : 'Its cause is gone.';
  return { kind: 'released', evidence: { reason, why } };
}
