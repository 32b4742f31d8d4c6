import { Injectable } from '@nestjs/common';
import { Database, Problem, row } from '#kernel';
import { type Principal } from '../principal.js';
import { countRecoveryCodes } from './recovery-codes.js';
import { requireUser } from './users.js';

/** How somebody gets in. */
export interface SecurityView {
  emailVerified: boolean;
  /** Since when a second factor is asked for; null = none is. */
  secondFactorSince: string | null;
  /** How many recovery codes are left. */
  recoveryCodes: number;
  /** Whether the organization asks its members for a second factor. */
  secondFactorRequired: boolean;
}

/** What a person sees of their own ways in, and what an organization asks of all its members. */
@Injectable()
export class SecurityService {
  constructor(private readonly database: Database) {}

  describe({ userId, organizationId }: Principal): Promise<SecurityView> {
    return this.database.identity(async (tx) => {
      const user = await requireUser(tx, userId);
      const organization = await row<{ required: boolean }>(
        tx,
        'select second_factor_required as required from organizations where id = $1',
        [organizationId],
      );
      return {
        emailVerified: user.emailVerifiedAt !== null,
        secondFactorSince: user.secondFactorAt?.toISOString() ?? null,
        recoveryCodes: await countRecoveryCodes(tx, userId),
        secondFactorRequired: organization?.required ?? false,
      };
    });
  }

  /**
   * Asks all members for a second factor, or no longer. Who has none can do nothing but set one up, from now on.
   * @throws Problem 404 for another organization, 409 while whoever asks for it has none
   */
  async requireSecondFactor(principal: Principal, organizationId: string, required: boolean): Promise<void> {
    if (organizationId !== principal.organizationId) throw Problem.notFound('There is no such organization.');
    await this.database.tenant(organizationId, async (tx) => {
      const own = await row(tx, 'select 1 from users where id = $1 and second_factor_at is not null', [
        principal.userId,
      ]);
      if (required && !own) throw Problem.conflict('Set up your own second factor first, then ask everybody for one.');
      await tx.query('update organizations set second_factor_required = $2 where id = $1', [organizationId, required]);
    });
  }
}
