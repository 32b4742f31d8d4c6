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
export type TikTokCredentials = { accessToken: string; refreshToken: string; openId: string; scopes: string[] };

/** A context that can call the API: connecting has no channel yet. */
export type Caller = PlatformContext & Pick<AccountContext, 'credentials'>;

/** A request to the API. */
export interface ApiCall {
  /** What is done, for people: "ask who may post". */
  operation: string;
  /** Below the version, with a slash before and behind it. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Left out = a GET. */
  json?: JsonObject;
}

/** What is done with which requests: what an answer means depends on it. */
export const OPERATIONS = {
  creator: 'ask what the account may post',
  begin: 'begin to post',
  send: 'send the video',
  status: 'ask what became of the post',
  list: 'read the videos of the account',
} as const;

/** The tokens of a context. */
export function credentialsOf({ credentials }: Pick<AccountContext, 'credentials'>): TikTokCredentials {
  const { accessToken, refreshToken, openId, scopes } = credentials;
  if (typeof accessToken !== 'string' || typeof refreshToken !== 'string' || typeof openId !== 'string') {
    throw new Error('The stored TikTok connection has no token.');
  }
  const granted = Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [];
  return { accessToken, refreshToken, openId, scopes: granted };
}

/**
 * What the API answers under `data`. A success is what says so in `error.code`, and nothing else: some refusals come with
 * HTTP 200. https://developers.tiktok.com/doc/tiktok-api-v2-error-handling
 * @throws PlatformHttpError where it says something else, MalformedAnswerError where it says nothing
 */
export async function callApi(ctx: Caller, { operation, path, query = {}, json }: ApiCall): Promise<JsonObject> {
  const url = new URL(`${endpointOf(ctx, 'api')}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const response = await ctx.fetch(url.href, {
    method: json ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${credentialsOf(ctx).accessToken}`,
      ...(json && { 'content-type': 'application/json; charset=UTF-8' }),
    },
    ...(json && { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  const body = parseJson(withWholeIds(text));
  const code = isJsonObject(body) && isJsonObject(body.error) ? body.error.code : undefined;
  if (isJsonObject(body) && code === 'ok') return isJsonObject(body.data) ? body.data : {};
  if (typeof code === 'string' || !response.ok) {
    throw new PlatformHttpError(response.status, response.headers, body ?? text, operation);
  }
  throw new MalformedAnswerError(operation, `"error.code" is missing: ${excerpt(text)}`);
}

/**
 * The ids of public posts are numbers of 64 bits (in a field of this spelling), more than a number of JavaScript holds: they
 * are read as texts. https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status
 */
function withWholeIds(text: string): string {
  return text.replace(/("publicaly_available_post_id"\s*:\s*\[)([\d\s,]*)(\])/, (_all, before, ids: string, after) => {
    const quoted = ids.replaceAll(/\d+/g, (id) => `"${id}"`);
    return `${String(before)}${quoted}${String(after)}`;
  });
}

/** TikTok's code in an error, where it said one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof PlatformHttpError) || !isJsonObject(error.body)) return undefined;
  const { error: said } = error.body;
  if (typeof said === 'string') return said;
  return isJsonObject(said) && typeof said.code === 'string' ? said.code : undefined;
}
