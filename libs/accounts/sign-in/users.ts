import { Problem, row, type Transaction } from '#kernel';
import { verifyPassword } from '../passwords.js';

/** What signing in knows of a user. */
export interface KnownUser {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
  emailVerifiedAt: Date | null;
  secondFactorAt: Date | null;
}

const COLUMNS = `id, email, name, password_hash as "passwordHash", email_verified_at as "emailVerifiedAt",
  second_factor_at as "secondFactorAt"`;

/** For `Database.identity`. */
export function userByEmail(tx: Transaction, email: string): Promise<KnownUser | undefined> {
  return row<KnownUser>(tx, `select ${COLUMNS} from users where lower(email) = lower($1)`, [email.trim()]);
}

/** For `Database.identity`. */
export function userById(tx: Transaction, id: string): Promise<KnownUser | undefined> {
  return row<KnownUser>(tx, `select ${COLUMNS} from users where id = $1`, [id]);
}

/** The same. @throws Problem 401 for a user who is gone */
export async function requireUser(tx: Transaction, id: string): Promise<KnownUser> {
  const user = await userById(tx, id);
  if (!user) throw Problem.unauthorized();
  return user;
}

/** Whether a password is the user's. */
export function isPasswordOf(user: KnownUser, password: string): Promise<boolean> {
  return verifyPassword(user.passwordHash, password);
}

/** 422 that names the field of the password. */
export function wrongPassword(field: string): Problem {
  return Problem.validation([
    { field, rule: 'password', message: 'This is not your password.', remedy: 'Check it and try again.' },
  ]);
}
