import {
  type AccountContext,
  endpointOf,
  excerpt,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  parseJson,
  type PlatformContext,
  PlatformHttpError,
} from '#platforms/core';

/** What is kept of a sign-in. */
export type GoogleCredentials = {
  /** Good for about an hour. */
  accessToken: string;
  refreshToken: string;
  /** When the sign-in ends as a whole, where Google gave it an end (ISO 8601). No secret. */
  endsAt?: string;
};

/** One call of a Google service that takes and answers JSON. */
export interface GoogleCall {
  /** What is done, for errors and the log: "read the place". */
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The name of the endpoint. */
  endpoint: string;
  /** Below the endpoint, with a slash before it. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: JsonObject;
}

/** As much of a context as a call needs. */
export type Caller = PlatformContext & Pick<AccountContext, 'credentials'>;

/** The tokens of a context. @throws Error where the connection has none */
export function googleCredentialsOf({ credentials }: Pick<AccountContext, 'credentials'>): GoogleCredentials {
  const { accessToken, refreshToken, endsAt } = credentials;
  if (typeof accessToken !== 'string' || typeof refreshToken !== 'string') {
    throw new Error('The stored Google connection has no token.');
  }
  return { accessToken, refreshToken, ...(typeof endsAt === 'string' && { endsAt }) };
}

/**
 * A JSON object from a Google service; `{}` where a deletion is answered with nothing. The token travels in the head, so that
 * no recorded address holds it. Throws `PlatformHttpError` or `MalformedAnswerError`.
 */
export async function callGoogle(
  ctx: Caller,
  { operation, method, endpoint, path, query = {}, body }: GoogleCall,
): Promise<JsonObject> {
  const url = new URL(`${endpointOf(ctx, endpoint)}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const response = await ctx.fetch(url.href, {
    method,
    headers: {
      authorization: `Bearer ${googleCredentialsOf(ctx).accessToken}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = parseJson(text);
  if (!response.ok) throw new PlatformHttpError(response.status, response.headers, parsed ?? text, operation);
  if (isJsonObject(parsed)) return parsed;
  if (method === 'DELETE' && text === '') return {};
  throw new MalformedAnswerError(operation, `not a JSON object: ${excerpt(text)}`);
}

/**
 * The items of a list, page by page: https://google.aip.dev/158. An empty list leaves its field out.
 * Throws `MalformedAnswerError` where the pages never come to an end.
 * @param field where the items stand: `locations`
 * @param maxPages how many are read at the most; there may be more after them
 */
export async function* googlePages(
  ctx: Caller,
  { field, maxPages, ...call }: Omit<GoogleCall, 'method' | 'body'> & { field: string; maxPages: number },
): AsyncGenerator<{ items: JsonObject[]; isLast: boolean }> {
  const seen = new Set<string>();
  let pageToken: string | undefined;
  for (let page = 1; page <= maxPages; page += 1) {
    const query = { ...call.query, ...(pageToken !== undefined && { pageToken }) };
    const body = await callGoogle(ctx, { ...call, method: 'GET', query });
    const items = body[field] ?? [];
    if (!Array.isArray(items)) throw new MalformedAnswerError(call.operation, `"${field}" is not a list`);
    const next = typeof body.nextPageToken === 'string' ? body.nextPageToken : '';
    yield { items: items.filter(isJsonObject), isLast: next === '' };
    if (next === '') return;
    if (seen.has(next)) throw new MalformedAnswerError(call.operation, 'its pages do not come to an end');
    seen.add(next);
    pageToken = next;
  }
}

/** Whether an address that Google named lies at an endpoint: a token goes nowhere else. */
export function isAtEndpoint(ctx: Pick<PlatformContext, 'endpoints'>, endpoint: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const [given, known] = [new URL(address), new URL(endpointOf(ctx, endpoint))];
  const below = known.pathname.replace(/\/$/, '');
  return given.origin === known.origin && (given.pathname === below || given.pathname.startsWith(`${below}/`));
}
