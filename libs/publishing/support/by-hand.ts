import { Problem, publish, row, type Transaction } from '#kernel';
import { partlyOut } from '../segments.js';
import { type Actor, change, makeMediaAgain, type PublicationRecord, UNHELD } from '../store/index.js';
import { heldEntry, holdIfClosed } from './closed.js';
import {
  LOOK_EVERY_SECONDS,
  refusesHold,
  refusesLook,
  type Refusal,
  refusesRelease,
  refusesResolve,
  refusesRetry,
} from './refusals.js';

/** What a person decides about an unconfirmed publication after a look at the platform. */
export type Decision = { outcome: 'published'; permalink?: string } | { outcome: 'not-published' };

/** The topic under which a worker looks up an unconfirmed publication. Its payload is a `LookAgain`. */
export const LOOK_AGAIN = 'publication.look-again';

/** One look that a person asked for. */
export interface LookAgain {
  publicationId: string;
  /** How often it could not be done so far. */
  failures: number;
  [more: string]: unknown;
}

/**
 * What a person does about a publication. Each takes the row as `lock` returns it, and throws a 409 problem, before anything
 * is written, where its rule in `refusals.ts` is against it.
 */

/**
 * Once more, now: a failed one, one that waits for another try, or one held as too late or for media that could not be made. What may be out already is looked
 * for first by the runner. Releases no hold whose cause persists.
 */
export async function retryByHand(
  tx: Transaction,
  actor: Actor,
  publication: PublicationRecord,
): Promise<PublicationRecord> {
  refuse(publication, refusesRetry(publication));
  const now = await databaseNow(tx);
  await makeMediaAgain(tx, publication);
  const ahead = publication.held_reason === 'media-failed';
  // What was not sent yet keeps its time.
  const due = ahead && publication.due_at > now ? publication.due_at : now;
  const evidence = { why: 'A person asked for another try.', dueAt: due.toISOString() };
  const changed = await change(tx, {
    from: publication,
    to: 'scheduled',
    actor,
    entries: [{ kind: 'released', evidence }],
    set: {
      ...UNHELD,
      ...(ahead && { failure: null }),
      held_reason: null,
      attempts: 0,
      due_at: due,
      next_check_at: due > now ? new Date(due.getTime() - publication.lead_ms) : now,
    },
  });
  return holdIfClosed(tx, actor, changed);
}

/** Keeps it from going out until a person releases it. What was prepared stays good. */
export async function holdByHand(
  tx: Transaction,
  actor: Actor,
  publication: PublicationRecord,
): Promise<PublicationRecord> {
  refuse(publication, refusesHold(publication));
  return change(tx, {
    from: publication,
    to: 'held',
    actor,
    entries: [heldEntry('held-by-person')],
    set: { ...UNHELD, held_reason: 'held-by-person' },
  });
}

/** Lets it go out again: at its time, or at once if that has passed. Whatever else keeps it back holds it from then on. */
export async function releaseByHand(
  tx: Transaction,
  actor: Actor,
  publication: PublicationRecord,
): Promise<PublicationRecord> {
  refuse(publication, refusesRelease(publication));
  const now = await databaseNow(tx);
  const past = publication.due_at < now;
  const due = past ? now : publication.due_at;
  const changed = await change(tx, {
    from: publication,
    to: 'scheduled',
    actor,
    entries: [
      {
        kind: 'released',
        evidence: {
          reason: publication.held_reason,
          why: 'A person released it.',
          ...(past && { dueAt: due.toISOString() }),
        },
      },
    ],
    set: {
      ...UNHELD,
      held_reason: null,
      due_at: due,
      next_check_at: past ? due : new Date(due.getTime() - publication.lead_ms),
    },
  });
  return holdIfClosed(tx, actor, changed);
}

/** A person looked and decided about an unconfirmed one. */
export async function resolveByHand(
  tx: Transaction,
  actor: Actor,
  publication: PublicationRecord,
  decision: Decision,
): Promise<PublicationRecord> {
  const progress = await partlyOut(tx, publication);
  refuse(publication, refusesResolve(publication, decision.outcome, progress));
  const now = await databaseNow(tx);
  if (decision.outcome === 'published') {
    const { permalink = decision.permalink ?? null } = progress;
    return change(tx, {
      from: publication,
      to: 'published',
      actor,
      entries: [{ kind: 'resolved', evidence: { ...decision } }],
      set: { published_at: now, permalink, failure: null },
    });
  }
  // The person's look counts as one: the open fence is closed as absent, so that a new one may follow.
  await tx.query(
    `update segments set outcome = 'absent', uncertain = false
      where publication_id = $1 and fences > 0 and outcome is distinct from 'published'`,
    [publication.id],
  );
  const changed = await change(tx, {
    from: publication,
    to: 'scheduled',
    actor,
    entries: [{ kind: 'resolved', evidence: { ...decision, dueAt: now.toISOString() } }],
    set: { failure: null, attempts: 0, due_at: now, next_check_at: now },
  });
  return holdIfClosed(tx, actor, changed);
}

/**
 * Looks now whether it is there, and sends nothing: one in `committing` is handed to the runner at once, yet never before
 * the platform has settled; an unconfirmed one stays so until a worker's look finds it.
 * @param turn how many looks on the same channel go before it; they are a second apart
 */
export async function lookByHand(
  tx: Transaction,
  actor: Actor,
  publication: PublicationRecord,
  turn = 0,
): Promise<PublicationRecord> {
  refuse(publication, refusesLook(publication, await askedLately(tx, publication)));
  const at = await lookAt(tx, publication, turn);
  if (publication.state === 'unconfirmed') {
    const { id: publicationId, organization_id: organizationId } = publication;
    const payload: LookAgain = { publicationId, failures: 0 };
    await publish(tx, { organizationId, topic: LOOK_AGAIN, payload, notBefore: at });
  }
  return change(tx, {
    from: publication,
    to: publication.state,
    actor,
    entries: [
      { kind: 'retry-planned', evidence: { why: ASKED_FOR_A_LOOK, next: 'look', asked: true, at: at.toISOString() } },
    ],
    // The invitation may be for the later time.
    set: publication.state === 'committing' ? { ...UNHELD, next_check_at: at } : {},
  });
}

const ASKED_FOR_A_LOOK = 'A person asked for a look.';

/** Whether the last that happened to `p` is a look that a person asked for, or what it found, not a minute ago; as SQL. */
export const ASKED_LATELY = `exists (
  select 1 from publishing_log l where l.publication_id = p.id and l.version = p.version
     and l.at > now() - interval '${LOOK_EVERY_SECONDS} seconds' and (l.evidence -> 'asked') is not null)`;

async function askedLately(tx: Transaction, { id }: PublicationRecord): Promise<boolean> {
  return (await row(tx, `select 1 from publications p where p.id = $1 and ${ASKED_LATELY}`, [id])) !== undefined;
}

/** Not before what was sent has settled, nor while the channel is asked to wait. */
async function lookAt(tx: Transaction, { id }: PublicationRecord, turn: number): Promise<Date> {
  const found = await row<{ at: Date }>(
    tx,
    `select greatest(now(), c.blocked_until, (
              select max(s.settled_at) from segments s
               where s.publication_id = p.id and s.outcome is distinct from 'published'))
            + make_interval(secs => $2) as at
       from publications p join channels c on c.id = p.channel_id where p.id = $1`,
    [id, turn],
  );
  if (!found) throw Problem.notFound();
  return found.at;
}

function refuse({ id, state }: PublicationRecord, refusal: Refusal | undefined): void {
  if (refusal) throw Problem.conflict(refusal.words, { extra: { state, publicationId: id } });
}

/** Time is the database's. */
async function databaseNow(tx: Transaction): Promise<Date> {
  const found = await row<{ now: Date }>(tx, 'select now() as now');
  if (!found) throw new Error('PostgreSQL did not tell the time.');
  return found.now;
}
