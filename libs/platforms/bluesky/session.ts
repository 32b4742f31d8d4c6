import { decodeJwt } from 'jose';
import {
  type AccountContext,
  type Authorization,
  type ChannelInfo,
  genericFailure,
  isJsonObject,
  type Json,
  type JsonObject,
  type PlatformContext,
  PlatformFailure,
  PlatformHttpError,
  stringField,
} from '#platforms/core';
import { DEFAULT_SERVICE, manifest, otherServerLimits } from './manifest.js';
import { procedure, procedureWithoutOutput, query, xrpcErrorName } from './xrpc.js';

/** What is kept of a sign-in: the server that answers for the account, whose it is, and the pair of tokens. */
export type Session = { pds: string; did: string; handle: string; accessJwt: string; refreshJwt: string };

/** Signs in with an app password. https://docs.bsky.app/docs/api/com-atproto-server-create-session */
export async function connect(
  ctx: PlatformContext,
  credentials: Readonly<Record<string, string>>,
): Promise<Authorization> {
  const service = serviceAddress(credentials['service']);
  const identifier = accountName(credentials['identifier'] ?? '');
  const password = credentials['password'] ?? '';
  const body = await procedure(ctx.fetch, service, 'com.atproto.server.createSession', {
    json: { identifier, password },
  });
  const session = readSession(body, service, 'com.atproto.server.createSession');
  const { scope, expiresAt } = readToken(session.accessJwt);
  const url = profileUrl(ctx, session.did);
  return {
    account: { id: session.did, name: session.handle, handle: session.handle, url },
    credentials: session,
    scopes: scope === undefined ? [] : [scope],
    ...(expiresAt && { expiresAt }),
  };
}

/**
 * Exchanges the refresh token for a new pair; the old one is used up by it.
 * https://docs.bsky.app/docs/api/com-atproto-server-refresh-session
 */
export async function refresh(ctx: AccountContext): Promise<{ credentials: JsonObject; expiresAt?: Date }> {
  const { pds, refreshJwt } = storedSession(ctx);
  const operation = 'com.atproto.server.refreshSession';
  const session = readSession(await procedure(ctx.fetch, pds, operation, { token: refreshJwt }), pds, operation);
  const { expiresAt } = readToken(session.accessJwt);
  return { credentials: session, ...(expiresAt && { expiresAt }) };
}

/** Ends the session. One that has already ended is no error. https://docs.bsky.app/docs/api/com-atproto-server-delete-session */
export async function revoke(ctx: AccountContext): Promise<void> {
  const { pds, refreshJwt } = storedSession(ctx);
  try {
    await procedureWithoutOutput(ctx.fetch, pds, 'com.atproto.server.deleteSession', { token: refreshJwt });
  } catch (error) {
    const name = error instanceof PlatformHttpError ? xrpcErrorName(error) : undefined;
    if (name !== 'ExpiredToken' && name !== 'InvalidToken') throw error;
  }
}

/** The one channel of an account, under its current handle. https://docs.bsky.app/docs/api/com-atproto-server-get-session */
export async function listChannels(ctx: AccountContext): Promise<ChannelInfo[]> {
  const { pds, accessJwt } = storedSession(ctx);
  const operation = 'com.atproto.server.getSession';
  const body = await query(ctx.fetch, pds, operation, {}, accessJwt);
  const did = stringField(body, 'did', operation);
  const handle = stringField(body, 'handle', operation);
  const limits = isOwnServer(pds) ? undefined : otherServerLimits;
  return [{ id: did, name: handle, handle, url: profileUrl(ctx, did), ...(limits && { limits }) }];
}

/** The session that `connect` or `refresh` returned. Throws when the stored credentials are not of that form. */
export function storedSession(ctx: AccountContext): Session {
  const read = (field: keyof Session) => stringField(ctx.credentials, field, 'reading the stored Bluesky session');
  return {
    pds: read('pds'),
    did: read('did'),
    handle: read('handle'),
    accessJwt: read('accessJwt'),
    refreshJwt: read('refreshJwt'),
  };
}

/** By DID and not by handle, so that the address still works after the account renames itself. */
export function profileUrl(ctx: PlatformContext, did: string): string {
  return `${ctx.endpoints['app']}/profile/${did}`;
}

/** Bluesky's own servers, which know the newest lexicons: https://docs.bsky.app/docs/advanced-guides/entryway */
function isOwnServer(pds: string): boolean {
  return /(^|\.)bsky\.(network|social)$/.test(new URL(pds).hostname);
}

function readSession(body: JsonObject, fallback: string, operation: string): Session {
  if (body['active'] === false) throw inactive(body['status']);
  return {
    pds: pdsEndpoint(body['didDoc'], fallback) ?? fallback,
    did: stringField(body, 'did', operation),
    handle: stringField(body, 'handle', operation),
    accessJwt: stringField(body, 'accessJwt', operation),
    refreshJwt: stringField(body, 'refreshJwt', operation),
  };
}

function inactive(status: Json | undefined): PlatformFailure {
  const state = typeof status === 'string' ? status : 'inactive';
  return new PlatformFailure({
    ...genericFailure('permission', manifest.name),
    message: `This Bluesky account is ${state}, so nothing can be posted with it.`,
    remedy: 'Sign in at the Bluesky app, follow what it says about the account, then connect it again.',
    platformCode: state,
  });
}

/**
 * The server that really holds the account: `bsky.social` only signs in for many others.
 * https://atproto.com/specs/did#did-documents
 */
function pdsEndpoint(didDoc: Json | undefined, service: string): string | undefined {
  const services = isJsonObject(didDoc) ? didDoc['service'] : undefined;
  if (!Array.isArray(services)) return undefined;
  const pds = services.filter(isJsonObject).find(isPdsService)?.['serviceEndpoint'];
  if (typeof pds !== 'string' || !isWebAddress(pds)) return undefined;
  // Tokens that came over TLS are not sent on without it.
  return isEncrypted(service) && !isEncrypted(pds) ? undefined : trimSlashes(pds);
}

function isPdsService(service: JsonObject): boolean {
  const id = service['id'];
  return typeof id === 'string' && id.endsWith('#atproto_pds') && service['type'] === 'AtprotoPersonalDataServer';
}

function serviceAddress(entered: string | undefined): string {
  const address = entered?.trim() || DEFAULT_SERVICE;
  const url = trimSlashes(/^[a-z]+:\/\//i.test(address) ? address : `https://${address}`);
  if (isWebAddress(url)) return url;
  throw new PlatformFailure({
    ...genericFailure('content', manifest.name),
    message: 'The field "Server" is not a web address.',
    remedy: `Enter the address of the server, for most accounts ${DEFAULT_SERVICE}.`,
  });
}

/** Handles are often pasted with their @, and with the invisible direction marks that the Bluesky app puts around them. */
function accountName(entered: string): string {
  return entered
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .replace(/^@/, '');
}

function readToken(jwt: string): { scope?: string; expiresAt?: Date } {
  try {
    const { exp, scope } = decodeJwt(jwt);
    return {
      ...(typeof scope === 'string' && { scope }),
      ...(exp !== undefined && { expiresAt: new Date(exp * 1000) }),
    };
  } catch {
    return {}; // To a client the token is opaque: a server may choose another form, and then tells of expiry by refusing.
  }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isEncrypted(address: string): boolean {
  return new URL(address).protocol === 'https:';
}

function trimSlashes(text: string): string {
  return text.replace(/\/+$/, '');
}
