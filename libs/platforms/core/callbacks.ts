import { type OAuthApp } from './context.js';
import { type JsonObject } from './json.js';

/** A request that a platform makes of its own accord, as it came. */
export interface CallbackRequest {
  /** Lower case names. */
  headers: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** Fields of a urlencoded body; empty where it is of another kind. */
  form: Readonly<Record<string, string>>;
  /** The body's bytes, over which signatures are made. */
  raw: Uint8Array;
}

/** Whose data a platform speaks of, by its own id for them at the app that signed. */
export interface CallbackAccount {
  accountId: string;
}

/** Something that happened at the platform. */
export interface PlatformNotice {
  /** `account-gone`: the person withdrew the app. `other`: nothing that ClickPost acts on. */
  kind: 'account-gone' | 'other';
  accountId: string;
  /** For the log: no secrets. */
  details: JsonObject;
}

/**
 * What a platform tells an app without being asked. Every method asks nobody and answers undefined where the signature is not
 * that of the app: each of the platform's apps (`ConnectWay.app`) has callbacks of its own.
 */
export interface PlatformCallbacks {
  /** A person wants what is kept about them deleted. */
  deletion?(request: CallbackRequest, app: OAuthApp): CallbackAccount | undefined;
  /** A person took the app's permissions away. */
  deauthorization?(request: CallbackRequest, app: OAuthApp): CallbackAccount | undefined;
  /** The check by which a platform finds out that an address is ours: what it wants to hear, or undefined. */
  challenge?(request: CallbackRequest, verifyToken: string): string | undefined;
  /** News about accounts. */
  notices?(request: CallbackRequest, app: OAuthApp): PlatformNotice[] | undefined;
}
