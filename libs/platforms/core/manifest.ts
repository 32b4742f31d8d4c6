import { type JsonObject } from './json.js';
import { type MediaLimits } from './media-limits.js';

/** While another setting has one of these values; its default counts where nothing was chosen, and none where it is not asked for. */
export interface FieldCondition {
  setting: string;
  values: readonly (string | boolean)[];
}

/** What may not be chosen while another setting has one of these values. What was chosen before can still be taken back. */
export interface Bar extends FieldCondition {
  /** For people, one sentence. */
  why: string;
}

/** One choice of a `select`. */
export interface FieldOption {
  value: string;
  label: string;
  barred?: Bar;
}

/** One field of a form that the web draws: connect forms, app settings, settings of a post. */
export interface FormField {
  name: string;
  label: string;
  /**
   * `texts` = a list of short texts. `lookup` = one of what the platform finds for a query (`PlatformAdapter.lookup`), kept as
   * `{value, label}`. `marks` = names on places of images, kept as `[{media, x, y, text}]`: `media` counts the files from 0,
   * `x` and `y` are 0 to 1 from the left and from the top. `date` = `2026-12-31`, `time` = `18:30`, as the clocks at the
   * place show them. `consent` = a declaration that has to be agreed to, kept as `true`: the label is what people agree to.
   */
  type:
    | 'text'
    | 'url'
    | 'secret'
    | 'boolean'
    | 'select'
    | 'number'
    | 'texts'
    | 'lookup'
    | 'marks'
    | 'date'
    | 'time'
    | 'consent';
  required: boolean;
  help?: string;
  placeholder?: string;
  /** Of a `consent`: where what words of its label name can be read. Each `text` stands in the label. */
  links?: readonly { text: string; url: string }[];
  options?: readonly FieldOption[];
  default?: string | number | boolean;
  /** Of a `boolean`: it may not be switched on then. */
  barred?: Bar;
  /** Of a `boolean`: what people are told once it is on, and not before; nor while `unless` holds. */
  whenOn?: { text: string; unless?: FieldCondition };
  /** Characters (UTF-16 units), of a text or of each item of `texts` and `marks`. */
  maxLength?: number;
  /** Of a `text`: it may have several lines. */
  multiline?: boolean;
  /** Of a `lookup`: everything there is to choose from is found without a query, so that it is offered at once (boards). */
  listed?: boolean;
  /** Of a `lookup`: what is found depends on what was chosen in this other one, and has to be chosen anew after it (sections of a board). */
  dependsOn?: string;
  /** Of a `number`. */
  min?: number;
  max?: number;
  /** Of `texts` and `marks`. */
  minItems?: number;
  maxItems?: number;
  /** Asked for, checked and sent only then. */
  when?: FieldCondition;
  /** Neither asked for nor checked nor sent then. */
  unless?: FieldCondition;
  /** Asked for, checked and sent only with files of this kind: not where there are files, and all of another kind. */
  onlyWith?: 'image' | 'video';
}

/** One of several ways to connect the same network, each with an app and consent page of its own. */
export interface ConnectWay {
  /** Kept with the connection. */
  id: string;
  label: string;
  /** When to choose it, one sentence. */
  help: string;
  /** Under which name the operator entered the app. */
  app: string;
  scopes: readonly string[];
  requiredScopes: readonly string[];
  /** Where the platform takes no permission back from a program: how the person takes it away there, one sentence. */
  revokeByHand?: string;
}

/** How the account is connected: by a form of credentials, or by the platform's consent page. */
export type ConnectMethod =
  | { type: 'credentials'; fields: readonly FormField[] }
  | {
      type: 'oauth';
      scopes: readonly string[];
      requiredScopes: readonly string[];
      /** Under which name the operator entered the app; left out = the platform's id. */
      app?: string;
      /** Where there are several; the first is offered first, and is the one above. */
      ways?: readonly ConnectWay[];
    };

/**
 * How a text is counted. `graphemes` = what people see as characters; `code-points`; `utf16` = UTF-16 units; `bytes` = UTF-8;
 * `weighted` = as X does, by its own library: https://docs.x.com/fundamentals/counting-characters
 */
export type CountingUnit = 'graphemes' | 'code-points' | 'utf16' | 'bytes' | 'weighted';

/** How long a text may be, and what counts towards it: `countDraft` says how long a draft is by it. */
export interface TextLimit {
  max: number;
  unit: CountingUnit;
  /** Where a video is attached. */
  maxWithVideo?: number;
  /** Every URL counts as this many, however long it is (Mastodon: 23). */
  urlLength?: number;
  /** A second limit in UTF-8 bytes (Bluesky: 3000). */
  maxBytes?: number;
  /**
   * The platform has no field for a link: it is sent behind the text, after this separator, and counts with it. A link that
   * the text holds already is not sent twice; where there is no text, the link is the text. Left out = it does not count.
   * `onlyWith` = it has a field, though not beside files or while one of these settings is filled in (Threads).
   */
  countsLink?: { separator: string; onlyWith?: { media: boolean; settings: readonly string[] } };
  /** Names of settings whose text counts as well (Mastodon's content warning). */
  countsSettings?: readonly string[];
  /** An emoji counts as its bytes in UTF-8, whatever the unit says of all else (Threads). */
  emojiAsBytes?: boolean;
  /** Of a mention `@name@server` only `@name` counts (Mastodon). */
  shortMentions?: boolean;
  /**
   * What counts is the text as it is written for the platform, which is longer: `little-text` = LinkedIn's, with a backslash
   * before its reserved characters and hashtags as templates.
   */
  encoding?: 'little-text';
  /** May the text be empty when there is media or a link? */
  emptyWithAttachment: boolean;
  /** May the text be empty with nothing else at all? */
  emptyAlone: boolean;
}

/** What files a post may carry. The limits of each are handed to the media library, which never learns the platform's name. */
export interface PostMediaLimits extends MediaLimits {
  maxCount: number;
  /** How many of them may be videos; left out = one. */
  maxVideos?: number;
  /** May videos and images stand in one post? */
  mixed?: boolean;
  /** Can the platform be told what of an image should stay in sight where it cuts it itself? */
  focusPoint?: boolean;
}

/** What a post may contain, on a platform or on one channel of it. */
export interface PlatformLimits {
  text: TextLimit;
  link: { supported: boolean; maxLength?: number; withMedia: boolean };
  media: PostMediaLimits;
  altText?: {
    max: number;
    unit: CountingUnit;
    /** Left out = as many as of an image. 0 = the platform keeps none of a video. */
    maxForVideo?: number;
  };
}

/** What a platform can do beside publishing a post. */
export interface Capabilities {
  /** A published post can be deleted. */
  remove: boolean;
  /** The text of a published post can be changed. */
  edit: boolean;
  /** Several messages, each below the one before. */
  thread: boolean;
  /** A comment of its own below the post. */
  firstComment: boolean;
}

/**
 * A kind of post with limits of its own: a reel, a story. Which one it is stands in the setting `format`, a `select` that
 * the manifest's settings begin with. The first is the ordinary post: it has the channel's own limits, and is meant where
 * nothing is chosen.
 */
export interface PostFormat {
  id: string;
  label: string;
  /** What it is, one sentence. */
  help: string;
  limits: PlatformLimits;
  /** Where it can do less than the ordinary post. */
  capabilities?: Partial<Capabilities>;
}

/** An answer to the commit that the documentation promises to be a refusal without any effect. */
export interface RefusalRule {
  status: number;
  /** The codes that `classify` reports as `platformCode`; left out = every answer of this status. */
  codes?: readonly string[];
  /** The page that says so. */
  docs: string;
}

/** How an unknown outcome is cleared up. */
export interface ReconcilePolicy {
  /**
   * `exact` = by an id chosen or stored before the commit; `match` = by comparing what is there with what was sent;
   * `repeat` = by sending again under the same key, which the receiver promises to treat as one; `none` = impossible.
   */
  method: 'exact' | 'match' | 'repeat' | 'none';
  /** How long after its acceptance a post may still be invisible to a read, in milliseconds. */
  settleMs: number;
  /** In words, for documentation and support. */
  explanation: string;
}

/** What one use of the platform's API costs whoever owns the installation's app. */
export interface Price {
  /** Stable: "post-with-link". */
  id: string;
  /** For people: "a post that holds a link". */
  label: string;
  /** US dollars each. */
  usd: number;
  /** When it was last compared with the price list (ISO date). */
  asOf: string;
  /** The price list. */
  docs: string;
}

/** How often something that has a price is used. */
export interface Cost {
  /** Its `Price.id`. */
  price: string;
  count: number;
}

/** The version of the platform's API that requests name. */
export interface ApiVersion {
  version: string;
  /** The platform answers it no longer from that day on (ISO date); left out where the platform has not said. */
  endsOn?: string;
  /** The option by which operators change it. */
  option?: string;
  docs: string;
}

/** How many posts the platform takes in a time. Counted by ClickPost across all its processes, so that none is refused for it. */
export interface Quota {
  /**
   * Who shares it: `channel` = the account on the platform, through whichever channel it is reached; `app` = everything that
   * this installation's app publishes there. One quota for each scope and window.
   */
  scope: 'channel' | 'app';
  /** What is counted, for people: "posts of one account". Every segment that is sent counts as one. */
  what: string;
  limit: number;
  /** The window moves with the time; in milliseconds. */
  windowMs: number;
  /** The page that says so. */
  docs: string;
}

/**
 * What this installation's app may use of the platform's API in a day, in the platform's own units. What is used is counted by
 * ClickPost, and what would not fit any more waits for the next day.
 */
export interface Budget {
  /** For `ctx.use` and `PlatformAdapter.needs`: "units". */
  id: string;
  /** What is counted, for people: "videos uploaded by everybody here". */
  what: string;
  limit: number;
  /** The day ends at midnight there: an IANA name. */
  timeZone: string;
  /** The page that explains it. */
  docs: string;
}

/**
 * Which channels an outage hits together. `host` = those on the same server, whose address is in this field of the stored
 * credentials; `channel` = nobody but that one.
 */
export type OutageReach = { together: 'host'; credential: string } | { together: 'channel' };

/** How the web shows the platform. */
export interface Appearance {
  /** The platform's own colour, `#rrggbb`, in which the icon is drawn. */
  color: string;
  /**
   * The platform's sign: the `d` attribute of one SVG path in a view box of 24 by 24, filled in one colour by the nonzero rule.
   * Left out = its first letter is shown. Many signs are in the CC0 collection simple-icons (https://simpleicons.org).
   */
  icon?: string;
}

/** Everything about a platform that is data. Served by `GET /v1/platforms`; the web draws itself from it. */
export interface PlatformManifest {
  /** The folder's name; lower case. */
  id: string;
  name: string;
  /** One line: what connecting it gives. */
  summary: string;
  docs: string;
  /** When the facts in this manifest were last compared with the documentation (ISO date). */
  verifiedOn: string;
  connect: ConnectMethod;
  /** Settings of a post on this platform, a form drawn in the composer. */
  settings: readonly FormField[];
  limits: PlatformLimits;
  /** Left out = one kind of post alone. `limits` and `capabilities` are those of the first. */
  formats?: readonly PostFormat[];
  capabilities: Capabilities;
  /** Hosts that are the platform's own and not given by a user, by name. Practice connections get the sandbox's instead. */
  endpoints: Readonly<Record<string, string>>;
  /** Credentials for one practice account; `{sandbox}` stands for the practice network's address. Empty for OAuth. */
  practiceCredentials: Readonly<Record<string, string>>;
  reconcile: ReconcilePolicy;
  refusals: readonly RefusalRule[];
  /** Left out where the platform documents none that is the same for every account. */
  quotas?: readonly Quota[];
  /** Left out where the platform counts no use of its API by the day. */
  budgets?: readonly Budget[];
  /** Left out where the platform is one service for all: then an outage is everybody's. */
  outage?: OutageReach;
  /**
   * What whoever runs the installation can say about its app or about how the platform behaves for it, by environment
   * variables: `apiVersion` of `linkedin` is `LINKEDIN_API_VERSION`. Only fields of the types text, select, boolean and number.
   * Adapters find the values in `ctx.options`; `PlatformAdapter.configured` makes of them what changes in the manifest.
   */
  options?: readonly FormField[];
  apiVersion?: ApiVersion;
  /** What using it costs. Left out = nothing. */
  prices?: readonly Price[];
  /** What everybody has to know who publishes there by this installation, one or two sentences: "… are seen by nobody but you". */
  notice?: string;
  /** How long a prepared set stays good, in milliseconds. */
  preparedTtlMs: number;
  /**
   * How many bytes of a file the commit sends at the most, where it is the last part of one: it is given the time for it. Left
   * out = none.
   */
  commitBytes?: number;
  appearance: Appearance;
  /** Free further data for the web. */
  extra?: JsonObject;
}
