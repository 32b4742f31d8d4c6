// A type alone: the web builds the counting functions beside this, and passport is no part of it.
import type { Strategy } from 'passport';
import { type PlatformCallbacks } from './callbacks.js';
import {
  type AccountContext,
  type CommitContext,
  type OptionValues,
  type PlatformContext,
  type PrepareContext,
} from './context.js';
import { type PlatformReference, type SegmentDraft, type Violation } from './draft.js';
import { type Failure } from './failure.js';
import { type LookedUp } from './formats.js';
import { type Json, type JsonObject } from './json.js';
import { type ChannelTerms } from './terms.js';
import { type Capabilities, type Cost, type PlatformLimits, type PlatformManifest } from './manifest.js';

/** The result of connecting: whose account it is and what allows us to act for it. */
export interface Authorization {
  account: { id: string; name: string; handle?: string; url?: string };
  /** Stored encrypted. Everything later calls need, nothing else. */
  credentials: JsonObject;
  scopes: readonly string[];
  expiresAt?: Date;
  /** What ends then, where it is not the sign-in as a whole: "Facebook's permission to read data". Shown with the instant. */
  expiryNote?: string;
}

/** One place to publish, as the platform lists it. */
export interface ChannelInfo {
  /** The platform's id, stable for ever. */
  id: string;
  name: string;
  handle?: string;
  /** What it is, for people who choose among several kinds: "Page", "Profile". Not kept. */
  kind?: string;
  url?: string;
  avatarUrl?: string;
  /** Stored encrypted with the channel (a Page token). */
  credentials?: JsonObject;
  /** Anything later calls need that is no secret (an instance's limits). Handed back as `channelDetails`. */
  details?: JsonObject;
  /** Where this channel's limits differ from the manifest's. */
  limits?: PlatformLimits;
  /** Where this channel can do less, or more, than the manifest says. */
  capabilities?: Partial<Capabilities>;
  /** Names of settings that this channel does not have. */
  withoutSettings?: readonly string[];
}

/** Proof that a segment is visible. */
export interface Receipt extends PlatformReference {
  permalink?: string;
  /** What people still have to know or to do, one sentence: "It waits in TikTok's inbox until it is posted from there." */
  note?: string;
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
  /** The platform has accepted it and still works on it, so it is not visible yet: look again then. It is never sent again. */
  | { outcome: 'pending'; checkAt: Date; evidence: Evidence }
  /** The platform accepted it and rejected it afterwards: it is certainly not visible, and never will be. */
  | { outcome: 'refused'; failure: Failure; evidence: Evidence }
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
  /** What the commit kept with `StillProcessing`: by what the platform calls what it accepted. */
  accepted?: JsonObject;
  /**
   * The last commit was answered with a failure of the kind `duplicate`: something with this content is there. It may be this
   * publication's, sent unseen, or an older one: `of` is its id, where the platform named it.
   */
  duplicate?: { of?: string };
}

/** A limit that the platform tells when it is asked, and how much of it is used. */
export interface ChannelUsage {
  /** What is counted, for people: "posts in 24 hours". */
  what: string;
  used: number;
  limit: number;
  /** The window moves with the time; in milliseconds. */
  windowMs: number;
  /** The page that explains it. */
  docs: string;
}

/** What an answer's headers say of how much more may be asked: nothing is sent until then. */
export interface Pressure {
  until: Date;
  /** `app` = everything that this installation's app does there. */
  scope: 'channel' | 'app';
  /** For the log, one sentence: "Facebook says that 92 % of what this Page may ask is used up." */
  why: string;
}

/** One answer to a search in a `lookup` setting. */
export interface LookupAnswer extends LookedUp {
  /** What tells it from others of the same name: an address, a number of followers. */
  detail?: string;
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
    /** The id of the `ConnectWay` that was chosen. */
    way?: string;
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

  /** Uploads, containers, keys. Repeatable through `ctx.step`. Throws `StillProcessing` where it has to be called again later. */
  prepare(ctx: PrepareContext, draft: SegmentDraft): Promise<P>;

  /**
   * Exactly one request, the one that makes the segment visible. Returns only on a valid receipt; throws on everything else:
   * `StillProcessing` where the platform accepted it and shows it only when it has worked on it, which `reconcile` then tells.
   */
  commit(ctx: CommitContext, prepared: P): Promise<Receipt>;

  /** Pure. Until when what was prepared can be committed, where that is sooner than `preparedTtlMs` from its end on. */
  goodUntil?(prepared: P): Date | undefined;

  /**
   * Where a published object can be seen, read after the commit where its answer did not say so. Never part of the commit:
   * what goes wrong with reading must not look like a refusal to publish.
   */
  permalink?(ctx: AccountContext, receipt: Receipt): Promise<string | undefined>;

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
  /** How much of the channel's own limits is used, read live. */
  usage?(ctx: AccountContext): Promise<ChannelUsage[]>;
  /** What the platform says right now about posting as this account. Asked while a post is written, and before it is planned. */
  terms?(ctx: AccountContext): Promise<ChannelTerms>;
  /** Pure. How much of the manifest's budgets publishing this segment takes, at the least: `{ uploads: 1, units: 50 }`. */
  needs?(draft: SegmentDraft): Readonly<Record<string, number>>;
  /** Pure. What the headers of any answer say, lower case names; undefined = go on. */
  pressure?(headers: Readonly<Record<string, string>>, now: Date): Pressure | undefined;
  /**
   * What the platform finds for the `lookup` setting of this name; at most 20, and 250 of one that is `listed`, where an empty
   * query asks for all. `of` is what was chosen in the setting that this one depends on.
   */
  lookup?(ctx: AccountContext, setting: string, query: string, of?: string): Promise<LookupAnswer[]>;
  /** Pure. What publishing this segment will cost, reads for its outcome left out. Empty = nothing. */
  cost?(draft: SegmentDraft): Cost[];
  /** Pure. What of the manifest is different for these options; asked once, at the start. */
  configured?(options: OptionValues): Partial<PlatformManifest>;
  /** What the platform tells of its own accord. */
  callbacks?: PlatformCallbacks;
  /** Replaces the text of a published post. Returns where it is then, on platforms that give it another id. */
  edit?(ctx: AccountContext, receipt: Receipt, text: string): Promise<Receipt | undefined>;
  /** Deletes the published post. Succeeds when it is already gone. */
  remove?(ctx: AccountContext, receipt: Receipt): Promise<void>;
  /** Throws away what a discarded prepared set left on the platform. May fail without harm. */
  discard?(ctx: AccountContext, prepared: P): Promise<void>;
  /**
   * The same for a set that was never prepared to its end: by the results of its steps, by their names. Needed where a step
   * leaves something that does not go away by itself.
   */
  discardSteps?(ctx: AccountContext, steps: JsonObject): Promise<void>;
}
