import { createHash } from 'node:crypto';
import { requestScope, row, rows, type Database, type Transaction } from '../database/index.js';
import { Problem } from '../errors/index.js';

/** A creating request that its sender may repeat: the `Idempotency-Key`, and what it was about. */
export interface IdempotencyClaim {
  organizationId: string;
  /** Who sent it: the same key of somebody else is another one. */
  userId: string;
  key: string;
  /** Method and route, so that a key used elsewhere is noticed. */
  route: string;
  /** SHA-256 of the body. */
  requestHash: string;
}

/** Reads the header. Returns undefined where there is none; throws a problem for a malformed key. */
export function claimOf(input: {
  organizationId: string;
  userId: string;
  header: string | undefined;
  route: string;
  body: unknown;
}): IdempotencyClaim | undefined {
  if (input.header === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(input.header)) {
    throw Problem.validation([
      {
        field: 'Idempotency-Key',
        rule: 'format',
        message: 'The Idempotency-Key has characters or a length that are not allowed.',
        remedy: 'Send 1 to 255 printable ASCII characters without spaces, a UUID for example.',
      },
    ]);
  }
  const { organizationId, userId, route } = input;
  return { organizationId, userId, key: input.header, route, requestHash: requestHashOf(input.body) };
}

/** What a claim knows a request by: for a body that is not JSON, of whatever was read of it. */
export function requestHashOf(body: unknown): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex');
}

/**
 * Does `create` at most once for a claim. The answer is stored in the same transaction as what was created, so a repeat
 * after a crash finds either both or neither. Without a claim it simply creates.
 *
 * @param sees which way of `Database` it runs in
 */
export async function once<T extends object>(
  db: Database,
  organizationId: string,
  claim: IdempotencyClaim | undefined,
  create: (tx: Transaction) => Promise<T>,
  sees: 'tenant' | 'organization' | 'identity' = 'tenant',
): Promise<T> {
  const made = async (tx: Transaction): Promise<T> => remember(await create(tx));
  const run = (work: typeof made) => (sees === 'identity' ? db.identity(work) : db[sees](organizationId, work));
  if (!claim) return run(made);
  const earlier = await earlierAnswer<T>(db, claim);
  if (earlier) return earlier;
  try {
    return await run(async (tx) => {
      const answer = await made(tx);
      await tx.query(
        `insert into idempotency_keys (organization_id, user_id, key, route, request_hash, answer)
         values ($1, $2, $3, $4, $5, $6)`,
        [claim.organizationId, claim.userId, claim.key, claim.route, claim.requestHash, JSON.stringify(answer)],
      );
      return answer;
    });
  } catch (error) {
    // The same request at the same moment won: its answer is ours. What ours ran into may be the key itself, or anything
    // that the winner had created by then.
    const answer = await earlierAnswer<T>(db, claim);
    if (!answer) throw error;
    return answer;
  }
}

/** By the scope of the request: what it made. */
const created = new WeakMap<object, object>();

function remember<T extends object>(answer: T): T {
  const scope = requestScope();
  if (scope) created.set(scope, answer);
  return answer;
}

/** What `once` made for the request that is being answered, if anything; also before its transaction has ended. */
export function createdByRequest(): object | undefined {
  const scope = requestScope();
  return scope && created.get(scope);
}

/** Whose the answers are that were stored before users were told apart: they are given to everybody of the organization. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The stored answer of a claim. Throws a 409 problem when the key was used for something else. */
export async function earlierAnswer<T extends object>(db: Database, claim: IdempotencyClaim): Promise<T | undefined> {
  const stored = await db.tenant(claim.organizationId, (tx) =>
    row<{ route: string; request_hash: string; answer: T }>(
      tx,
      `select route, request_hash, answer from idempotency_keys
        where organization_id = $1 and key = $2 and user_id in ($3, $4)`,
      [claim.organizationId, claim.key, claim.userId, NOBODY],
    ),
  );
  if (!stored) return undefined;
  if (stored.route !== claim.route || stored.request_hash !== claim.requestHash) {
    throw new Problem('idempotency-key-reused', 'This Idempotency-Key was already used for another request.', {
      errors: [
        {
          field: 'Idempotency-Key',
          rule: 'reused',
          message: 'The key belongs to an earlier request with another body or address.',
          remedy: 'Use a new key for a new request; repeat the same body to get the earlier answer again.',
        },
      ],
    });
  }
  return stored.answer;
}

/** JSON with sorted keys: equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Repeats come within minutes; a week leaves room for a program that was switched off over a weekend. */
const KEEP_DAYS = 7;

/** Forgets answers that nobody will ask for again. Returns how many. */
export async function forgetOldAnswers(db: Database): Promise<number> {
  const forgotten = await db.retention((tx) =>
    rows(tx, 'delete from idempotency_keys where created_at < now() - make_interval(days => $1) returning key', [
      KEEP_DAYS,
    ]),
  );
  return forgotten.length;
}
