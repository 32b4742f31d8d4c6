import { hashToken, randomToken, row, type Transaction } from '#kernel';

/** What a link that was mailed is good for. */
export type MailedPurpose = 'password-reset' | 'verify-email';

/** Hours. */
const LIFE: Readonly<Record<MailedPurpose, number>> = { 'password-reset': 1, 'verify-email': 3 * 24 };

/** Whose link it was, and the address that it was sent to. */
export interface MailedToken {
  userId: string;
  email: string;
}

/** Makes a token, in place of any earlier one for the same. Only its hash is kept. */
export async function issueMailedToken(
  tx: Transaction,
  { userId, email }: MailedToken,
  purpose: MailedPurpose,
): Promise<string> {
  const token = randomToken();
  await tx.query('delete from mailed_tokens where expires_at <= now() or (user_id = $1 and purpose = $2)', [
    userId,
    purpose,
  ]);
  await tx.query(
    `insert into mailed_tokens (token_hash, user_id, purpose, email, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(hours => $5))`,
    [hashToken(token), userId, purpose, email, LIFE[purpose]],
  );
  return token;
}

/** Whose it is, without using it up; undefined for one that is used, expired or for something else. */
export function findMailedToken(
  tx: Transaction,
  token: string,
  purpose: MailedPurpose,
): Promise<MailedToken | undefined> {
  return row<MailedToken>(
    tx,
    `select user_id as "userId", email from mailed_tokens
      where token_hash = $1 and purpose = $2 and expires_at > now()`,
    [hashToken(token), purpose],
  );
}

/** Uses a token up: of two who bring it at once, one gets it. */
export function takeMailedToken(
  tx: Transaction,
  token: string,
  purpose: MailedPurpose,
): Promise<MailedToken | undefined> {
  return row<MailedToken>(
    tx,
    `delete from mailed_tokens where token_hash = $1 and purpose = $2 and expires_at > now()
     returning user_id as "userId", email`,
    [hashToken(token), purpose],
  );
}
