import {
  type AccountContext,
  endpointOf,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type PlatformContext,
  requestJson,
} from '#platforms/core';

/** What is kept of a sign-in. */
export type XCredentials = { accessToken: string; userId: string; refreshToken?: string };

/** The account of a context, and the token that acts for it. */
export function accountOf(ctx: AccountContext): { token: string; userId: string; refreshToken?: string } {
  const { accessToken: token, userId, refreshToken } = ctx.credentials;
  if (typeof token !== 'string' || typeof userId !== 'string') {
    throw new Error('The stored X connection has no token.');
  }
  return { token, userId, ...(typeof refreshToken === 'string' && { refreshToken }) };
}

/** A call of the API. `path` comes after `/2/`. */
export interface Call {
  operation: string;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string>>;
  json?: JsonObject;
  form?: FormData;
  /** Left out = the account's. */
  token?: string;
}

/**
 * The answer's body. https://docs.x.com/x-api/introduction
 * Throws `PlatformHttpError` or `MalformedAnswerError`.
 */
export async function callX(ctx: PlatformContext, token: string, call: Call): Promise<JsonObject> {
  const { operation, method, path, query, json, form } = call;
  const search = query ? `?${new URLSearchParams(query).toString()}` : '';
  const { body } = await requestJson(ctx.fetch, operation, `${endpointOf(ctx, 'api')}/2/${path}${search}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(json && { 'content-type': 'application/json' }),
    },
    ...(json && { body: JSON.stringify(json) }),
    ...(form && { body: form }),
  });
  return body;
}

/**
 * `data` of an answer. Where it is missing, `errors` may say why, beside a success:
 * https://docs.x.com/x-api/fundamentals/response-codes-and-errors#partial-errors
 */
export function dataOf(body: JsonObject, operation: string): JsonObject {
  if (isJsonObject(body.data)) return body.data;
  const [first] = Array.isArray(body.errors) ? body.errors : [];
  const why = isJsonObject(first) ? (first.detail ?? first.message ?? first.title) : undefined;
  throw new MalformedAnswerError(operation, typeof why === 'string' ? why : '"data" is missing');
}
