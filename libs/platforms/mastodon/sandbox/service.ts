import { createHash, randomUUID } from 'node:crypto';
import {
  type JsonObject,
  type SandboxAnswer,
  type SandboxCollection,
  type SandboxRequest,
  type SandboxWorld,
} from '#platforms/core';
import { RateLimits, type Throttle } from './rate-limits.js';

/** A practice account: made when its token is first used. */
// Types and not interfaces here, because only those fit a JSON collection.
export type Account = { id: string; username: string; createdAt: string };

/** An uploaded file. */
export type Media = {
  id: string;
  accountId: string;
  kind: 'image' | 'video';
  contentType: string;
  bytes: number;
  digest: string;
  width: number;
  height: number;
  /** Of a video. */
  durationMs?: number;
  /** From -1 to 1. */
  focus?: { x: number; y: number };
  /** SHA-256 of the image that stands for a video, where one came with it. */
  thumbnail?: string;
  description: string | null;
  /** How many looks are answered "still processing". */
  looksLeft: number;
  /** Whether its processing ends in an error. */
  broken: boolean;
  statusId: string | null;
};

/** A published post. */
export type Status = {
  id: string;
  accountId: string;
  text: string;
  spoilerText: string;
  visibility: string;
  sensitive: boolean;
  language: string | null;
  inReplyToId: string | null;
  mediaIds: string[];
  createdAt: string;
};

/** A refusal in Mastodon's form: https://docs.joinmastodon.org/entities/Error/ */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What a handler answers; headers of its own are added to the common ones. */
export type Handler = (request: SandboxRequest, account: Account) => SandboxAnswer | Promise<SandboxAnswer>;

/** `practice` or `practice-<name>`. */
const TOKEN = /^practice(?:-[a-z0-9_-]{1,30})?$/i;

/** What the routes of one practice server share: its records, who asks, and how often. */
export class PracticeService {
  readonly accounts: SandboxCollection<Account>;
  readonly media: SandboxCollection<Media>;
  readonly statuses: SandboxCollection<Status>;
  /** Idempotency keys of an account: which status they made, and when. */
  readonly keys: SandboxCollection<{ statusId: string; at: string }>;
  private readonly revoked: SandboxCollection<boolean>;
  private readonly rateLimits = new RateLimits();
  private lastId = 0n;

  constructor(readonly world: SandboxWorld) {
    this.accounts = world.collection('accounts');
    this.media = world.collection('media');
    this.statuses = world.collection('statuses');
    this.keys = world.collection('idempotency-keys');
    this.revoked = world.collection('revoked-tokens');
  }

  /** A handler for signed-in accounts; throttled, and answering errors as Mastodon does. */
  authorized(handler: Handler, throttle?: Throttle): (request: SandboxRequest) => Promise<SandboxAnswer> {
    return async (request) => {
      const token = tokenOf(request);
      const limits = this.rateLimits.hit(token, throttle, this.world.now());
      const headers = { 'x-request-id': randomUUID(), ...limits.headers };
      try {
        if (limits.exceeded) throw new ApiError(429, 'Too many requests');
        const answer = await handler(request, this.accountOf(token));
        return { ...answer, headers: { ...headers, ...answer.headers } };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return { status: error.status, headers, body: { error: error.message } };
      }
    };
  }

  /** Ids grow with time, as Mastodon's do. */
  nextId(): string {
    const byTime = BigInt(this.world.now().getTime()) << 16n;
    this.lastId = byTime > this.lastId ? byTime : this.lastId + 1n;
    return this.lastId.toString();
  }

  /** Ends a token, as its owner can in the server's preferences. */
  revoke(token: string): void {
    this.revoked.set(token, true);
  }

  private accountOf(token: string): Account {
    if (this.revoked.get(token)) throw new ApiError(401, 'The access token was revoked');
    if (!TOKEN.test(token)) throw new ApiError(401, 'The access token is invalid');
    const username = token
      .toLowerCase()
      .replace(/^practice-/, '')
      .replaceAll('-', '_');
    const known = this.accounts.get(username);
    if (known) return known;
    // From the name, so that the account is the same one after the practice network was emptied.
    const digits = BigInt(`0x${createHash('sha256').update(username).digest('hex').slice(0, 12)}`).toString();
    const account = { id: `109${digits.padStart(15, '0')}`, username, createdAt: this.world.now().toISOString() };
    this.accounts.set(username, account);
    return account;
  }
}

/** A body's field, whether it came as JSON, as a form or in several parts. */
export function field(request: SandboxRequest, name: string): string {
  const value = request.json[name] ?? request.form[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A body's flag, in the spellings that Rails takes for true. */
export function flag(request: SandboxRequest, name: string): boolean {
  const value = request.json[name] ?? request.form[name];
  return value === true || value === 'true' || value === '1';
}

/** A body's list: `name` in JSON, `name[]` in a form. */
export function list(request: SandboxRequest, name: string): string[] {
  const value = request.json[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : request.formAll(`${name}[]`);
}

/** A JSON answer. */
export function ok(body: JsonObject | JsonObject[], status = 200, headers: Record<string, string> = {}): SandboxAnswer {
  return { status, headers, body };
}

function tokenOf(request: SandboxRequest): string {
  return /^Bearer (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
}
