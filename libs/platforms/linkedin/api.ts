import {
  type AccountContext,
  endpointOf,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  parseJson,
  type PlatformContext,
  PlatformHttpError,
} from '#platforms/core';
import { versionOf } from './version.js';

/** What is kept of a sign-in. `way` = the id of the way that it came by; `asMember` = it may publish as the person; `refreshToken` is there for approved apps alone. */
export type LinkedInCredentials = {
  token: string;
  personId: string;
  way: string;
  asMember: boolean;
  refreshToken?: string;
};

/** One call of LinkedIn's versioned API. */
export interface ApiCall {
  /** What the call is, for errors and the log: `publish the post`. */
  operation: string;
  method: 'GET' | 'POST' | 'DELETE';
  /** Below the address of the API, URNs encoded by `urnInPath`: `/rest/posts`. */
  path: string;
  token: string;
  body?: JsonObject;
  /** The Rest.li method, where the verb alone does not say it. */
  restliMethod?: 'PARTIAL_UPDATE';
}

/** A 2xx answer, its body not read as anything yet. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/**
 * Sends a call with what every one needs: the version, and the second version of the Rest.li protocol.
 * https://learn.microsoft.com/en-us/linkedin/marketing/versioning
 * @throws PlatformHttpError, or the transport's error
 */
export async function call(ctx: PlatformContext, request: ApiCall): Promise<ApiAnswer> {
  const response = await ctx.fetch(`${endpointOf(ctx, 'api')}${request.path}`, {
    method: request.method,
    headers: {
      authorization: `Bearer ${request.token}`,
      'linkedin-version': versionOf(ctx),
      'x-restli-protocol-version': '2.0.0',
      ...(request.body && { 'content-type': 'application/json' }),
      ...(request.restliMethod && { 'x-restli-method': request.restliMethod }),
    },
    ...(request.body && { body: JSON.stringify(request.body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new PlatformHttpError(response.status, response.headers, parseJson(text) ?? text, request.operation);
  }
  return { status: response.status, headers: response.headers, text };
}

/** The same, for a call that is answered with a JSON object. @throws MalformedAnswerError besides */
export async function callForJson(ctx: PlatformContext, request: ApiCall): Promise<JsonObject> {
  const { text } = await call(ctx, request);
  const body = parseJson(text);
  if (isJsonObject(body)) return body;
  throw new MalformedAnswerError(request.operation, 'it is no JSON object');
}

/** Pages of a finder; more than this many are a circle. */
const MAX_PAGES = 100;

/**
 * Everything that a finder finds, page by page: `start` and `count`, until a page is not full and names no next one.
 * https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/pagination
 */
export async function* elementsOf(
  ctx: PlatformContext,
  request: Omit<ApiCall, 'method' | 'body'>,
  count: number,
): AsyncGenerator<JsonObject> {
  let start = 0;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const join = request.path.includes('?') ? '&' : '?';
    const path = `${request.path}${join}start=${start}&count=${count}`;
    const body = await callForJson(ctx, { ...request, method: 'GET', path });
    const { elements } = body;
    if (!Array.isArray(elements)) throw new MalformedAnswerError(request.operation, '"elements" is missing');
    yield* elements.filter(isJsonObject);
    start += elements.length;
    if (elements.length === 0 || !goesOn(body, start, elements.length < count)) return;
  }
  throw new MalformedAnswerError(request.operation, 'the pages never end');
}

/** A page that is not full may have others behind it, where what may not be seen was left out of it: links and total tell. */
function goesOn({ paging }: JsonObject, read: number, isShort: boolean): boolean {
  if (!isJsonObject(paging)) return !isShort;
  const links = Array.isArray(paging.links) ? paging.links.filter(isJsonObject) : [];
  if (links.some(({ rel }) => rel === 'next')) return true;
  return typeof paging.total === 'number' ? read < paging.total : !isShort;
}

/** A URN as a part of a path, or as a value of a query: `urn%3Ali%3Ashare%3A1`. */
export const urnInPath = (urn: string): string => encodeURIComponent(urn).replaceAll('(', '%28').replaceAll(')', '%29');

/** The token of a context. @throws Error where nothing is stored */
export function tokenOf({ credentials }: Pick<AccountContext, 'credentials'>): string {
  const { token } = credentials;
  if (typeof token !== 'string') throw new Error('The stored LinkedIn connection has no token.');
  return token;
}

/** Who publishes: `urn:li:person:…` or `urn:li:organization:…`, which is the channel's id. */
export function authorOf({ channelId }: Pick<AccountContext, 'channelId'>): string {
  if (channelId === undefined) throw new Error('No LinkedIn channel is named.');
  return channelId;
}

/** Whether it is an organization, whose posts and files may be read. */
export const isOrganization = (author: string): boolean => author.startsWith('urn:li:organization:');
