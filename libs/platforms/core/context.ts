import type { Readable } from 'node:stream';
import { type DraftMedia } from './draft.js';
import { type Json, type JsonObject } from './json.js';
import { type Cost } from './manifest.js';

/** The OAuth application of this installation at the platform. */
export interface OAuthApp {
  clientId: string;
  clientSecret: string;
}

/** Values of `manifest.options`. */
export type OptionValues = Readonly<Record<string, string | number | boolean>>;

/** What an adapter is given for every call. It has no other way out: no environment, no database, no clock of its own. */
export interface PlatformContext {
  /**
   * The only way to speak HTTP: guarded against private addresses, with a timeout, and recorded without secrets.
   * Redirects are followed only where every hop passes the guard.
   */
  fetch: typeof fetch;
  now(): Date;
  /** Base addresses by the names of `manifest.endpoints`; the sandbox's for a practice connection. No trailing slash. */
  endpoints: Readonly<Record<string, string>>;
  /** Only for OAuth platforms. */
  app?: OAuthApp;
  /** The id of the `ConnectWay` that was chosen, where the manifest names several. */
  way?: string;
  /** The installation's answers to `manifest.options`, by name, with their defaults. */
  options: OptionValues;
  /**
   * Says that something was used that has a price, as soon as the platform's answer shows that it is charged. It is recorded
   * with the publication, or with the channel.
   */
  spend(cost: Cost): void;
  /**
   * Says that so much of a `Budget` of the manifest is used, before the request that uses it: platforms count requests that
   * they turn down as well. The next `fetch` sends nothing before it is written down.
   */
  use(budget: string, amount: number): void;
}

/** A context with an account: everything after connecting. */
export interface AccountContext extends PlatformContext {
  /** What `connect` or the last `refresh` returned. */
  credentials: JsonObject;
  /** What `listChannels` returned as the channel's own credentials (a Page token), if any. */
  channelCredentials?: JsonObject;
  /** The channel's id at the platform. Absent while channels are listed. */
  channelId?: string;
  /** What `listChannels` said about the channel beyond its id (instance limits, handle). */
  channelDetails: JsonObject;
}

/** The bytes of one media item of the segment. */
export interface MediaSource extends DraftMedia {
  /** Reads the whole file into memory: for images. */
  read: () => Promise<Uint8Array<ArrayBuffer>>;
  /** Streams the file, or a part of it: first and last byte, both included. For videos and for resumed uploads. */
  open: (range?: { start: number; end?: number }) => Promise<Readable>;
  /**
   * Where the platform may fetch the file itself: public, signed, without redirects, with ranges. It holds for at least two
   * days, and is the same when it is asked for again on the same day.
   */
  address: () => Promise<string>;
  /**
   * An image that stands for a video before it is played, within the limits of the channel. Only where a person chose a moment
   * of it, or an image of its own.
   */
  cover?: () => Promise<{ contentType: string; bytes: Uint8Array<ArrayBuffer> }>;
}

/** A context for `commit`, whose one request may be the last part of a file. */
export interface CommitContext extends AccountContext {
  /** The files of the segment, as `prepare` had them. */
  media: readonly MediaSource[];
}

/** A context for `prepare`: finished steps are checkpointed and not done again after a crash. */
export interface PrepareContext extends CommitContext {
  /**
   * Runs `fn` once for this prepared set: its result is stored before `step` returns, and returned at once the next time.
   * Chosen keys (record keys, idempotency keys) must come from a step too, so that they survive.
   */
  step<T extends Json>(name: string, fn: () => Promise<T> | T): Promise<T>;
  /** Unique for this prepared set and stable across attempts: use it for nonces and idempotency keys. */
  setId: string;
}
