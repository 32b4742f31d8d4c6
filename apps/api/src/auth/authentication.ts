import { Inject, Injectable } from '@nestjs/common';
import { type Request, type RequestHandler, type Response } from 'express';
import session from 'express-session';
import passport from 'passport';
import { Strategy as BearerStrategy } from 'passport-http-bearer';
import { Strategy as LocalStrategy } from 'passport-local';
import {
  AccountsService,
  ApiKeysService,
  type Entry,
  type OutsideIdentity,
  type Principal,
  SESSION_IDLE_DAYS,
  type SessionSubject,
  SessionStore,
  SignInService,
  type Way,
} from '#accounts';
import { CONFIG, type Config, Problem, Vault } from '#kernel';
import { hasBearer, SESSION_COOKIE } from '../http/index.js';
import { type OutsideSecrets } from './facebook-sign-in.js';
import { whereOf } from './where.js';

declare global {
  // The types of Express are extended through this namespace, and in no other way.
  // oxlint-disable-next-line typescript/no-namespace
  namespace Express {
    interface User extends Principal {
      /** Nothing may be done but to set a second factor up. */
      secondFactorMissing?: boolean;
    }
  }
}

declare module 'express-session' {
  interface SessionData {
    /** Who has shown a password and not yet a code. */
    secondFactor: AwaitedCode;
    /** Who came from another network and has no account, or has to show a password first. */
    identity: WaitingIdentity;
    /** A sign-in at another network that is under way. */
    outside: OutsideSecrets & { next: string };
  }
}

/** Somebody who has to go on soon: the next one at this screen may be somebody else. */
export interface WaitingIdentity extends OutsideIdentity {
  /** In milliseconds since 1970. */
  until: number;
}

/** Somebody whose code is awaited; the session can do nothing else. */
export interface AwaitedCode extends SessionSubject {
  way: Way;
  /** In milliseconds since 1970. */
  until: number;
  /** Linked to the account once the code is right. */
  identity?: OutsideIdentity;
}

/** How long a code is awaited. */
const CODE_WITHIN_MS = 10 * 60_000;

/** Finds out who is asking, by session or API key, and begins and ends sessions. */
@Injectable()
export class Authentication {
  // One for each application, since passport's own instance is shared by all of a process.
  private readonly passport = new passport.Authenticator();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly vault: Vault,
    private readonly store: SessionStore,
    signIn: SignInService,
    accounts: AccountsService,
    apiKeys: ApiKeysService,
  ) {
    this.passport.use(localStrategy(signIn));
    this.passport.use(bearerStrategy(apiKeys));
    this.passport.serializeUser<SessionSubject, Request>((request, { userId, organizationId }, done) =>
      done(null, { userId, organizationId, ...whereOf(request) }),
    );
    this.passport.deserializeUser<SessionSubject>(({ userId, organizationId }, done) => {
      accounts.sessionPrincipal(userId, organizationId).then((principal) => done(null, principal ?? false), done);
    });
  }

  /**
   * Middleware that sets `request.user`. A Bearer key counts alone, so that no cookie is read beside it; a wrong one is a
   * 401 problem even where nobody needs to sign in.
   */
  middleware(): RequestHandler[] {
    const sessions = this.sessions();
    const fromSession = this.passport.session() as RequestHandler;
    return [
      (request, response, next) => (hasBearer(request.headers) ? next() : sessions(request, response, next)),
      (request, response, next) =>
        hasBearer(request.headers) ? this.bearer(request, response, next) : fromSession(request, response, next),
    ];
  }

  /** Checks the e-mail address and password in the body. Throws what `SignInService.withPassword` throws. */
  checkPassword(request: Request, response: Response): Promise<Entry> {
    return new Promise((resolve, reject) => {
      const check = this.passport.authenticate('local', (error: Error | null, entry: Entry | false) => {
        if (error) reject(error);
        else if (entry) resolve(entry);
        else reject(Problem.unauthorized());
      }) as RequestHandler;
      void check(request, response, reject);
    });
  }

  /** Begins a session under a new id, so that an id known before signing in is worth nothing after it. */
  begin(request: Request, principal: Principal): Promise<void> {
    return new Promise((resolve, reject) => {
      request.logIn(principal, (error: Error | null) => (error ? reject(error) : resolve()));
    });
  }

  /** Begins a session under a new id that is good for a code and nothing else. */
  async awaitCode(request: Request, { principal }: Entry, way: Way, identity?: OutsideIdentity): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      request.session.regenerate((error: Error | null) => (error ? reject(error) : resolve()));
    });
    const { userId, organizationId } = principal;
    const until = Date.now() + CODE_WITHIN_MS;
    request.session.secondFactor = { userId, organizationId, way, until, ...(identity && { identity }) };
  }

  /** Ends the session, on the server and in the browser. */
  async end(request: Request, response: Response): Promise<void> {
    if (!request.session) return;
    await new Promise<void>((resolve, reject) => {
      request.session.destroy((error: Error | null) => (error ? reject(error) : resolve()));
    });
    const { maxAge: _, ...cookie } = this.cookie();
    response.clearCookie(SESSION_COOKIE, cookie);
  }

  private bearer(...[request, response, next]: Parameters<RequestHandler>): void {
    const check = this.passport.authenticate(
      'bearer',
      { session: false },
      (error: unknown, principal: Principal | false) => {
        if (principal) request.user = principal;
        if (error || principal) return next(error);
        next(Problem.unauthorized('The API key is not valid, or it was revoked. Make a new one at /v1/api-keys.'));
      },
    ) as RequestHandler;
    void check(request, response, next);
  }

  private sessions(): RequestHandler {
    const [current, ...previous] = this.vault
      .deriveKeys('session-cookie')
      .map((key) => Buffer.from(key).toString('hex'));
    return session({
      name: SESSION_COOKIE,
      secret: [current ?? '', ...previous],
      store: this.store,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: this.cookie(),
      // Only decides whether a Secure cookie is sent: behind a proxy that TRUST_PROXY does not name, nobody could sign in.
      proxy: true,
    });
  }

  private cookie() {
    const secure = this.config.publicUrl.startsWith('https:');
    return { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: SESSION_IDLE_DAYS * 86_400_000 } as const;
  }
}

function localStrategy(signIn: SignInService): LocalStrategy {
  return new LocalStrategy({ usernameField: 'email', passReqToCallback: true }, (request, email, password, done) => {
    // Passport hands on what it is given; who is in is decided by `begin` alone.
    const entered = (entry: Entry) => done(null, entry as unknown as Express.User);
    signIn.withPassword(email, password, whereOf(request)).then(entered, done);
  });
}

function bearerStrategy(apiKeys: ApiKeysService) {
  return new BearerStrategy((key, done) => {
    apiKeys.authenticate(key).then((principal) => done(null, principal ?? false), done);
  });
}
