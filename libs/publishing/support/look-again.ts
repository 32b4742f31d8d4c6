import { type OpenChannel } from '#channels';
import { type Database, type Exchange, row, rows, type Transaction, violatedUnique } from '#kernel';
import { type JsonObject, type Receipt, type Reconciliation } from '#platforms/core';
import { lockGates } from '../runner/gates.js';
import {
  type Actor,
  change,
  changeSegments,
  firstNote,
  type LogEntry,
  type PublicationRecord,
  publishedAs,
  type SegmentRecord,
} from '../store/index.js';

const ACTOR: Actor = { type: 'system', name: 'look again' };

/** An unconfirmed publication, and the segment of which nobody knows whether it is there. */
export interface Doubtful {
  record: PublicationRecord;
  segments: SegmentRecord[];
  segment: SegmentRecord;
  /** The database's time. */
  now: Date;
}

/** What there is to look for, or undefined where somebody has decided meanwhile. */
export async function doubtful(database: Database, publicationId: string): Promise<Doubtful | undefined> {
  return database.engine(async (tx) => {
    const found = await row<PublicationRecord & { now: Date }>(
      tx,
      `select *, clock_timestamp() as now from publications where id = $1 and state = 'unconfirmed'`,
      [publicationId],
    );
    if (!found) return undefined;
    const { now, ...record } = found;
    const all = await rows<SegmentRecord>(tx, 'select * from segments where publication_id = $1 order by position', [
      publicationId,
    ]);
    const segments = all.slice(0, record.content.segments.length);
    const segment = segments.find(({ outcome }) => outcome !== 'published');
    return segment && { record, segments, segment, now };
  });
}

/** What a look came to, ready to be told. */
export interface Seen {
  found: Reconciliation;
  exchanges: readonly Exchange[];
}

/**
 * Writes down what a look showed. Found, it is published, or goes on behind the part that was found; otherwise it stays
 * unconfirmed. Nothing is written when somebody decided while the look was under way.
 */
export async function writeDown(
  database: Database,
  open: OpenChannel,
  doubt: Doubtful,
  { found, exchanges }: Seen,
): Promise<void> {
  const evidence = evidenceOf(doubt, found.outcome, found.evidence, exchanges);
  if (found.outcome === 'refused') {
    // Certainly not there, and what was prepared is used up: a person decides whether it is sent anew.
    return stay(database, doubt, { kind: 'reconciled', failure: found.failure, evidence });
  }
  if (found.outcome !== 'published') return stay(database, doubt, { kind: 'reconciled', evidence });
  const told: LogEntry = { kind: 'reconciled', evidence: { ...evidence, platformObjectId: found.receipt.id } };
  try {
    await whileUnconfirmed(database, doubt, (tx, record) => visible(tx, { ...doubt, record }, found.receipt, told));
  } catch (error) {
    if (violatedUnique(error) !== 'segments_platform_object') throw error;
    const why = `What ${open.adapter.manifest.name} shows belongs to another publication.`;
    await stay(database, doubt, { kind: 'reconciled', evidence: { ...evidence, outcome: 'unknown', why } });
  }
}

/** Writes down that a look could not be done. @param next when it is tried once more, if it is */
export async function writeFailure(
  database: Database,
  doubt: Doubtful,
  entry: Omit<LogEntry, 'kind'> & { evidence: JsonObject },
  next?: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await whileUnconfirmed(database, doubt, async (tx, record) => {
    const told: LogEntry = next
      ? { ...entry, kind: 'retry-planned', evidence: { ...entry.evidence, next: 'look' } }
      : { ...entry, kind: 'reconciled' };
    await change(tx, { from: record, to: 'unconfirmed', actor: ACTOR, entries: [told] });
    await next?.(tx);
  });
}

/** What the log keeps of a look: `asked` tells that a person wanted it. */
export function evidenceOf(
  { segment }: Doubtful,
  outcome: Reconciliation['outcome'],
  seen: JsonObject,
  exchanges: readonly Exchange[],
): JsonObject {
  return {
    segment: segment.position,
    asked: true,
    outcome,
    ...seen,
    ...(exchanges.length > 0 && { exchanges: exchanges as unknown as JsonObject[] }),
  };
}

async function stay(database: Database, doubt: Doubtful, entry: LogEntry): Promise<void> {
  await whileUnconfirmed(database, doubt, (tx, record) =>
    change(tx, { from: record, to: 'unconfirmed', actor: ACTOR, entries: [entry] }),
  );
}

/** Under the same locks as every other change, and only while it is as it was looked for. */
async function whileUnconfirmed(
  database: Database,
  { record: { id, version } }: Doubtful,
  write: (tx: Transaction, record: PublicationRecord) => Promise<unknown>,
): Promise<void> {
  await database.engine(async (tx) => {
    await lockGates(tx, 'id', id);
    const record = await row<PublicationRecord>(
      tx,
      `select * from publications where id = $1 and version = $2 and state = 'unconfirmed' for update`,
      [id, version],
    );
    if (record) await write(tx, record);
  });
}

async function visible(
  tx: Transaction,
  { record, segments, segment }: Doubtful,
  receipt: Receipt,
  told: LogEntry,
): Promise<void> {
  const { id: objectId, permalink, note } = receipt;
  await changeSegments(tx, [publishedAs(segment, receipt)]);
  const time = await row<{ now: Date }>(tx, 'select clock_timestamp() as now');
  if (!time) throw new Error('PostgreSQL did not tell the time.');
  const evidence: JsonObject = {
    segment: segment.position,
    platformObjectId: objectId,
    ...(permalink !== undefined && { permalink }),
    ...(note !== undefined && { note }),
  };
  if (segment.id === segments.at(-1)?.id) {
    const first = segments[0] === segment ? (permalink ?? null) : (segments[0]?.permalink ?? null);
    await change(tx, {
      from: record,
      to: 'published',
      actor: ACTOR,
      entries: [told, { kind: 'published', evidence }],
      set: { published_at: time.now, permalink: first, note: firstNote(segments, segment, receipt), failure: null },
    });
    return;
  }
  const why = 'The part in doubt was found; the parts behind it follow.';
  const released: LogEntry = { kind: 'released', evidence: { why, dueAt: time.now.toISOString() } };
  await change(tx, {
    from: record,
    to: 'scheduled',
    actor: ACTOR,
    entries: [told, { kind: 'segment-published', evidence }, released],
    set: { failure: null, attempts: 0, due_at: time.now, next_check_at: time.now },
  });
}
