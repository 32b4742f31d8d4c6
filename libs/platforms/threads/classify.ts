import { type Failure, PlatformHttpError } from '#platforms/core';
import { classifyGraph, graphErrorOf, isGone } from '#platforms/meta';
import { CODES, NAMED_CODES, SUBCODES } from './failures.js';
import { manifest } from './manifest.js';
import { REFERENCE_DOCS } from './pages.js';

/** "Media Not Found", of a container or a post that Threads does not see yet, or no more. */
const NOT_FOUND = new Set([4_279_004, 4_279_009]);
const NAMED_CODE = /THREADS_API__\w+/;

/** Translates what any method threw, and what the passport strategy handed on. Never throws. */
export function classify(error: unknown, now: Date): Failure {
  const failure = classifyGraph({ manifest, subcodes: SUBCODES, codes: CODES }, error, now);
  const name = namedCode(error);
  if (name === undefined) return failure;
  const known = NAMED_CODES[name];
  const named = { ...failure, platformCode: name };
  return known ? { ...named, ...known, docs: known.docs ?? REFERENCE_DOCS } : named;
}

/** Whether Threads does not find the object: it is gone, or it is not there yet. */
export function isMissing(error: unknown): boolean {
  const graph = graphErrorOf(error);
  return isGone(error) || (graph?.subcode !== undefined && NOT_FOUND.has(graph.subcode));
}

/** Whether it is for want of a permission that Threads refused to answer. */
export function isNotAllowed(error: unknown): boolean {
  const code = graphErrorOf(error)?.code;
  return code === 3 || code === 10 || (code !== undefined && code >= 200 && code <= 299);
}

/**
 * The pages name these codes without showing the answer that holds them: they are found wherever they stand.
 * https://developers.facebook.com/documentation/threads/posts#links
 */
function namedCode(error: unknown): string | undefined {
  if (!(error instanceof PlatformHttpError)) return undefined;
  const { body } = error;
  return NAMED_CODE.exec(typeof body === 'string' ? body : JSON.stringify(body ?? ''))?.[0];
}
