import { v7 as uuid } from 'uuid';
import { rows, type Transaction } from '#kernel';
import { type PublicationState } from '../rules/index.js';
import { assignGiven } from './given.js';
import { type Actor, type LogEntry, type PublicationRecord } from './records.js';

/** Somebody else changed the publication first: this writer no longer holds it. */
export class LostPublicationError extends Error {
  override readonly name = 'LostPublicationError';
  constructor(readonly publicationId: string) {
    super(`Publication ${publicationId} was changed by somebody else.`);
  }
}

/** Columns that a change may set, and their types in the database. */
const COLUMNS = {
  content: 'jsonb',
  content_hash: 'text',
  cleared_hash: 'text',
  revision: 'integer',
  due_at: 'timestamptz',
  time_zone: 'text',
  local_due: 'text',
  held_reason: 'text',
  attempts: 'integer',
  failure: 'jsonb',
  invitation: 'uuid',
  invited_until: 'timestamptz',
  lease: 'uuid',
  leased_until: 'timestamptz',
  next_check_at: 'timestamptz',
  first_fenced_at: 'timestamptz',
  published_at: 'timestamptz',
  permalink: 'text',
  lead_ms: 'integer',
  removed_at: 'timestamptz',
  edited_at: 'timestamptz',
  edited_text: 'text',
  note: 'text',
} as const satisfies Partial<Record<keyof PublicationRecord, string>>;

/** Each belongs to what the change makes of the row, and goes with the next one. */
type PassingColumns = Pick<PublicationRecord, 'accepted_at' | 'waiting_for'>;

export type Columns = Partial<Pick<PublicationRecord, keyof typeof COLUMNS> & PassingColumns>;

export interface Change {
  /** The row as the writer knows it; version, state and lease must still be the same. */
  from: Pick<PublicationRecord, 'id' | 'version' | 'state' | 'lease'>;
  to: PublicationState;
  actor: Actor;
  /** At least one: every change is told. */
  entries: [LogEntry, ...LogEntry[]];
  set?: Columns;
  /** It is a fence: what is cleared has to be what would be sent, and the lease has to live still. */
  fence?: boolean;
}

/** What a writer does about a row that somebody else has locked: wait for it, or leave it out. */
export type Locked = 'wait' | 'skip';

/** Nobody holds it and nobody is invited: what every change that ends a possession sets. */
export const UNHELD = { invitation: null, invited_until: null, lease: null, leased_until: null } as const;

/**
 * The one guarded write: state, version and log entries in a single statement.
 * @throws LostPublicationError when the row is no longer as `from` says
 */
export async function change(tx: Transaction, input: Change): Promise<PublicationRecord> {
  const [changed] = await changeAll(tx, [input], 'wait');
  if (!changed) throw new LostPublicationError(input.from.id);
  return changed;
}

/**
 * The same for many publications, still a single statement. Returns the rows as they are now, in the order given; undefined
 * where a row is no longer as its writer knows it, or is locked and `locked` says to leave it out. Each publication once.
 */
export async function changeAll(
  tx: Transaction,
  changes: readonly Change[],
  locked: Locked,
): Promise<(PublicationRecord | undefined)[]> {
  if (changes.length === 0) return [];
  const asked = changes.map(({ from, to, actor, entries, set = {}, fence = false }) => ({
    ...{ id: from.id, version: from.version, state: from.state, lease: from.lease },
    ...{ to_state: to, actor, columns: set, fence },
    entries: entries.map(({ kind, failure, evidence }) => ({ id: uuid(), kind, failure, evidence })),
  }));
  const changed = await rows<PublicationRecord>(tx, STATEMENTS[locked], [JSON.stringify(asked), asked.length]);
  const byId = new Map(changed.map((record) => [record.id, record]));
  return changes.map(({ from }) => byId.get(from.id));
}

/**
 * Rows are locked in the order of their ids, whoever else changes several: none waits for another in a ring. $2 is how many
 * they are: by its LIMIT the planner knows that they are few, and looks them up by their ids in tables of any size.
 */
const statement = (locked: Locked): string => `
with asked as materialized (
  select * from jsonb_to_recordset($1::jsonb) as a(
    id uuid, version integer, state text, lease uuid, to_state text, actor jsonb, columns jsonb, fence boolean, entries jsonb)
   limit $2),
locked as materialized (
  select p.id from publications p join asked a on a.id = p.id
   order by p.id for update of p ${locked === 'skip' ? 'skip locked' : ''}),
changed as (
  update publications p
       set state = a.to_state, version = p.version + jsonb_array_length(a.entries),
           -- Until it leaves its fence.
           accepted_at = case when a.to_state = 'committing'
             then coalesce((a.columns ->> 'accepted_at')::timestamptz, p.accepted_at) end,
           -- While it is looked at once more, what was waited for is still the word.
           waiting_for = case when a.to_state = 'preparing' then p.waiting_for else a.columns ->> 'waiting_for' end,
           ${assignGiven(COLUMNS, 'a.columns', 'p')}
    from asked a join locked l on l.id = a.id
   where p.id = a.id and p.version = a.version and p.state = a.state and p.lease is not distinct from a.lease
     and (not a.fence or (p.cleared_hash = p.content_hash and p.leased_until > clock_timestamp()))
  returning p.*),
logged as (
  insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state, failure, evidence)
  select (e.entry ->> 'id')::uuid, c.id, c.organization_id, c.version - jsonb_array_length(a.entries) + e.place::integer,
         e.entry ->> 'kind', a.actor, c.attempts, c.state, e.entry -> 'failure', e.entry -> 'evidence'
    from changed c join asked a on a.id = c.id, jsonb_array_elements(a.entries) with ordinality as e(entry, place))
select * from changed`;

const STATEMENTS: Readonly<Record<Locked, string>> = { wait: statement('wait'), skip: statement('skip') };
