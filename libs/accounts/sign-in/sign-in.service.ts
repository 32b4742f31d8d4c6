import { Injectable } from '@nestjs/common';
import { Database, Problem, row } from '#kernel';
import { AccountsService } from '../accounts.service.js';
import { type Principal } from '../principal.js';
import { evenTime } from './even-time.js';
import { SecondFactorService } from './second-factor.service.js';
import { Throttle } from './throttle.js';
import { userByEmail } from './users.js';
import { recordByUser, recordTry, type Where } from './where.js';

/** Somebody who has shown a password, or came from a network that vouches for them. */
export interface Entry {
  principal: Principal;
  /** Whether a code is asked for before anything else. */
  secondFactor: boolean;
}

/** How somebody came in, as the audit log says it. */
export type Way = 'password' | 'facebook';

/** Signing in: counted, evened out in time, and written down. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsService,
    private readonly throttle: Throttle,
    private readonly secondFactors: SecondFactorService,
  ) {}

  /**
   * Checks a password. Answers an unknown address as it does a wrong password, in the same time.
   * @throws Problem 401, 429 after too many tries, 403 for a user who belongs to no organization any more
   */
  async withPassword(email: string, password: string, where: Where): Promise<Entry> {
    await this.throttle.fromAddress('log-in', where.ip);
    await this.throttle.onAccount('log-in', email);
    const principal = await this.checked(email, password, where);
    await this.throttle.forgive('log-in', email);
    return this.enter(principal, 'password', where);
  }

  /**
   * For somebody for whom a network vouches.
   * @throws Problem 403 for a user who belongs to no organization any more
   */
  async withIdentity(userId: string, where: Where): Promise<Entry> {
    const member = await this.database.identity((tx) =>
      row<{ organization_id: string }>(
        tx,
        'select organization_id from members where user_id = $1 order by created_at, organization_id limit 1',
        [userId],
      ),
    );
    const principal = member && (await this.accounts.sessionPrincipal(userId, member.organization_id));
    if (!principal) throw Problem.forbidden('You belong to no organization any more. Ask to be invited again.');
    return this.enter(principal, 'facebook', where);
  }

  /**
   * The second step.
   * @throws Problem 401 when the person has left the organization meanwhile, 422 for a wrong code, 429 after too many
   */
  async withCode(
    { userId, organizationId, way }: { userId: string; organizationId: string; way: Way },
    code: string,
    where: Where,
  ): Promise<Principal> {
    await this.secondFactors.check(userId, code, where);
    const principal = await this.accounts.sessionPrincipal(userId, organizationId);
    if (!principal) throw Problem.unauthorized();
    await this.entered(principal, `${way} and second factor`, where);
    return principal;
  }

  /** @throws Problem 429 after too many */
  async countSignUp(email: string, { ip }: Where): Promise<void> {
    await this.throttle.fromAddress('sign-up', ip);
    await this.throttle.onAccount('sign-up', email);
  }

  /** @throws Problem 429 after too many */
  countFacebook({ ip }: Where): Promise<void> {
    return this.throttle.fromAddress('facebook', ip);
  }

  /** Success may be quick; what fails takes as long for every reason. */
  private async checked(email: string, password: string, where: Where): Promise<Principal> {
    const answerAt = evenTime();
    try {
      return await this.accounts.signIn(email, password);
    } catch (error) {
      if (error instanceof Problem && error.slug === 'unauthorized') await this.recordFailure(email, where);
      await answerAt;
      throw error;
    }
  }

  private async recordFailure(email: string, where: Where): Promise<void> {
    await this.database.identity(async (tx) => {
      const user = await userByEmail(tx, email);
      if (user) await recordTry(tx, user.id, { operation: 'logIn', details: { failed: 'wrong password' }, where });
    });
  }

  private async enter(principal: Principal, way: Way, where: Where): Promise<Entry> {
    const asked = await this.database.identity((tx) =>
      row(tx, 'select 1 from users where id = $1 and second_factor_at is not null', [principal.userId]),
    );
    if (asked) return { principal, secondFactor: true };
    await this.entered(principal, way, where);
    return { principal, secondFactor: false };
  }

  private async entered({ userId }: Principal, by: string, where: Where): Promise<void> {
    await this.database.identity((tx) => recordByUser(tx, userId, { operation: 'logIn', details: { by }, where }));
  }
}
