import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, Database, isMailAddress, MailQueue, rows } from '#kernel';
import { verifyLetter } from './letters.js';
import { issueMailedToken, takeMailedToken } from './mailed-tokens.js';
import { linkIsOver } from './passwords.service.js';
import { Throttle } from './throttle.js';
import { requireUser } from './users.js';
import { recordByUser, type Where } from './where.js';

/** Finds out whether an e-mail address is its user's. */
@Injectable()
export class EmailVerificationService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly mail: MailQueue,
    private readonly throttle: Throttle,
  ) {}

  /** Mails the link, unless the address is confirmed already. @throws Problem 429 after too many */
  async send(userId: string): Promise<void> {
    await this.throttle.onAccount('verify-email', userId);
    await this.database.identity(async (tx) => {
      const { email, name, emailVerifiedAt } = await requireUser(tx, userId);
      if (emailVerifiedAt !== null || !isMailAddress(email)) return;
      const token = await issueMailedToken(tx, { userId, email }, 'verify-email');
      const letter = verifyLetter(this.config.publicUrl, token);
      await this.mail.add(tx, { to: { address: email, name }, kind: 'verify-email', letter });
    });
  }

  /** @throws Problem 410 for a link that is used, too old or of an earlier address, 429 after too many tries */
  async confirm(token: string, where: Where): Promise<void> {
    await this.throttle.fromAddress('verify-email', where.ip);
    await this.database.identity(async (tx) => {
      const taken = await takeMailedToken(tx, token, 'verify-email');
      const confirmed =
        taken &&
        (await rows(
          tx,
          'update users set email_verified_at = coalesce(email_verified_at, now()) where id = $1 and email = $2 returning 1',
          [taken.userId, taken.email],
        ));
      if (!taken || !confirmed?.length) throw linkIsOver();
      await recordByUser(tx, taken.userId, { operation: 'verifyEmail', where });
    });
  }
}
