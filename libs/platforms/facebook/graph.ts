import { createHmac } from 'node:crypto';
import {
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type OAuthApp,
  PlatformFailure,
  type PlatformContext,
  requestJson,
} from '#platforms/core';

/** The one Graph API version that ClickPost speaks: https://developers.facebook.com/docs/graph-api/changelog */
export const GRAPH_VERSION = 'v26.0';

const MAX_PAGES = 100;

/** One call of the Graph API. */
export interface GraphCall {
  /** What the call is, for errors and the log: `list Pages`. */
  operation: string;
  method: 'GET' | 'POST' | 'DELETE';
  /** Below the version, without a leading slash: `123/feed`. */
  path: string;
  token: string;
  /** Parameters of a GET or DELETE, sent in the URL: never a token, save where Facebook reads it nowhere else. */
  query?: Readonly<Record<string, string>>;
  /** Parameters of a POST: `URLSearchParams`, or `FormData` where a file goes along. */
  body?: URLSearchParams | FormData;
}

/** The address of a Graph path at this context's endpoint. */
export function graphUrl(endpoints: Readonly<Record<string, string>>, path: string): string {
  return `${endpoint(endpoints, 'graph')}/${GRAPH_VERSION}/${path}`;
}

/** A base address by its name in the manifest. */
export function endpoint(endpoints: Readonly<Record<string, string>>, name: 'graph' | 'www'): string {
  const base = endpoints[name];
  if (base === undefined) throw new Error(`The endpoint "${name}" of Facebook is not configured.`);
  return base;
}

/** The installation's Meta app. Throws a `PlatformFailure` when the operator has not entered one. */
export function appOf(ctx: PlatformContext): OAuthApp {
  if (ctx.app) return ctx.app;
  throw new PlatformFailure({
    kind: 'permission',
    message: 'This ClickPost installation has no Facebook app of its own yet.',
    remedy: 'Ask the operator to create a Meta app and to enter its id and secret.',
    docs: 'https://developers.facebook.com/docs/development/create-an-app/',
  });
}

/**
 * Proves that a call comes from a holder of the app secret; every call carries it.
 * https://developers.facebook.com/docs/graph-api/securing-requests
 */
export function appSecretProof(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}

/**
 * Makes one call. The token travels in the `Authorization` header, so that no recorded address holds it.
 * Throws `PlatformHttpError`, `MalformedAnswerError` or the transport's error.
 */
export async function callGraph(ctx: PlatformContext, call: GraphCall): Promise<JsonObject> {
  const url = new URL(graphUrl(ctx.endpoints, call.path));
  const proof = appSecretProof(call.token, appOf(ctx).clientSecret);
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
  if (call.body) call.body.set('appsecret_proof', proof);
  else url.searchParams.set('appsecret_proof', proof);
  const answer = await requestJson(ctx.fetch, call.operation, url.href, {
    method: call.method,
    headers: { authorization: `Bearer ${call.token}` },
    ...(call.body && { body: call.body }),
  });
  return answer.body;
}

/** A call that answers nothing but `{"success": true}`. */
export async function callForSuccess(ctx: PlatformContext, call: GraphCall): Promise<void> {
  const body = await callGraph(ctx, call);
  if (body.success !== true) throw new MalformedAnswerError(call.operation, '"success" is not true');
}

/**
 * Everything on an edge, read page by page. `paging.next` is an absolute address that holds the access token, so only its
 * cursor is taken from it: https://developers.facebook.com/docs/graph-api/results
 * Throws `MalformedAnswerError` when the cursors run in a circle or never end: then the edge has not been read.
 */
export async function* readEdge(
  ctx: PlatformContext,
  call: Omit<GraphCall, 'method' | 'body'>,
): AsyncGenerator<JsonObject> {
  const seen = new Set<string>();
  let after: string | undefined;
  do {
    const query = { ...call.query, ...(after !== undefined && { after }) };
    const body = await callGraph(ctx, { ...call, method: 'GET', query });
    if (!Array.isArray(body.data)) throw new MalformedAnswerError(call.operation, '"data" is not a list');
    yield* body.data.filter(isJsonObject);
    after = nextCursor(body, call.operation);
    if (after !== undefined && (seen.has(after) || seen.size >= MAX_PAGES)) {
      throw new MalformedAnswerError(call.operation, 'its pages do not come to an end');
    }
    if (after !== undefined) seen.add(after);
  } while (after !== undefined);
}

function nextCursor(body: JsonObject, operation: string): string | undefined {
  const paging = body.paging;
  if (!isJsonObject(paging) || typeof paging.next !== 'string') return undefined;
  const fromNext = URL.canParse(paging.next) ? new URL(paging.next).searchParams.get('after') : null;
  const fromCursors = isJsonObject(paging.cursors) ? paging.cursors.after : undefined;
  const cursor = fromNext ?? fromCursors;
  if (typeof cursor === 'string' && cursor !== '') return cursor;
  throw new MalformedAnswerError(operation, 'there is a next page without a cursor');
}
