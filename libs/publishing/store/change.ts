import { v7 as uuid } from 'uuid';
import { row, type Transaction } from '#kernel';
import { type PublicationState } from '../rules/index.js';
import { type Actor, type LogEntry, type PublicationRecord } from './records.js';

/** Somebody else changed the publication first: this writer no longer holds it. */
export class LostPublicationError extends Error {
  override readonly name = 'LostPublicationError';
  constructor(readonly publicationId: string) {
    super(`Publication ${publicationId} was changed by somebody else.`);
  }
}

/** Columns that a change may set. */
export type Columns = Partial<
  Pick<
    PublicationRecord,
    | 'content'
    | 'content_hash'
    | 'cleared_hash'
    | 'revision'
    | 'due_at'
    | 'time_zone'
    | 'local_due'
    | 'held_reason'
    | 'attempts'
    | 'failure'
    | 'invitation'
    | 'invited_until'
    | 'lease'
    | 'leased_until'
    | 'next_check_at'
    | 'first_fenced_at'
    | 'published_at'
    | 'permalink'
  >
>;

export interface Change {
  /** The row as the writer knows it; version, state and lease must still be the same. */
  from: Pick<PublicationRecord, 'id' | 'version' | 'state' | 'lease'>;
  to: PublicationState;
  actor: Actor;
  /** At least one: every change is told. */
  entries: [LogEntry, ...LogEntry[]];
  set?: Columns;
  /** A further condition over the row as it is now, as SQL over the alias `p`, without parameters. */
  where?: string;
}

/** Nobody holds it and nobody is invited: what every change that ends a possession sets. */
export const UNHELD = { invitation: null, invited_until: null, lease: null, leased_until: null } as const;

/**
 * The one guarded write: state, version and log entries in a single statement.
 * @throws LostPublicationError when the row is no longer as `from` says, or `where` does not hold
 */
export async function change(tx: Transaction, input: Change): Promise<PublicationRecord> {
  const { from, to, actor, entries, set = {}, where } = input;
  const columns = Object.entries(set);
  const parameters: unknown[] = [
    from.id,
    from.version,
    from.state,
    from.lease,
    to,
    entries.length,
    JSON.stringify(actor),
    JSON.stringify(
      entries.map((entry, index) => ({
        id: uuid(),
        position: index + 1,
        kind: entry.kind,
        failure: entry.failure ?? null,
        evidence: entry.evidence ?? null,
      })),
    ),
  ];
  const assignments = columns.map(([name, value]) => {
    parameters.push(JSON_COLUMNS.has(name) && value !== null ? JSON.stringify(value) : value);
    return `, ${name} = $${parameters.length}`;
  });
  const changed = await row<PublicationRecord>(
    tx,
    `with changed as (
       update publications p set state = $5, version = p.version + $6::int${assignments.join('')}
        where p.id = $1 and p.version = $2 and p.state = $3 and p.lease is not distinct from $4::uuid
          ${where ? `and (${where})` : ''}
       returning p.*),
     logged as (
       insert into publishing_log (id, publication_id, organization_id, version, kind, actor, attempt, state, failure, evidence)
       select e.id, c.id, c.organization_id, c.version - $6::int + e.position, e.kind, $7::jsonb, c.attempts, c.state,
              e.failure, e.evidence
         from changed c, jsonb_to_recordset($8::jsonb)
           as e(id uuid, position int, kind text, failure jsonb, evidence jsonb))
     select * from changed`,
    parameters,
  );
  if (!changed) throw new LostPublicationError(from.id);
  return changed;
}

const JSON_COLUMNS: ReadonlySet<string> = new Set(['content', 'failure']);
