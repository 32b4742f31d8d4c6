import { Inject, Injectable } from '@nestjs/common';
import QRCode from 'qrcode';
import {
  CLOCK,
  type Clock,
  CONFIG,
  type Config,
  Database,
  isMailAddress,
  MailQueue,
  Problem,
  row,
  rows,
  type Transaction,
  Vault,
} from '#kernel';
import { changedLetter } from './letters.js';
import { ProofService } from './proof.service.js';
import { renewRecoveryCodes, takeRecoveryCode } from './recovery-codes.js';
import { endSessionsOf } from './sessions.service.js';
import { Throttle } from './throttle.js';
import { newTotpSecret, totpAddress, totpStep } from './totp.js';
import { type KnownUser, requireUser } from './users.js';
import { recordByUser, recordTry, type Where } from './where.js';

/** What an authenticator app is given. */
export interface NewSecondFactor {
  /** For typing, where nothing can be scanned. */
  secret: string;
  /** `otpauth://`; the QR code says the same. */
  address: string;
  /** SVG. */
  qrCode: string;
}

const TOTP_CODE = /^\d{6}$/;

/** Codes from an app as a second step of signing in, and recovery codes for whoever lost the app. */
@Injectable()
export class SecondFactorService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly mail: MailQueue,
    private readonly throttle: Throttle,
    private readonly proof: ProofService,
  ) {}

  /**
   * Begins to set it up. It counts once a code is confirmed; until then it can be begun anew.
   * @throws Problem 409 when it is on already, 422 for a wrong password, 429 after too many
   */
  async begin(userId: string, password: string, where: Where): Promise<NewSecondFactor> {
    const user = await this.proof.require(
      userId,
      { password, field: 'password', operation: 'beginSecondFactor' },
      where,
    );
    requireOff(user);
    const secret = newTotpSecret();
    const sealed = await this.vault.encrypt({ secret }, purposeOf(userId));
    await this.database.identity(async (tx) => {
      const begun = await rows(
        tx,
        `insert into second_factors (user_id, secret) values ($1, $2)
         on conflict (user_id) do update set secret = excluded.secret where second_factors.confirmed_at is null
         returning 1`,
        [userId, sealed],
      );
      if (begun.length === 0) throw alreadyOn();
    });
    const address = totpAddress(secret, user.email);
    return { secret, address, qrCode: await QRCode.toString(address, { type: 'svg', margin: 1 }) };
  }

  /**
   * Turns it on with the first code from the app, ends all other sessions, and answers the recovery codes.
   * @param keep the session id of whoever confirms
   * @throws Problem 422 for a wrong code, 409 when nothing was begun or it is on already, 429 after too many
   */
  async confirm(userId: string, code: string, keep: string, where: Where): Promise<string[]> {
    await this.throttle.onAccount('second-factor', userId);
    const codes = await this.database.identity(async (tx) => {
      const user = await requireUser(tx, userId);
      requireOff(user);
      const step = await this.stepOf(tx, userId, code);
      if (step === undefined) throw wrongCode();
      const confirmed = await rows(
        tx,
        `update second_factors set confirmed_at = now(), last_step = $2
          where user_id = $1 and confirmed_at is null returning 1`,
        [userId, step],
      );
      if (confirmed.length === 0) throw alreadyOn();
      await tx.query('update users set second_factor_at = now() where id = $1', [userId]);
      await endSessionsOf(tx, userId, keep);
      await this.tell(tx, user, 'second-factor-on');
      await recordByUser(tx, userId, { operation: 'confirmSecondFactor', where });
      return renewRecoveryCodes(tx, userId);
    });
    await this.throttle.forgive('second-factor', userId);
    return codes;
  }

  /**
   * Checks a code at sign-in, from the app or a recovery code. Each counts once.
   * @throws Problem 422 for a wrong or used one, 429 after too many
   */
  async check(userId: string, code: string, where: Where): Promise<void> {
    await this.throttle.fromAddress('second-factor', where.ip);
    await this.throttle.onAccount('second-factor', userId);
    const typed = code.trim();
    const by = await this.database.identity(async (tx) => {
      if (TOTP_CODE.test(typed.replace(/\s/g, ''))) return (await this.takeCode(tx, userId, typed)) && 'app';
      return (await takeRecoveryCode(tx, userId, typed)) && 'recovery code';
    });
    if (!by) {
      const event = { operation: 'logIn', details: { failed: 'wrong second factor' }, where };
      await this.database.identity((tx) => recordTry(tx, userId, event));
      throw wrongCode();
    }
    await this.throttle.forgive('second-factor', userId);
    if (by === 'app') return;
    const event = { operation: 'useRecoveryCode', where };
    await this.database.identity((tx) => recordByUser(tx, userId, event));
  }

  /**
   * New recovery codes in place of the old ones.
   * @throws Problem 409 when there is no second factor, 422 for a wrong password, 429 after too many
   */
  async renewCodes(userId: string, password: string, where: Where): Promise<string[]> {
    const operation = 'renewRecoveryCodes';
    requireOn(await this.proof.require(userId, { password, field: 'password', operation }, where));
    return this.database.identity(async (tx) => {
      await recordByUser(tx, userId, { operation, where });
      return renewRecoveryCodes(tx, userId);
    });
  }

  /**
   * @throws Problem 409 when there is none or an organization of the person's asks for one, 422 for a wrong password, 429
   * after too many
   */
  async remove(userId: string, password: string, where: Where): Promise<void> {
    const operation = 'removeSecondFactor';
    const user = await this.proof.require(userId, { password, field: 'password', operation }, where);
    requireOn(user);
    await this.database.identity(async (tx) => {
      const asks = await row<{ name: string }>(
        tx,
        `select o.name from members m join organizations o on o.id = m.organization_id
          where m.user_id = $1 and o.second_factor_required order by o.name limit 1`,
        [userId],
      );
      if (asks) throw Problem.conflict(`${asks.name} asks its members for a second factor, so yours stays on.`);
      await tx.query('delete from second_factors where user_id = $1', [userId]);
      await tx.query('update users set second_factor_at = null where id = $1', [userId]);
      await this.tell(tx, user, 'second-factor-off');
      await recordByUser(tx, userId, { operation, where });
    });
  }

  /** Accepts a code from the app that is of now and newer than the last one. */
  private async takeCode(tx: Transaction, userId: string, typed: string): Promise<boolean> {
    const step = await this.stepOf(tx, userId, typed);
    if (step === undefined) return false;
    const taken = await rows(
      tx,
      `update second_factors set last_step = $2
        where user_id = $1 and confirmed_at is not null and last_step < $2 returning 1`,
      [userId, step],
    );
    return taken.length > 0;
  }

  private async stepOf(tx: Transaction, userId: string, typed: string): Promise<number | undefined> {
    const found = await row<{ secret: string }>(tx, 'select secret from second_factors where user_id = $1', [userId]);
    if (!found) throw Problem.conflict('No second factor is being set up. Begin it first.');
    const { secret } = await this.vault.decrypt<{ secret: string }>(found.secret, purposeOf(userId));
    return totpStep(secret, typed.replace(/\s/g, ''), this.clock.now());
  }

  private async tell(
    tx: Transaction,
    { email, name }: KnownUser,
    change: 'second-factor-on' | 'second-factor-off',
  ): Promise<void> {
    if (!isMailAddress(email)) return;
    const letter = changedLetter(change, this.config.publicUrl);
    await this.mail.add(tx, { to: { address: email, name }, kind: change, letter });
  }
}

/** What the secret is sealed for. */
function purposeOf(userId: string): string {
  return `second-factor:${userId}`;
}

function requireOff(user: KnownUser): void {
  if (user.secondFactorAt !== null) throw alreadyOn();
}

function requireOn(user: KnownUser): void {
  if (user.secondFactorAt === null) throw Problem.conflict('You have no second factor. Set one up first.');
}

function alreadyOn(): Problem {
  return Problem.conflict('You have a second factor already. Remove it first, then set up another one.');
}

function wrongCode(): Problem {
  return Problem.validation([
    {
      field: 'code',
      rule: 'code',
      message: 'This code is not valid, or it was used before.',
      remedy: 'Enter the code that your app shows now, or a recovery code that you have not used.',
    },
  ]);
}
