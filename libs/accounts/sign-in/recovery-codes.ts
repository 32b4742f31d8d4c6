import { createHash, randomInt } from 'node:crypto';
import { row, rows, type Transaction } from '#kernel';

/** How many somebody has at first. */
export const RECOVERY_CODES = 10;

/** Without what is easily misread; 16 of 31 characters are 79 bits. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;
const NOT_IN_A_CODE = /[^a-z0-9]/g;

/** Makes new codes, in place of any earlier ones, and answers them at the only moment when they are known. */
export async function renewRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode);
  await tx.query('delete from recovery_codes where user_id = $1', [userId]);
  await tx.query('insert into recovery_codes (user_id, code_hash) select $1, unnest($2::text[])', [
    userId,
    codes.map((code) => hashOf(userId, code)),
  ]);
  return codes;
}

/** Uses a code up. False when it is none of the person's, or was used before. */
export async function takeRecoveryCode(tx: Transaction, userId: string, code: string): Promise<boolean> {
  const used = await rows(tx, 'delete from recovery_codes where user_id = $1 and code_hash = $2 returning 1', [
    userId,
    hashOf(userId, code),
  ]);
  return used.length > 0;
}

/** How many are left. */
export async function countRecoveryCodes(tx: Transaction, userId: string): Promise<number> {
  const counted = await row<{ left: number }>(
    tx,
    'select count(*)::int as left from recovery_codes where user_id = $1',
    [userId],
  );
  return counted?.left ?? 0;
}

function newCode(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** The person's id is its salt: equal codes of two people have nothing in common, and one guess is for one person. */
function hashOf(userId: string, code: string): string {
  return createHash('sha256')
    .update(`${userId} ${code.toLowerCase().replace(NOT_IN_A_CODE, '')}`)
    .digest('hex');
}
