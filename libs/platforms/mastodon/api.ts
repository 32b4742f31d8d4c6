import {
  type AccountContext,
  excerpt,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  parseJson,
  type PlatformContext,
  PlatformHttpError,
} from '#platforms/core';

/** What a request is for; `classify` reads the same status differently for each. */
export type Operation =
  | 'verify credentials'
  | 'verify app'
  | 'read instance'
  | 'upload media'
  | 'read media'
  | 'delete media'
  | 'publish status'
  | 'list statuses'
  | 'read status source'
  | 'delete status';

/** Where an account lives and what opens it. */
export interface Access {
  /** The server's address with its path prefix, if any; no trailing slash. */
  instance: string;
  accessToken: string;
}

/** The access that `connect` kept. Throws when what is stored is not of its making. */
export function accessOf(ctx: AccountContext): Access {
  const { instance, accessToken } = ctx.credentials;
  if (typeof instance !== 'string' || typeof accessToken !== 'string') {
    throw new Error('The stored Mastodon credentials lack "instance" or "accessToken". Connect the account again.');
  }
  return { instance, accessToken };
}

/** A success of the Mastodon API. */
export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** One request whose answer is an object. Throws `PlatformHttpError`, `MalformedAnswerError`, or what the transport threw. */
export async function requestObject(
  ctx: PlatformContext,
  access: Access,
  operation: Operation,
  path: string,
  init: RequestInit = {},
): Promise<Answer<JsonObject>> {
  const answer = await request(ctx, access, operation, path, init);
  const body = parseJson(answer.body);
  if (!isJsonObject(body)) throw unexpected(operation, 'not a JSON object', answer.body);
  return { ...answer, body };
}

/** One GET whose answer is a list of objects. Throws as `requestObject` does. */
export async function requestList(
  ctx: PlatformContext,
  access: Access,
  operation: Operation,
  path: string,
): Promise<Answer<JsonObject[]>> {
  const answer = await request(ctx, access, operation, path);
  const body = parseJson(answer.body);
  if (!Array.isArray(body) || !body.every(isJsonObject)) throw unexpected(operation, 'not a JSON list', answer.body);
  return { ...answer, body };
}

/** One request of whose answer only the status matters. Throws `PlatformHttpError` or what the transport threw. */
export async function request(
  ctx: PlatformContext,
  access: Access,
  operation: Operation,
  path: string,
  init: RequestInit = {},
): Promise<Answer<string>> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${access.accessToken}`);
  headers.set('accept', 'application/json');
  // Error texts come in the reader's language, and `classify` knows the English ones.
  headers.set('accept-language', 'en');
  // A redirected POST would arrive as a GET; whoever typed the address is told to type the right one instead.
  const response = await ctx.fetch(`${access.instance}${path}`, { ...init, headers, redirect: 'manual' });
  const body = await response.text();
  if (!response.ok) {
    throw new PlatformHttpError(response.status, response.headers, parseJson(body) ?? body, operation);
  }
  return { status: response.status, headers: response.headers, body };
}

function unexpected(operation: Operation, what: string, body: string): MalformedAnswerError {
  return new MalformedAnswerError(operation, `${what}: ${excerpt(body)}`);
}
