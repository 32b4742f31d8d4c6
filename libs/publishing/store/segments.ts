import { rows, type Transaction } from '#kernel';
import { type JsonObject, type ReconcileInput, type Receipt } from '#platforms/core';
import { assignGiven } from './given.js';
import { type SegmentRecord } from './records.js';

/** The topic that has what was prepared thrown away on the platform. */
export const PREPARED_SET_DISCARDED = 'prepared-set.discarded';

/** What was prepared and counts no more, to its end or not. */
export interface DiscardedSet {
  /** Null = not to its end. */
  prepared: JsonObject | null;
  /** The results of its steps, by their names. */
  steps: JsonObject;
}

/** Columns of a segment that a writer may set. */
type SegmentColumns = Partial<
  Pick<
    SegmentRecord,
    | 'set_id'
    | 'set_hash'
    | 'checkpoints'
    | 'prepared'
    | 'prepared_until'
    | 'outcome'
    | 'uncertain'
    | 'duplicate'
    | 'accepted'
    | 'budget_used'
    | 'platform_object_id'
    | 'platform_reference'
    | 'permalink'
    | 'note'
  >
>;

/** A change of one segment, written with the change of its publication, which is what guards it. */
export interface SegmentChange {
  id: string;
  set: SegmentColumns;
}

/** Of a note, in UTF-16 units. */
const NOTE_MAX = 500;

/** The account on the platform that a channel is, as SQL over `channels c`. */
const ACCOUNT = `concat_ws(':', c.platform, case when c.practice then 'practice' else 'real' end, c.external_id)`;

/** A segment of which a receipt is here. */
export function publishedAs({ id }: Pick<SegmentRecord, 'id'>, receipt: Receipt): SegmentChange {
  return {
    id,
    set: {
      outcome: 'published',
      uncertain: false,
      platform_object_id: receipt.id,
      platform_reference: receipt.extra ?? {},
      permalink: receipt.permalink ?? null,
      note: noteOf(receipt),
    },
  };
}

/** What people still have to know or to do about what is visible, as long as it is kept; null = nothing. */
function noteOf({ note }: Pick<Receipt, 'note'>): string | null {
  const words = note?.trim() ?? '';
  return words === '' ? null : words.slice(0, NOTE_MAX);
}

/** What is told of a publication of which this segment is visible now, by the first of its segments that has a note. */
export function firstNote(
  segments: readonly Pick<SegmentRecord, 'id' | 'note'>[],
  last: Pick<SegmentRecord, 'id'>,
  receipt: Receipt,
): string | null {
  const notes = segments.map((segment) => (segment.id === last.id ? noteOf(receipt) : segment.note));
  return notes.find((note) => note !== null) ?? null;
}

/** A segment that is known by another id from now on: the platform gave it one when it was edited. */
export function movedTo({ id, permalink }: SegmentRecord, receipt: Receipt): SegmentChange {
  return {
    id,
    set: {
      platform_object_id: receipt.id,
      platform_reference: receipt.extra ?? {},
      permalink: receipt.permalink ?? permalink,
    },
  };
}

/**
 * What other publications own on the same outside account, in whichever workspace their channel is: it cannot be this one.
 * What the platform calls the same is among it, however old it is.
 */
export async function claimedByOthers(tx: Transaction, segment: SegmentRecord): Promise<Set<string>> {
  const owned = await rows<{ platform_object_id: string }>(
    tx,
    `select s.platform_object_id from channels c join segments s on s.platform_account = ${ACCOUNT}
      where c.id = $1 and s.id <> $2 and s.platform_object_id is not null
        and (s.published_at > $3::timestamptz - interval '1 day' or s.platform_object_id = $4)`,
    [segment.channel_id, segment.id, segment.first_fenced_at, segment.duplicate?.of ?? null],
  );
  return new Set(owned.map((row) => row.platform_object_id));
}

/** Whether another publication owns an object because it looked the same, and not by an id that was known before. */
export async function claimedByLikeness(tx: Transaction, segment: SegmentRecord, objectId: string): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from channels c
       join segments s on s.platform_account = ${ACCOUNT} and s.platform_object_id = $2 and s.id <> $3
       join publishing_log l on l.publication_id = s.publication_id and l.kind = 'reconciled'
      where c.id = $1 and l.evidence ->> 'confidence' = 'matched' and l.evidence ->> 'platformObjectId' = $2 limit 1`,
    [segment.channel_id, objectId, segment.id],
  );
  return found.length > 0;
}

/** What of a segment a look is told about the answer to its commit: that it spoke of a duplicate, or what it accepted. */
export function learntOf({
  duplicate,
  accepted,
}: SegmentRecord): Pick<ReconcileInput<JsonObject>, 'duplicate' | 'accepted'> {
  return { ...(duplicate && { duplicate }), ...(accepted && { accepted }) };
}

/** A segment that nothing on the platform is left of: it is made anew, under another key. */
export function begunAnew({ id }: Pick<SegmentRecord, 'id'>): SegmentChange {
  const nothing = {
    set_id: null,
    set_hash: null,
    checkpoints: {},
    prepared: null,
    prepared_until: null,
    duplicate: null,
    accepted: null,
    budget_used: {},
  };
  return { id, set: { ...nothing, outcome: 'absent', uncertain: false } };
}

/**
 * Changes segments whose publications the caller holds. What becomes `published` gets its time and the account it is on.
 * Returns them as they are now, by their ids.
 */
export async function changeSegments(
  tx: Transaction,
  changes: readonly SegmentChange[],
): Promise<Map<string, SegmentRecord>> {
  if (changes.length === 0) return new Map();
  const changed = await rows<SegmentRecord>(tx, STATEMENT, [JSON.stringify(changes), changes.length]);
  return new Map(changed.map((segment) => [segment.id, segment]));
}

const TYPES = {
  set_id: 'uuid',
  set_hash: 'text',
  checkpoints: 'jsonb',
  prepared: 'jsonb',
  prepared_until: 'timestamptz',
  outcome: 'text',
  uncertain: 'boolean',
  duplicate: 'jsonb',
  accepted: 'jsonb',
  budget_used: 'jsonb',
  platform_object_id: 'text',
  platform_reference: 'jsonb',
  permalink: 'text',
  note: 'text',
} as const satisfies Record<keyof SegmentColumns, string>;

/** $2 is how many they are, for the planner. */
const STATEMENT = `
update segments s
     set ${assignGiven(TYPES, 'a."set"', 's')},
         platform_account = case when a."set" ->> 'outcome' = 'published'
           then ${ACCOUNT}
           else s.platform_account end,
         published_at = case when a."set" ->> 'outcome' = 'published' then clock_timestamp() else s.published_at end
    from (select * from jsonb_to_recordset($1::jsonb) as a(id uuid, "set" jsonb) limit $2) a, channels c
   where s.id = a.id and c.id = s.channel_id
  returning s.*`;
