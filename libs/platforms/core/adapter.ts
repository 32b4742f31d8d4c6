// A type alone: the web builds the counting functions beside this, and passport is no part of it.
import type { Strategy } from 'passport';
import { type AccountContext, type PlatformContext, type PrepareContext } from './context.js';
import { type PlatformReference, type SegmentDraft, type Violation } from './draft.js';
import { type Failure } from './failure.js';
import { type Json, type JsonObject } from './json.js';
import { type PlatformLimits, type PlatformManifest } from './manifest.js';

/** The result of connecting: whose account it is and what allows us to act for it. */
export interface Authorization {
  account: { id: string; name: string; handle?: string; url?: string };
  /** Stored encrypted. Everything later calls need, nothing else. */
  credentials: JsonObject;
  scopes: readonly string[];
  expiresAt?: Date;
}

/** One place to publish, as the platform lists it. */
export interface ChannelInfo {
  /** The platform's id, stable for ever. */
  id: string;
  name: string;
  handle?: string;
  url?: string;
  avatarUrl?: string;
  /** Stored encrypted with the channel (a Page token). */
  credentials?: JsonObject;
  /** Anything later calls need that is no secret (an instance's limits). Handed back as `channelDetails`. */
  details?: JsonObject;
  /** Where this channel's limits differ from the manifest's. */
  limits?: PlatformLimits;
}

/** Proof that a segment is visible. */
export interface Receipt extends PlatformReference {
  permalink?: string;
}

/** What was looked at, and what it showed; shown to people, so no secrets and few words. */
export interface Evidence {
  [key: string]: Json;
}

/**
 * How sure it is that what was found is what was sent. `certain`: by an id that was chosen or stored before the commit.
 * `matched`: by its content, as the one post since the fence that is the same and that no other publication owns.
 */
export type Confidence = 'certain' | 'matched';

/** What a look at the platform says about a commit whose outcome is unknown. */
export type Reconciliation =
  | { outcome: 'published'; receipt: Receipt; confidence: Confidence; evidence: Evidence }
  /** Looked, and it is certainly not there. */
  | { outcome: 'absent'; evidence: Evidence }
  /** Cannot be seen, but the same key may be sent again until then without a second effect. */
  | { outcome: 'repeatable'; until: Date; evidence: Evidence }
  /** Looked, and cannot tell. */
  | { outcome: 'unknown'; evidence: Evidence };

/** What reconciliation may use beside what was prepared. */
export interface ReconcileInput<P> {
  prepared: P;
  draft: SegmentDraft;
  /** When the first request of this commit may have been sent. Nothing older can be ours. */
  since: Date;
  /** Objects on this channel that other publications already own. */
  claimed: ReadonlySet<string>;
}

/** What a consent flow handed back. */
export interface OAuthGrant {
  accessToken: string;
  refreshToken?: string;
  /** The token answer's other parameters (`expires_in`, `scope`). */
  params: JsonObject;
}

/** The part of an adapter that OAuth platforms add: a passport strategy and what to do with its result. */
export interface OAuthConnect {
  /** The passport strategy for this app, callback and endpoints. `verify` only passes the tokens on. */
  strategy(input: {
    app: OAuthApp;
    callbackUrl: string;
    endpoints: Readonly<Record<string, string>>;
    verify: (grant: OAuthGrant) => void;
  }): Strategy;
  /** Exchanges the grant for what is kept (long-lived tokens), and finds out whose it is. Throws when a required scope is missing. */
  authorize(ctx: PlatformContext, grant: OAuthGrant): Promise<Authorization>;
}
type OAuthApp = NonNullable<PlatformContext['app']>;

/**
 * A platform. It splits publishing into what can be repeated (`prepare`) and the one request that cannot (`commit`).
 * It never retries, never waits for more than the platform's processing, and keeps no state of its own.
 *
 * `P` is what `prepare` returns and `commit` needs; it is stored, so it must survive JSON.
 */
export interface PlatformAdapter<P extends JsonObject = JsonObject> {
  manifest: PlatformManifest;

  /** Pure. Every broken rule at once. `limits` are the channel's own where they differ from the manifest's. */
  validate(draft: SegmentDraft, limits: PlatformLimits): Violation[];

  /** Uploads, containers, keys. Repeatable through `ctx.step`. */
  prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<P>;

  /** Exactly one request, the one that makes the segment visible. Returns only on a valid receipt; throws on everything else. */
  commit(ctx: AccountContext, prepared: P): Promise<Receipt>;

  /** Looks on the platform after an unknown outcome. Throws when it could not look (then it is looked at again later). */
  reconcile(ctx: AccountContext, input: ReconcileInput<P>): Promise<Reconciliation>;

  /** Translates any error that the methods above threw. Pure; never throws. */
  classify(error: unknown, now: Date): Failure;

  /** Credential platforms: checks what was entered by using it. OAuth platforms have `oauth` instead. */
  connect?(ctx: PlatformContext, credentials: Readonly<Record<string, string>>): Promise<Authorization>;
  oauth?: OAuthConnect;

  listChannels(ctx: AccountContext): Promise<ChannelInfo[]>;

  /** New credentials for old ones. Absent when they do not expire. */
  refresh?(ctx: AccountContext): Promise<{ credentials: JsonObject; expiresAt?: Date }>;
  /** Gives the authorization back at the platform. */
  revoke?(ctx: AccountContext): Promise<void>;
  /** Deletes the published post. Succeeds when it is already gone. */
  remove?(ctx: AccountContext, receipt: Receipt): Promise<void>;
  /** Throws away what a discarded prepared set left on the platform. May fail without harm. */
  discard?(ctx: AccountContext, prepared: P): Promise<void>;
}
