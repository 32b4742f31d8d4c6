import argon2 from 'argon2';
import { type FieldError, randomToken } from '#kernel';

/** Characters. */
export const PASSWORD_MIN = 10;
/** Characters. Enough for any passphrase, too few to keep the server busy with hashing. */
export const PASSWORD_MAX = 200;

/** https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id */
const ARGON2ID = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

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
  return argon2.hash(password, ARGON2ID);
}

/** A hash that no password has, to spend the same effort on an address that nobody signed up with. */
export function unmatchableHash(): Promise<string> {
  return hashPassword(randomToken());
}

export function verifyPassword(hash: string, password: string): Promise<boolean> {
  return argon2.verify(hash, password);
}
