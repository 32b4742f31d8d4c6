import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, Database, isMailAddress, MailQueue, Problem, type Transaction } from '#kernel';
import { checkPassword, hashPassword } from '../passwords.js';
import { evenTime } from './even-time.js';
import { changedLetter, resetLetter } from './letters.js';
import { findMailedToken, issueMailedToken, takeMailedToken } from './mailed-tokens.js';
import { ProofService } from './proof.service.js';
import { endSessionsOf } from './sessions.service.js';
import { Throttle } from './throttle.js';
import { type KnownUser, requireUser, userByEmail } from './users.js';
import { recordByUser, recordTry, type Where } from './where.js';

/** Forgotten and changed passwords. */
@Injectable()
export class PasswordsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly mail: MailQueue,
    private readonly throttle: Throttle,
    private readonly proof: ProofService,
  ) {}

  /**
   * Mails a link to choose a new password, where there is such an account. Does the same, as long, where there is none.
   * @throws Problem 429 after too many
   */
  async requestReset(email: string, where: Where): Promise<void> {
    await this.throttle.fromAddress('password-reset', where.ip);
    await this.throttle.onAccount('password-reset', email);
    const answerAt = evenTime();
    await this.database.identity(async (tx) => {
      const user = await userByEmail(tx, email);
      if (!user || !isMailAddress(user.email)) return;
      const token = await issueMailedToken(tx, { userId: user.id, email: user.email }, 'password-reset');
      const letter = resetLetter(this.config.publicUrl, token);
      await this.mail.add(tx, { to: { address: user.email, name: user.name }, kind: 'password-reset', letter });
      await recordTry(tx, user.id, { operation: 'requestPasswordReset', where });
    });
    await answerAt;
  }

  /**
   * Sets the password of whoever got the link, and ends every session of theirs. The second factor stays.
   * @throws Problem 410 for a link that is used or too old, 422 for a password that breaks a rule, 429 after too many tries
   */
  async reset(token: string, password: string, where: Where): Promise<void> {
    await this.throttle.fromAddress('password-reset', where.ip);
    const found = await this.database.identity((tx) => findMailedToken(tx, token, 'password-reset'));
    if (!found) throw linkIsOver();
    requireGood(password, found.email, 'password');
    const passwordHash = await hashPassword(password);
    const user = await this.database.identity(async (tx) => {
      const taken = await takeMailedToken(tx, token, 'password-reset');
      if (!taken) throw linkIsOver();
      const changed = await requireUser(tx, taken.userId);
      await this.setPassword(tx, changed, passwordHash);
      await endSessionsOf(tx, changed.id);
      // Whoever read the mail has the address.
      await tx.query(
        'update users set email_verified_at = coalesce(email_verified_at, now()) where id = $1 and email = $2',
        [changed.id, taken.email],
      );
      await recordByUser(tx, changed.id, { operation: 'resetPassword', where });
      return changed;
    });
    await this.throttle.forgive('log-in', user.email);
  }

  /**
   * Changes one's own password, and ends every other session.
   * @param keep the session id of whoever changes it
   * @throws Problem 422 for a wrong or bad password, 429 after too many tries
   */
  async change(
    userId: string,
    { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
    keep: string,
    where: Where,
  ): Promise<void> {
    const operation = 'changePassword';
    const user = await this.proof.require(
      userId,
      { password: currentPassword, field: 'currentPassword', operation },
      where,
    );
    requireGood(newPassword, user.email, 'newPassword');
    const passwordHash = await hashPassword(newPassword);
    await this.database.identity(async (tx) => {
      await this.setPassword(tx, user, passwordHash);
      await endSessionsOf(tx, userId, keep);
      await recordByUser(tx, userId, { operation, where });
    });
  }

  private async setPassword(tx: Transaction, { id, email, name }: KnownUser, passwordHash: string): Promise<void> {
    await tx.query('update users set password_hash = $2 where id = $1', [id, passwordHash]);
    // A link that was asked for before is worth nothing any more.
    await tx.query(`delete from mailed_tokens where user_id = $1 and purpose = 'password-reset'`, [id]);
    if (!isMailAddress(email)) return;
    const letter = changedLetter('password', this.config.publicUrl);
    await this.mail.add(tx, { to: { address: email, name }, kind: 'password-changed', letter });
  }
}

/** 410 for a link out of a mail. */
export function linkIsOver(): Problem {
  return new Problem('gone', 'This link was already used, or it is too old. Ask for a new one.');
}

function requireGood(password: string, email: string, field: string): void {
  const broken = checkPassword(password, email).map((error) => ({ ...error, field }));
  if (broken.length > 0) throw Problem.validation(broken);
}
