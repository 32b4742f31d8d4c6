import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { type JsonObject, type SandboxRequest, type SandboxWorld } from '#platforms/core';
import { XrpcError } from './sandbox-answers.js';

/** As on the reference server: two hours and ninety days. */
const ACCESS_SECONDS = 2 * 3600;
const REFRESH_SECONDS = 90 * 24 * 3600;
const ACCESS = { scope: 'com.atproto.appPass', typ: 'at+jwt' };
const REFRESH = { scope: 'com.atproto.refresh', typ: 'refresh+jwt' };
const HANDLE = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

export type Account = { did: string; handle: string };
/** A sign-in: the one refresh token that is good, and whether the access tokens made so far were ended early. */
type StoredSession = { did: string; refreshId: string; accessId: string; expired: boolean };

/** Accounts, sign-ins and tokens of the practice network. */
export class PracticeSessions {
  private readonly accounts;
  private readonly handles;
  private readonly sessions;
  private readonly secrets;

  constructor(private readonly world: SandboxWorld) {
    this.accounts = world.collection<Account>('accounts');
    this.handles = world.collection<string>('handles');
    this.sessions = world.collection<StoredSession>('sessions');
    this.secrets = world.collection<string>('secrets');
  }

  /** An account by handle or DID. */
  find(identifier: string): Account | undefined {
    const wanted = identifier.toLowerCase();
    return this.accounts.get(this.handles.get(wanted) ?? wanted);
  }

  /** Every name exists on the practice network, with the password `practice`. */
  async create(identifier: string, password: string): Promise<JsonObject> {
    const name = identifier.toLowerCase();
    const handle = name.includes('.') ? name : `${name}.bsky.test`;
    if (password !== 'practice' || !HANDLE.test(handle)) {
      throw new XrpcError(401, 'AuthenticationRequired', 'Invalid identifier or password');
    }
    const account = this.find(handle) ?? { did: didOf(handle), handle };
    this.accounts.set(account.did, account);
    this.handles.set(handle, account.did);
    return this.issue(randomUUID(), account);
  }

  /** A new pair of tokens; the refresh token that was shown is used up. */
  async refresh(request: SandboxRequest): Promise<JsonObject> {
    const { sessionId, account } = await this.authorizeRefresh(request);
    return this.issue(sessionId, account);
  }

  async end(request: SandboxRequest): Promise<void> {
    const { sessionId } = await this.authorizeRefresh(request);
    this.sessions.delete(sessionId);
  }

  /** The account whose access token the request carries. Throws the refusal that the reference server would answer. */
  async authorize(request: SandboxRequest): Promise<Account> {
    const { sub, sid, jti } = await this.verify(request, ACCESS);
    const session = this.sessions.get(sid);
    // A session takes its access tokens with it. The reference server lets them run out instead, up to two hours later.
    if (!session || (session.expired && session.accessId === jti)) throw expired();
    return this.accountOf(sub);
  }

  /** For rehearsals: ends an account's access tokens early, and with `refresh` its sessions too. */
  expire(account: Account, refresh: boolean): void {
    for (const [id, session] of this.sessions.entries()) {
      if (session.did === account.did) {
        this.sessions.set(id, { ...session, expired: true, ...(refresh && { refreshId: 'revoked' }) });
      }
    }
  }

  private async authorizeRefresh(request: SandboxRequest): Promise<{ sessionId: string; account: Account }> {
    const { sub, sid, jti } = await this.verify(request, REFRESH);
    if (this.sessions.get(sid)?.refreshId !== jti) {
      throw new XrpcError(400, 'ExpiredToken', 'Token has been revoked');
    }
    return { sessionId: sid, account: this.accountOf(sub) };
  }

  private async issue(sessionId: string, account: Account): Promise<JsonObject> {
    const session = { did: account.did, refreshId: randomUUID(), accessId: randomUUID(), expired: false };
    this.sessions.set(sessionId, session);
    const accessJwt = await this.sign(ACCESS, ACCESS_SECONDS, sessionId, account.did, session.accessId);
    const refreshJwt = await this.sign(REFRESH, REFRESH_SECONDS, sessionId, account.did, session.refreshId);
    return { ...account, accessJwt, refreshJwt, active: true };
  }

  private sign(kind: typeof ACCESS, seconds: number, sid: string, did: string, jti: string): Promise<string> {
    const issuedAt = Math.floor(this.world.now().getTime() / 1000);
    return new SignJWT({ scope: kind.scope, sid })
      .setProtectedHeader({ alg: 'HS256', typ: kind.typ })
      .setSubject(did)
      .setJti(jti)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + seconds)
      .sign(this.key());
  }

  private async verify(
    request: SandboxRequest,
    kind: typeof ACCESS,
  ): Promise<{ sub: string; sid: string; jti: string }> {
    const token = /^Bearer (.+)$/.exec(request.headers['authorization'] ?? '')?.[1];
    if (token === undefined) throw new XrpcError(401, 'AuthMissing', 'Authentication Required');
    try {
      const options = { currentDate: this.world.now(), typ: kind.typ };
      const { payload } = await jwtVerify<{ sub: string; sid: string; jti: string }>(token, this.key(), options);
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw expired();
      throw new XrpcError(400, 'InvalidToken', 'Token could not be verified');
    }
  }

  private accountOf(did: string): Account {
    const account = this.find(did);
    if (!account) throw new XrpcError(400, 'InvalidToken', 'Token could not be verified');
    return account;
  }

  private key(): Uint8Array {
    const key = this.secrets.get('jwt') ?? randomBytes(32).toString('hex');
    this.secrets.set('jwt', key);
    return Buffer.from(key, 'hex');
  }
}

function expired(): XrpcError {
  return new XrpcError(400, 'ExpiredToken', 'Token has expired');
}

/** A DID of the right form, always the same for a handle. https://web.plc.directory/spec/v0.1/did-plc */
function didOf(handle: string): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  const digest = createHash('sha256').update(handle).digest();
  return `did:plc:${Array.from(digest.subarray(0, 24), (byte) => alphabet[byte % 32]).join('')}`;
}
