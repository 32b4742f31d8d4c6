import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';
import { type FieldError, randomToken } from '#kernel';

/** Characters. */
export const PASSWORD_MIN = 10;
/** Characters. Enough for any passphrase, too few to keep the server busy with hashing. */
export const PASSWORD_MAX = 200;

/** https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id */
const ARGON2ID = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32, outputType: 'encoded' } as const;
const SALT_BYTES = 16;

/** Every rule that a new password breaks. */
export function checkPassword(password: string, email: string): FieldError[] {
  const length = [...password].length;
  const errors: FieldError[] = [];
  const broken = (rule: string, message: string, remedy: string) =>
    errors.push({ field: 'password', rule, message, remedy });
  if (length < PASSWORD_MIN) {
    broken('minLength', `The password has ${length} characters.`, `Use at least ${PASSWORD_MIN} characters.`);
  }
  if (length > PASSWORD_MAX) {
    broken('maxLength', `The password has ${length} characters.`, `Use at most ${PASSWORD_MAX} characters.`);
  }
  if (password.trim().toLowerCase() === email.trim().toLowerCase()) {
    broken('notEmail', 'The password is the e-mail address.', 'Choose a password that nobody can guess from it.');
  }
  return errors;
}

/** Argon2id in the PHC string format, salt and parameters included. */
export function hashPassword(password: string): Promise<string> {
  return argon2id({ ...ARGON2ID, password, salt: randomBytes(SALT_BYTES) });
}

/** A hash that no password has, to spend the same effort on an address that nobody signed up with. */
export function unmatchableHash(): Promise<string> {
  return hashPassword(randomToken());
}

export function verifyPassword(hash: string, password: string): Promise<boolean> {
  return argon2Verify({ hash, password });
}
