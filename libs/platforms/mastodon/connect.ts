import {
  type AccountContext,
  type Authorization,
  type ChannelInfo,
  type FailureKind,
  type JsonObject,
  MalformedAnswerError,
  type PlatformContext,
  PlatformFailure,
  PlatformHttpError,
  stringField,
} from '#platforms/core';
import { type Access, accessOf, requestObject } from './api.js';
import { classify, errorText, failureOf } from './classify.js';
import { limitsOf, readInstance } from './instance.js';
import { REQUIRED_SCOPES } from './manifest.js';

const CORRECT_INSTANCE =
  'Correct "instance": the address where you sign in to Mastodon, such as https://mastodon.social.';
const NEW_TOKEN = `On your server, open Preferences > Development, make an application with the scopes ${REQUIRED_SCOPES.join(', ')}, and enter its token as "accessToken".`;

interface Account {
  id: string;
  name: string;
  handle: string;
  url?: string;
  avatarUrl?: string;
}

/**
 * Checks address and token by using them. Throws `PlatformFailure` that names the field to correct, `instance` or
 * `accessToken`. https://docs.joinmastodon.org/methods/accounts/#verify_credentials
 */
export async function connect(
  ctx: PlatformContext,
  credentials: Readonly<Record<string, string>>,
): Promise<Authorization> {
  const instance = instanceAddress(credentials['instance'] ?? '');
  const accessToken = (credentials['accessToken'] ?? '').trim();
  // A token with other characters cannot be sent in a header at all.
  if (!/^[\x21-\x7e]+$/.test(accessToken)) refuse('auth', 'The access token is empty or incomplete.', NEW_TOKEN);
  const access = { instance, accessToken };
  const account = await readAccount(ctx, access).catch((error: unknown) => explain(error, access, ctx.now()));
  const scopes = await readScopes(ctx, access);
  const missing = scopes ? REQUIRED_SCOPES.filter((scope) => !covers(scopes, scope)) : [];
  if (missing.length > 0) refuse('permission', `The access token lacks the scopes ${missing.join(', ')}.`, NEW_TOKEN);
  const { id, name, handle, url } = account;
  return {
    account: { id: channelId(access, id), name, handle, ...(url && { url }) },
    credentials: { ...access },
    scopes: scopes ?? [],
  };
}

/** The one channel of an account, with its server's limits. */
export async function listChannels(ctx: AccountContext): Promise<ChannelInfo[]> {
  const access = accessOf(ctx);
  const { id, ...account } = await readAccount(ctx, access);
  const instance = await readInstance(ctx, access);
  return [{ ...account, id: channelId(access, id), details: { accountId: id }, limits: limitsOf(instance) }];
}

/** The address that was entered, with its scheme and without what a copied page address has at its end. */
export function instanceAddress(entered: string): string {
  const text = entered.trim();
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (text === '' || !URL.canParse(address)) refuse('content', `"${text}" is no web address.`, CORRECT_INSTANCE);
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`.replace(/\/+$/, '');
}

async function readAccount(ctx: PlatformContext, access: Access): Promise<Account> {
  const operation = 'verify credentials';
  const { body } = await requestObject(ctx, access, operation, '/api/v1/accounts/verify_credentials');
  const username = stringField(body, 'username', operation);
  const url = optional(body, 'url');
  const avatarUrl = optional(body, 'avatar');
  return {
    id: stringField(body, 'id', operation),
    name: optional(body, 'display_name') ?? username,
    handle: `@${username}@${new URL(access.instance).host}`,
    ...(url && { url }),
    ...(avatarUrl && { avatarUrl }),
  };
}

/** An id is a server's own, so the server is part of the channel's. */
function channelId({ instance }: Access, accountId: string): string {
  return `${accountId}@${instance.replace(/^https?:\/\//, '')}`;
}

/**
 * The scopes of the token's application; undefined on servers that do not tell (before 4.3, and of other makes).
 * https://docs.joinmastodon.org/methods/apps/#verify_credentials
 */
async function readScopes(ctx: PlatformContext, access: Access): Promise<string[] | undefined> {
  try {
    const { body } = await requestObject(ctx, access, 'verify app', '/api/v1/apps/verify_credentials');
    const scopes = body['scopes'];
    return Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : undefined;
  } catch (error) {
    if (error instanceof PlatformHttpError || error instanceof MalformedAnswerError) return undefined;
    throw error;
  }
}

/** `write` includes `write:media`: https://docs.joinmastodon.org/api/oauth-scopes/ */
function covers(scopes: readonly string[], wanted: string): boolean {
  return scopes.includes(wanted) || scopes.includes(wanted.split(':')[0] ?? wanted);
}

/** Why the first request to a server failed, in terms of the form. */
function explain(error: unknown, { instance }: Access, now: Date): never {
  if (error instanceof PlatformFailure) throw error;
  if (error instanceof MalformedAnswerError) refuseInstance(instance);
  if (!(error instanceof PlatformHttpError)) {
    const { platformMessage } = classify(error, now);
    const message = `Nothing answers at the address given as "instance", ${instance}.`;
    throw new PlatformFailure({
      ...failureOf('unavailable', { message, remedy: CORRECT_INSTANCE }),
      ...(platformMessage && { platformMessage }),
    });
  }
  const { status, headers, body } = error;
  if (status >= 300 && status < 400) {
    refuse('content', `${instance} sends on to ${headers.get('location') ?? 'another address'}.`, CORRECT_INSTANCE);
  }
  // A Mastodon API says what is wrong as JSON; anything else is some other web server.
  const isApi = typeof body !== 'string' && errorText(body) !== '';
  if (status < 500 && status !== 429 && (!isApi || status === 404)) refuseInstance(instance);
  const failure = classify(error, now);
  if (failure.kind !== 'auth' && failure.kind !== 'permission') throw error;
  const message =
    failure.kind === 'auth'
      ? `${instance} does not accept the access token.`
      : `${instance} does not let this access token read its account.`;
  throw new PlatformFailure({ ...failure, message, remedy: NEW_TOKEN });
}

function refuseInstance(instance: string): never {
  return refuse(
    'unknown',
    `There is no Mastodon API at the address given as "instance", ${instance}.`,
    CORRECT_INSTANCE,
  );
}

function refuse(kind: FailureKind, message: string, remedy: string): never {
  throw new PlatformFailure(failureOf(kind, { message, remedy }));
}

function optional(body: JsonObject, field: string): string | undefined {
  const value = body[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
