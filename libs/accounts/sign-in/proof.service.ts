import { Injectable } from '@nestjs/common';
import { Database } from '#kernel';
import { Throttle } from './throttle.js';
import { isPasswordOf, type KnownUser, requireUser, wrongPassword } from './users.js';
import { recordTry, type Where } from './where.js';

/** Asks somebody who is signed in for the password again, before what opens or closes the way in. */
@Injectable()
export class ProofService {
  constructor(
    private readonly database: Database,
    private readonly throttle: Throttle,
  ) {}

  /**
   * @param operation what it is asked for, as the API names it
   * @param field where the password stands in the request
   * @throws Problem 422 for a wrong password, 429 after too many
   */
  async require(
    userId: string,
    { password, field, operation }: { password: string; field: string; operation: string },
    where: Where,
  ): Promise<KnownUser> {
    const user = await this.database.identity((tx) => requireUser(tx, userId));
    // The same count as at the door: a session that was left open is no way to guess on.
    await this.throttle.onAccount('log-in', user.email);
    if (!(await isPasswordOf(user, password))) {
      const event = { operation, details: { failed: 'wrong password' }, where };
      await this.database.identity((tx) => recordTry(tx, userId, event));
      throw wrongPassword(field);
    }
    await this.throttle.forgive('log-in', user.email);
    return user;
  }
}
