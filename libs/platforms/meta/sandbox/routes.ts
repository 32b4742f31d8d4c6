import { type SandboxAnswer, type SandboxRequest, type SandboxRoute } from '#platforms/core';
import { badParameter, errorAnswer, GraphRefusal, unknownPath } from './answers.js';

/** One edge or node of a practice Graph API. */
export interface GraphRow {
  method: SandboxRoute['method'];
  /** Below the version, without a leading slash: `:id/feed`. */
  path: string;
  operation: SandboxRoute['operation'];
  /** The parameters that it knows, beside those that every call may have; every other is refused. */
  parameters?: readonly string[];
  handle(request: SandboxRequest): SandboxAnswer | Promise<SandboxAnswer>;
}

/** How a practice Graph API is mounted. */
export interface GraphMount {
  /** `/graph` */
  mount: string;
  /** The versions that are alive. */
  versions: ReadonlySet<string>;
  rows: readonly GraphRow[];
  /** The headers of usage for an answer, once it counts. Throws `GraphRefusal` where nothing more may be asked. */
  usage?(request: SandboxRequest): Record<string, string>;
}

/** Versions that are alive: https://developers.facebook.com/docs/graph-api/changelog/versions */
export const LIVE_VERSIONS: ReadonlySet<string> = new Set(['v21.0', 'v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0']);

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Every call may have these: https://developers.facebook.com/docs/graph-api/overview */
const EVERYWHERE = ['access_token', 'appsecret_proof', 'fields'];

/** The exchange of codes and tokens, wherever it is mounted. */
const EXCHANGE = 'oauth/access_token';
const OF_EXCHANGE = 'client_id client_secret redirect_uri code code_verifier grant_type fb_exchange_token'.split(' ');

/** The routes of a practice Graph API, with its errors in Graph's form. What is not there is told as Graph tells it. */
export function graphRoutes(mounted: GraphMount): SandboxRoute[] {
  const routes = mounted.rows.map((row): SandboxRoute => ({
    method: row.method,
    path: `${mounted.mount}/:version/${row.path}`,
    operation: row.operation,
    handle: (request) => asGraph(() => answer(mounted, row, request)),
  }));
  const missing = METHODS.map((method): SandboxRoute => ({
    method,
    path: `${mounted.mount}/{*rest}`,
    operation: 'read',
    handle: (request) => asGraph(() => nothingThere(mounted, request)),
  }));
  return [...routes, ...missing];
}

/** A handler whose refusals become Graph's error answers. */
export async function asGraph(handle: () => SandboxAnswer | Promise<SandboxAnswer>): Promise<SandboxAnswer> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof GraphRefusal) return errorAnswer(error.error, error.status, error.regainMinutes);
    throw error;
  }
}

async function answer(mounted: GraphMount, row: GraphRow, request: SandboxRequest): Promise<SandboxAnswer> {
  if (!mounted.versions.has(request.params.version ?? '')) nothingThere(mounted, request);
  const usage = mounted.usage?.(request) ?? {};
  refuseUnknown(row, request);
  // A refusal carries the headers of usage too.
  const answered = await asGraph(() => row.handle(request));
  return { ...answered, headers: { ...usage, ...answered.headers } };
}

/** `attached_media[0]` is known by its name alone. */
function refuseUnknown({ path, parameters = [] }: GraphRow, { query, form, files }: SandboxRequest): void {
  const known = new Set([...EVERYWHERE, ...(path === EXCHANGE ? OF_EXCHANGE : []), ...parameters]);
  const given = [...Object.keys(query), ...Object.keys(form), ...files.map(({ field }) => field)];
  const unknown = given.find((name) => !known.has(name.replace(/\[\d*\]$/, '')));
  if (unknown !== undefined) throw badParameter(`Tried accessing nonexisting field (${unknown})`);
}

function nothingThere({ mount }: GraphMount, request: SandboxRequest): never {
  throw unknownPath(request.path.slice(mount.length));
}
