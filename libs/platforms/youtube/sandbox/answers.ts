import { type JsonObject, type SandboxAnswer, type SandboxRequest } from '#platforms/core';
import { googleProblem, type GoogleRefusal } from '#platforms/google/sandbox';

const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  413: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

/** An error in YouTube's form. https://developers.google.com/youtube/v3/docs/errors */
export function problem(
  code: number,
  reason: string,
  message: string,
  options: { domain?: string; retryAfterSeconds?: number } = {},
): GoogleRefusal {
  const { domain = 'youtube.video', retryAfterSeconds } = options;
  return googleProblem({
    ...{ code, status: STATUSES[code] ?? 'UNKNOWN', message },
    listed: { reason, domain, message },
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

/** A parameter or a field that is wrong, of which the pages name no reason of its own. */
export const badRequest = (message: string): GoogleRefusal => problem(400, 'badRequest', message, { domain: 'global' });

export const videoNotFound = (): GoogleRefusal =>
  problem(404, 'videoNotFound', 'The video that you are trying to change cannot be found.');

export const forbidden = (message = 'Forbidden'): GoogleRefusal => problem(403, 'forbidden', message);

/** A success. */
export function ok(body: JsonObject): SandboxAnswer {
  return { status: 200, body };
}

/** Only known parameters, and those that have to be there. */
export function requireQuery(
  { query }: SandboxRequest,
  { required = [], optional = [] }: { required?: readonly string[]; optional?: readonly string[] },
): void {
  const known = [...required, ...optional];
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw problem(400, 'unexpectedParameter', `Unknown name "${unknown}".`, { domain: 'youtube.parameter' });
  }
  const missing = required.find((name) => query[name] === undefined || query[name] === '');
  if (missing !== undefined) {
    throw problem(400, 'missingRequiredParameter', `No value for "${missing}".`, { domain: 'youtube.parameter' });
  }
}

/** The parts of a request; every one has to be known. */
export function partsOf({ query }: SandboxRequest, known: readonly string[]): string[] {
  const parts = (query.part ?? '').split(',');
  const unknown = parts.find((part) => !known.includes(part));
  if (unknown !== undefined) {
    throw problem(400, 'unknownPart', `'${unknown}' is no part here.`, { domain: 'youtube.part' });
  }
  return parts;
}

/** A page of a list. https://developers.google.com/youtube/v3/guides/implementation/pagination */
export function pageOf<T extends { id: string }>(
  { query }: SandboxRequest,
  all: readonly T[],
  node: (item: T) => JsonObject,
  { kind, most = 50, cap = 5 }: { kind: string; most?: number; cap?: number },
): JsonObject {
  const { maxResults: size = '5', pageToken } = query;
  if (!/^\d+$/.test(size) || Number(size) > most) throw badRequest(`maxResults must be 0 to ${most}.`);
  const start = pageToken === undefined ? 0 : all.findIndex(({ id }) => tokenOf(id) === pageToken) + 1;
  if (pageToken !== undefined && start === 0) {
    throw problem(400, 'invalidPageToken', 'The page token is not valid.', { domain: 'youtube.parameter' });
  }
  // Small, so that nobody reads one page and takes it for all: "may return fewer".
  const items = all.slice(start, start + Math.min(Number(size), cap));
  const last = items.at(-1);
  const isMore = last !== undefined && start + items.length < all.length;
  return {
    kind,
    pageInfo: { totalResults: all.length, resultsPerPage: items.length },
    items: items.map(node),
    ...(isMore && { nextPageToken: tokenOf(last.id) }),
  };
}

function tokenOf(id: string): string {
  return Buffer.from(`after:${id}`).toString('base64url');
}

/** Whole seconds, as YouTube has them. */
export function stamp(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
