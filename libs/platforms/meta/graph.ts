import { createHmac } from 'node:crypto';
import {
  appOf,
  isJsonObject,
  type JsonObject,
  MalformedAnswerError,
  type OAuthApp,
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
  /** Parameters of a GET or DELETE, sent in the URL: never a token, save where Meta reads it nowhere else. */
  query?: Readonly<Record<string, string>>;
  /** Parameters of a POST: `URLSearchParams`, or `FormData` where a file goes along. */
  body?: URLSearchParams | FormData;
}

/** As much of a context as an address hangs on. */
export type Endpoints = Pick<PlatformContext, 'endpoints'>;

/** What tells one Graph API from another. */
export interface GraphOptions {
  /** The platform's, for people. */
  name: string;
  /** The address with its version, without a slash at the end. */
  base: (ctx: Endpoints) => string;
  /** Whether each call carries `appsecret_proof`: https://developers.facebook.com/docs/graph-api/securing-requests */
  proof: boolean;
}

/** Calls of one Graph API. All throw `PlatformHttpError`, `MalformedAnswerError` or the transport's error. */
export interface GraphClient {
  url(ctx: Endpoints, path: string): string;
  /** The token travels in the `Authorization` header, so that no recorded address holds it. */
  call(ctx: PlatformContext, call: GraphCall): Promise<JsonObject>;
  /** A call that answers nothing but `{"success": true}`. */
  callForSuccess(ctx: PlatformContext, call: GraphCall): Promise<void>;
  /**
   * Everything on an edge, read page by page. `paging.next` is an absolute address that holds the access token, so only its
   * cursor is taken from it: https://developers.facebook.com/docs/graph-api/results
   * Throws `MalformedAnswerError` when the cursors run in a circle or never end: then the edge has not been read.
   */
  edge(ctx: PlatformContext, call: Omit<GraphCall, 'method' | 'body'>): AsyncGenerator<JsonObject>;
}

/** The client of one Graph API. */
export function graphClient({ name, base, proof }: GraphOptions): GraphClient {
  const url = (ctx: Endpoints, path: string): string => `${base(ctx)}/${path}`;
  const call = async (ctx: PlatformContext, asked: GraphCall): Promise<JsonObject> => {
    const address = new URL(url(ctx, asked.path));
    for (const [key, value] of Object.entries(asked.query ?? {})) address.searchParams.set(key, value);
    if (proof) {
      const parameters = asked.body ?? address.searchParams;
      parameters.set('appsecret_proof', appSecretProof(asked.token, metaAppOf(ctx, name).clientSecret));
    }
    const answer = await requestJson(ctx.fetch, asked.operation, address.href, {
      method: asked.method,
      headers: { authorization: `Bearer ${asked.token}` },
      ...(asked.body && { body: asked.body }),
    });
    return answer.body;
  };
  return {
    url,
    call,
    callForSuccess: async (ctx, asked) => {
      const body = await call(ctx, asked);
      if (body.success !== true) throw new MalformedAnswerError(asked.operation, '"success" is not true');
    },
    edge: (ctx, asked) => readEdge((query) => call(ctx, { ...asked, method: 'GET', query }), asked),
  };
}

async function* readEdge(
  read: (query: Record<string, string>) => Promise<JsonObject>,
  { operation, query }: Pick<GraphCall, 'operation' | 'query'>,
): AsyncGenerator<JsonObject> {
  const seen = new Set<string>();
  let after: string | undefined;
  do {
    const body = await read({ ...query, ...(after !== undefined && { after }) });
    if (!Array.isArray(body.data)) throw new MalformedAnswerError(operation, '"data" is not a list');
    yield* body.data.filter(isJsonObject);
    after = nextCursor(body, operation);
    if (after !== undefined && (seen.has(after) || seen.size >= MAX_PAGES)) {
      throw new MalformedAnswerError(operation, 'its pages do not come to an end');
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

/** The installation's app at Meta, for the network of this name. @throws PlatformFailure where there is none */
export function metaAppOf(ctx: Pick<PlatformContext, 'app'>, name: string): OAuthApp {
  return appOf(ctx, { name, at: 'Meta', docs: 'https://developers.facebook.com/docs/development/create-an-app/' });
}

/**
 * Proves that a call comes from a holder of the app secret.
 * https://developers.facebook.com/docs/graph-api/securing-requests
 */
export function appSecretProof(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}
