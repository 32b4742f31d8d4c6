import { createHash } from 'node:crypto';
import { row, rows, type Database, type Transaction } from '../database/index.js';
import { Problem } from '../errors/index.js';

/** A creating request that its sender may repeat: the `Idempotency-Key`, and what it was about. */
export interface IdempotencyClaim {
  organizationId: string;
  key: string;
  /** Method and route, so that a key used elsewhere is noticed. */
  route: string;
  /** SHA-256 of the body. */
  requestHash: string;
}

/** Reads the header. Returns undefined where there is none; throws a problem for a malformed key. */
export function claimOf(input: {
  organizationId: string;
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
  const { organizationId, route } = input;
  return { organizationId, key: input.header, route, requestHash: requestHashOf(input.body) };
}

/** What a claim knows a request by: for a body that is not JSON, of whatever was read of it. */
export function requestHashOf(body: unknown): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex');
}

/**
 * Does `create` at most once for a claim. The answer is stored in the same transaction as what was created, so a repeat
 * after a crash finds either both or neither. Without a claim it simply creates.
 *
 * @param sees which of the two ways of `Database` it runs in
 */
export async function once<T extends object>(
  db: Database,
  organizationId: string,
  claim: IdempotencyClaim | undefined,
  create: (tx: Transaction) => Promise<T>,
  sees: 'tenant' | 'organization' = 'tenant',
): Promise<T> {
  if (!claim) return db[sees](organizationId, create);
  const earlier = await earlierAnswer<T>(db, claim);
  if (earlier) return earlier;
  try {
    return await db[sees](organizationId, async (tx) => {
      const answer = await create(tx);
      await tx.query(
        `insert into idempotency_keys (organization_id, key, route, request_hash, answer) values ($1, $2, $3, $4, $5)`,
        [claim.organizationId, claim.key, claim.route, claim.requestHash, JSON.stringify(answer)],
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

/** The stored answer of a claim. Throws a 409 problem when the key was used for something else. */
export async function earlierAnswer<T extends object>(db: Database, claim: IdempotencyClaim): Promise<T | undefined> {
  const stored = await db.tenant(claim.organizationId, (tx) =>
    row<{ route: string; request_hash: string; answer: T }>(
      tx,
      'select route, request_hash, answer from idempotency_keys where organization_id = $1 and key = $2',
      [claim.organizationId, claim.key],
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
