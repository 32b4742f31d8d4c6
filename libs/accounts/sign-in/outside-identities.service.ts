import { Injectable } from '@nestjs/common';
import { Database, Problem, row, rows } from '#kernel';
import { userByEmail } from './users.js';
import { recordByUser, type Where } from './where.js';

/** Whose word it is: of the network, or of its practice version, which vouches for whatever somebody types. */
export type IdentityProvider = 'facebook' | 'facebook-practice';

/** Somebody for whom another network vouches. */
export interface OutsideIdentity {
  provider: IdentityProvider;
  /** The network's id of the person. */
  externalId: string;
  name: string;
  /** Null where the person does not give it, or the network has none. */
  email: string | null;
}

/** Which account an identity opens, or what has to happen first. */
export type Recognized =
  | { outcome: 'known'; userId: string }
  /** There is an account with its e-mail address: the password decides whether it is the same person. */
  | { outcome: 'password-first' }
  | { outcome: 'new' };

/** Identities at other networks with which people sign in. */
@Injectable()
export class OutsideIdentitiesService {
  constructor(private readonly database: Database) {}

  recognize({ provider, externalId, email }: OutsideIdentity): Promise<Recognized> {
    return this.database.identity(async (tx) => {
      const linked = await row<{ user_id: string }>(
        tx,
        'select user_id from outside_identities where provider = $1 and external_id = $2',
        [provider, externalId],
      );
      if (linked) return { outcome: 'known', userId: linked.user_id };
      const sameAddress = email !== null && (await userByEmail(tx, email));
      return { outcome: sameAddress ? 'password-first' : 'new' };
    });
  }

  /**
   * Links an identity to the account of somebody who has just signed in with the password, where both have the same
   * address and it is confirmed. Answers whether it is linked now.
   */
  linkAfterPassword(userId: string, identity: OutsideIdentity, where: Where): Promise<boolean> {
    return this.link(userId, identity, where, 'and u.email_verified_at is not null and lower(u.email) = lower($4)');
  }

  /** Links an identity to the account that was just made with it. Answers whether it is linked now. */
  linkAfterSignUp(userId: string, identity: OutsideIdentity, where: Where): Promise<boolean> {
    return this.link(userId, identity, where, 'and ($4::text is null or lower(u.email) = lower($4))');
  }

  /** The providers with which somebody may sign in. */
  async list(userId: string): Promise<IdentityProvider[]> {
    const found = await this.database.identity((tx) =>
      rows<{ provider: IdentityProvider }>(
        tx,
        'select provider from outside_identities where user_id = $1 order by provider',
        [userId],
      ),
    );
    return found.map(({ provider }) => provider);
  }

  /** @throws Problem 404 when there is no such link */
  async unlink(userId: string, provider: IdentityProvider, where: Where): Promise<void> {
    await this.database.identity(async (tx) => {
      const gone = await rows(tx, 'delete from outside_identities where user_id = $1 and provider = $2 returning 1', [
        userId,
        provider,
      ]);
      if (gone.length === 0) throw Problem.notFound('You do not sign in with Facebook.');
      await recordByUser(tx, userId, { operation: 'unlinkFacebook', where });
    });
  }

  private link(userId: string, identity: OutsideIdentity, where: Where, condition: string): Promise<boolean> {
    const { provider, externalId, email } = identity;
    return this.database.identity(async (tx) => {
      const linked = await rows(
        tx,
        `insert into outside_identities (provider, external_id, user_id)
         select $1, $2, u.id from users u where u.id = $3 ${condition}
         on conflict do nothing returning 1`,
        [provider, externalId, userId, email],
      );
      if (linked.length === 0) return false;
      await recordByUser(tx, userId, { operation: 'linkFacebook', details: { provider }, where });
      return true;
    });
  }
}
