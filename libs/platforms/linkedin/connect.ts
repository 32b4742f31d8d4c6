import { Strategy as OAuth2Strategy } from 'passport-oauth2';
import {
  type AccountContext,
  type Authorization,
  type ChannelInfo,
  endpointOf,
  type Failure,
  handOnTo,
  isJsonObject,
  type Json,
  type JsonObject,
  MalformedAnswerError,
  type OAuthConnect,
  type OAuthGrant,
  parseJson,
  type PlatformContext,
  PlatformFailure,
  PlatformHttpError,
  requestJson,
  stringField,
} from '#platforms/core';
import { callForJson, elementsOf, type LinkedInCredentials, tokenOf } from './api.js';
import { MEMBER_SETTINGS } from './formats.js';
import { CODE_FLOW_DOCS, REFRESH_DOCS, ROLES_DOCS } from './pages.js';
import { MEMBER_SCOPE, ORGANIZATIONS, wayOf } from './scopes.js';

/**
 * Roles that may publish on a page. Pages of LinkedIn's call the second one by both names.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api#permissions
 */
const POSTING_ROLES = new Set([
  'ADMINISTRATOR',
  'CONTENT_ADMIN',
  'CONTENT_ADMINISTRATOR',
  'DIRECT_SPONSORED_CONTENT_POSTER',
]);
const PAGE_SIZE = 100;
/** So many organizations are looked up at once: a query may have 4 KB. */
const LOOKUP_SIZE = 50;

/** Sign-in through LinkedIn's authorization page, with the app of the way that was chosen. */
export const oauth: OAuthConnect = {
  strategy: ({ app, callbackUrl, endpoints, way, verify }) => {
    const www = endpointOf({ endpoints }, 'www');
    return new LinkedInStrategy({
      clientID: app.clientId,
      clientSecret: app.clientSecret,
      callbackURL: callbackUrl,
      authorizationURL: `${www}/oauth/v2/authorization`,
      tokenURL: `${www}/oauth/v2/accessToken`,
      scope: [...wayOf({ ...(way !== undefined && { way }) }).scopes],
      verify,
    });
  },
  authorize,
};

interface StrategyInput {
  clientID: string;
  clientSecret: string;
  callbackURL: string;
  authorizationURL: string;
  tokenURL: string;
  scope: string[];
  verify: (grant: OAuthGrant) => void;
}

/** What LinkedIn says where a person does not sign in, or does not agree: RFC 6749 has another word for it. */
const CANCELLED = new Set(['user_cancelled_login', 'user_cancelled_authorize']);

/**
 * The state belongs to the bridge. A refused consent ends in the strategy's `fail`, with LinkedIn's `error_description`.
 * https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow
 */
class LinkedInStrategy extends OAuth2Strategy {
  constructor({ verify, ...options }: StrategyInput) {
    super({ ...options, scopeSeparator: ' ', skipUserProfile: true }, handOnTo(verify));
  }

  override authenticate(...[request, options]: Parameters<OAuth2Strategy['authenticate']>): void {
    const { error, error_description: message } = request.query as Record<string, unknown>;
    if (typeof error === 'string' && CANCELLED.has(error)) {
      return this.fail({ message: typeof message === 'string' ? message : error });
    }
    super.authenticate(request, options);
  }
}

/** Finds out whose sign-in it is. @throws PlatformFailure where a required permission was left out */
async function authorize(ctx: PlatformContext, grant: OAuthGrant): Promise<Authorization> {
  const way = wayOf(ctx);
  const scopes = scopesIn(grant.params) ?? [...way.scopes];
  requireScopes(way.requiredScopes, scopes);
  const person = await readPerson(ctx, way.id, grant.accessToken);
  const credentials: LinkedInCredentials = {
    token: grant.accessToken,
    personId: person.id,
    way: way.id,
    asMember: scopes.includes(MEMBER_SCOPE),
    ...(grant.refreshToken !== undefined && { refreshToken: grant.refreshToken }),
  };
  const end = endOf(ctx, grant.params);
  return {
    account: { id: person.id, name: person.name },
    credentials,
    scopes,
    ...end,
    // What has a note is told of ahead, and not renewed by itself.
    ...(end.expiresAt &&
      grant.refreshToken === undefined && { expiryNote: 'The sign-in, which only its person can renew,' }),
  };
}

/** LinkedIn separates them by blanks on one page, and by commas in answers. Left out = all that were asked for. */
function scopesIn({ scope }: JsonObject): string[] | undefined {
  if (typeof scope !== 'string' || scope === '') return undefined;
  return scope.split(/[\s,]+/).filter((name) => name !== '');
}

function requireScopes(required: readonly string[], granted: readonly string[]): void {
  const missing = required.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return;
  throw new PlatformFailure({
    kind: 'permission',
    message: `LinkedIn did not give ClickPost every permission that it needs; missing: ${missing.join(', ')}.`,
    remedy: 'Connect once more, and leave every permission switched on.',
    docs: CODE_FLOW_DOCS,
  });
}

/** When the token ends, 60 days after it was given. */
function endOf(ctx: PlatformContext, params: JsonObject): Pick<Authorization, 'expiresAt'> {
  const seconds = params.expires_in;
  return typeof seconds === 'number' ? { expiresAt: new Date(ctx.now().getTime() + seconds * 1000) } : {};
}

interface Person {
  id: string;
  name: string;
  picture?: string;
}

/** By OpenID Connect, or by the profile where the app has no such product. */
async function readPerson(ctx: PlatformContext, way: string, token: string): Promise<Person> {
  return way === ORGANIZATIONS ? readProfile(ctx, token) : readUserinfo(ctx, token);
}

/** https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2 */
async function readUserinfo(ctx: PlatformContext, token: string): Promise<Person> {
  const operation = 'ask who signed in';
  const me = await callForJson(ctx, { operation, method: 'GET', path: '/v2/userinfo', token });
  const { picture } = me;
  return {
    id: stringField(me, 'sub', operation),
    name: stringField(me, 'name', operation),
    ...(typeof picture === 'string' && picture !== '' && { picture }),
  };
}

/** https://learn.microsoft.com/en-us/linkedin/shared/integrations/people/profile-api */
async function readProfile(ctx: PlatformContext, token: string): Promise<Person> {
  const operation = 'ask who signed in';
  const me = await callForJson(ctx, { operation, method: 'GET', path: '/v2/me', token });
  const id = stringField(me, 'id', operation);
  const name = `${textIn(me.localizedFirstName)} ${textIn(me.localizedLastName)}`.trim();
  return { id, name: name === '' ? id : name };
}

const textIn = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/**
 * The person, where they may publish, and every organization on whose page they may. A role that was asked for, or that has
 * ended, is none.
 */
export async function listChannels(ctx: AccountContext): Promise<ChannelInfo[]> {
  const token = tokenOf(ctx);
  if (ctx.credentials.way !== ORGANIZATIONS) return [member(await readUserinfo(ctx, token))];
  const channels = await organizations(ctx, token);
  // Whether the person let ClickPost publish as themselves, the sign-in said.
  if (ctx.credentials.asMember === true) channels.push(member(await readProfile(ctx, token)));
  if (channels.length === 0) throw new PlatformFailure(noPages());
  return channels;
}

function member({ id, name, picture }: Person): ChannelInfo {
  return { id: `urn:li:person:${id}`, name, kind: 'Profile', ...(picture !== undefined && { avatarUrl: picture }) };
}

async function organizations(ctx: AccountContext, token: string): Promise<ChannelInfo[]> {
  const operation = 'list the pages on which the person may publish';
  const ids = new Set<string>();
  const path = '/rest/organizationAcls?q=roleAssignee&state=APPROVED';
  for await (const acl of elementsOf(ctx, { operation, path, token }, PAGE_SIZE)) {
    const { role, state, organization } = acl;
    const id = /^urn:li:organization:(\d+)$/.exec(textIn(organization))?.[1];
    if (id !== undefined && state === 'APPROVED' && POSTING_ROLES.has(textIn(role))) ids.add(id);
  }
  const all = [...ids];
  const channels: ChannelInfo[] = [];
  for (let start = 0; start < all.length; start += LOOKUP_SIZE) {
    channels.push(...(await lookUp(ctx, token, all.slice(start, start + LOOKUP_SIZE))));
  }
  return channels;
}

/**
 * Names of organizations, all at once; one by one for an app in development, which may not ask for several.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-lookup-api
 */
async function lookUp(ctx: AccountContext, token: string, ids: readonly string[]): Promise<ChannelInfo[]> {
  const operation = 'read the names of the pages';
  const path = `/rest/organizationsLookup?ids=List(${ids.join(',')})`;
  try {
    const { results } = await callForJson(ctx, { operation, method: 'GET', path, token });
    if (!isJsonObject(results)) throw new MalformedAnswerError(operation, '"results" is missing');
    return ids.map((id) => pageOf(ctx, id, results[id]));
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
  const pages: ChannelInfo[] = [];
  for (const id of ids) pages.push(pageOf(ctx, id, await readOrganization(ctx, token, id)));
  return pages;
}

/** Undefined where the role does not reach so far as to read its name. */
async function readOrganization(ctx: AccountContext, token: string, id: string): Promise<JsonObject | undefined> {
  const operation = 'read the name of the page';
  try {
    return await callForJson(ctx, { operation, method: 'GET', path: `/rest/organizations/${id}`, token });
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}

const isRefused = (error: unknown): boolean => error instanceof PlatformHttpError && error.status === 403;

function pageOf(ctx: AccountContext, id: string, found: Json | undefined): ChannelInfo {
  const { localizedName, vanityName } = isJsonObject(found) ? found : {};
  const handle = textIn(vanityName);
  return {
    id: `urn:li:organization:${id}`,
    name: textIn(localizedName) || `Organization ${id}`,
    kind: 'Page',
    url: `${endpointOf(ctx, 'www')}/company/${handle || id}`,
    ...(handle !== '' && { handle }),
    withoutSettings: MEMBER_SETTINGS,
  };
}

function noPages(): ConstructorParameters<typeof PlatformFailure>[0] {
  return {
    kind: 'permission',
    message: 'There is no LinkedIn page on which this person may publish.',
    remedy: 'Ask an administrator of the page for the role of a content administrator, then connect once more.',
    platformCode: 'linkedin.no-pages',
    docs: ROLES_DOCS,
  };
}

/**
 * Another 60 days, where LinkedIn gave the means to it: it does so for approved apps alone, for a year.
 * https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens
 * @throws PlatformFailure where it did not
 */
export async function refresh(ctx: AccountContext): Promise<{ credentials: JsonObject; expiresAt?: Date }> {
  const { refreshToken } = ctx.credentials;
  if (typeof refreshToken !== 'string') throw new PlatformFailure(notRenewable());
  const operation = 'renew the sign-in';
  const { body } = await requestJson(ctx.fetch, operation, `${endpointOf(ctx, 'www')}/oauth/v2/accessToken`, {
    method: 'POST',
    body: formOf(ctx, { grant_type: 'refresh_token', refresh_token: refreshToken }),
  });
  const next = body.refresh_token;
  return {
    credentials: {
      ...ctx.credentials,
      token: stringField(body, 'access_token', operation),
      ...(typeof next === 'string' && next !== '' && { refreshToken: next }),
    },
    ...endOf(ctx, body),
  };
}

function notRenewable(): Failure {
  return {
    kind: 'auth',
    message: 'LinkedIn no longer accepts this sign-in, and lets nobody but its person renew it.',
    remedy: 'Reconnect the account; everything scheduled on it is kept and goes out afterwards.',
    platformCode: 'linkedin.not-renewable',
    docs: REFRESH_DOCS,
  };
}

/** Ends the sign-in at LinkedIn. https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow */
export async function revoke(ctx: AccountContext): Promise<void> {
  const url = `${endpointOf(ctx, 'www')}/oauth/v2/revoke`;
  const response = await ctx.fetch(url, { method: 'POST', body: formOf(ctx, { token: tokenOf(ctx) }) });
  const text = await response.text();
  if (response.ok) return;
  throw new PlatformHttpError(response.status, response.headers, parseJson(text) ?? text, 'give the sign-in back');
}

/** Fields of a request about tokens: id and secret of the app stand among them. @throws Error where there is no app */
function formOf({ app }: PlatformContext, fields: Record<string, string>): URLSearchParams {
  if (!app) throw new Error('LinkedIn needs the installation’s app.');
  return new URLSearchParams({ ...fields, client_id: app.clientId, client_secret: app.clientSecret });
}
