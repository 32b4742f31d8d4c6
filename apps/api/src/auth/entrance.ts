import { Injectable } from '@nestjs/common';
import { type Request } from 'express';
import {
  AccountsService,
  type Entry,
  OutsideIdentitiesService,
  type OutsideIdentity,
  type Principal,
  SignInService,
  type Way,
} from '#accounts';
import { Problem } from '#kernel';
import { Authentication } from './authentication.js';
import { type LoggedInDto } from './auth.dto.js';
import { whereOf } from './where.js';

/** How long an identity waits for the password, or for signing up. */
const IDENTITY_WITHIN_MS = 60 * 60_000;

/** Who came from another network with this browser, not long ago. */
export function waitingIdentity({ session }: Request): OutsideIdentity | undefined {
  const identity = session?.identity;
  return identity && identity.until > Date.now() ? identity : undefined;
}

/** Lets an identity wait in this browser for the password, or for signing up. */
export function letWait({ session }: Request, identity: OutsideIdentity): void {
  session.identity = { ...identity, until: Date.now() + IDENTITY_WITHIN_MS };
}

/** What follows once somebody has shown who they are: the second step, the session, and the identity that waits for it. */
@Injectable()
export class Entrance {
  constructor(
    private readonly authentication: Authentication,
    private readonly accounts: AccountsService,
    private readonly signIn: SignInService,
    private readonly identities: OutsideIdentitiesService,
  ) {}

  /** Lets somebody in, or asks for the code first. */
  async enter(request: Request, entry: Entry, way: Way): Promise<LoggedInDto> {
    // Only the password says whose identity it is that waits.
    const identity = way === 'password' ? waitingIdentity(request) : undefined;
    if (!entry.secondFactor) return this.admit(request, entry.principal, identity);
    await this.authentication.awaitCode(request, entry, way, identity);
    return { secondFactor: true };
  }

  /**
   * The second step.
   * @throws Problem 401 without a first step or long after it, 422 for a wrong code, 429 after too many
   */
  async enterCode(request: Request, code: string): Promise<LoggedInDto> {
    const awaited = request.session?.secondFactor;
    if (!awaited || awaited.until < Date.now()) {
      throw Problem.unauthorized('The first step was too long ago. Sign in with your password again.');
    }
    const principal = await this.signIn.withCode(awaited, code, whereOf(request));
    return this.admit(request, principal, awaited.identity);
  }

  /** Links the identity with which somebody came to sign up, and begins the session. */
  async enterNew(request: Request, principal: Principal): Promise<void> {
    const identity = waitingIdentity(request);
    if (identity) await this.identities.linkAfterSignUp(principal.userId, identity, whereOf(request));
    await this.authentication.begin(request, principal);
  }

  private async admit(request: Request, principal: Principal, identity?: OutsideIdentity): Promise<LoggedInDto> {
    if (identity) await this.identities.linkAfterPassword(principal.userId, identity, whereOf(request));
    await this.authentication.begin(request, principal);
    return { secondFactor: false, ...(await this.accounts.describe(principal)) };
  }
}
