import {
  classifyByStatus,
  excerpt,
  type Failure,
  genericFailure,
  isJsonObject,
  PlatformFailure,
  PlatformHttpError,
  type PlatformManifest,
} from '#platforms/core';
import { ERROR_DOCS, type KnownFailure } from './codes.js';
import { type GraphError, graphErrorOf } from './errors.js';
import { regainAt } from './pressure.js';

/** What a platform knows about codes: those of `commonCodes` and `commonSubcodes`, and its own. */
export interface CodeTables {
  manifest: PlatformManifest;
  /** Subcodes, whose meaning does not hang on the code in front of them. They are looked for first. */
  subcodes: Readonly<Record<number, KnownFailure>>;
  /** 200 stands for all of 200 to 299 and 80001 for all of 80000 to 80099 that are not named. */
  codes: Readonly<Record<number, KnownFailure>>;
}

/** Translates what any method threw, and what a passport strategy handed on. Never throws. */
export function classifyGraph(tables: CodeTables, error: unknown, now: Date): Failure {
  if (error instanceof PlatformFailure) return error.failure;
  const graph = graphErrorOf(error);
  if (!graph)
    return withHint(uploadFailure(tables, error) ?? classifyByStatus(error, tables.manifest, now), error, now);
  const { docs, ...known } = wordsOf(tables, graph, error);
  return withHint(
    {
      ...(graph.message !== undefined && { platformMessage: excerpt(withoutTokens(graph.message)) }),
      ...known,
      platformCode: platformCodeOf(graph),
      docs: docs ?? ERROR_DOCS,
      ...(graph.traceId !== undefined && { requestId: graph.traceId }),
    },
    error,
    now,
  );
}

/**
 * The host of uploads has errors of its own form: `{"debug_info": {"retriable", "type", "message"}}`.
 * https://developers.facebook.com/docs/video-api/guides/reels-publishing
 */
function uploadFailure({ manifest }: CodeTables, error: unknown): Failure | undefined {
  if (!(error instanceof PlatformHttpError) || !isJsonObject(error.body) || error.status === 401) return undefined;
  const { debug_info: info } = error.body;
  if (!isJsonObject(info)) return undefined;
  const { type, message, retriable } = info;
  // Where to go on is asked again at the next try.
  const passing = retriable === true || error.status >= 500 || type === 'OffsetInvalidError';
  return {
    ...genericFailure(passing ? 'unavailable' : 'media', manifest.name),
    platformCode: typeof type === 'string' ? type : String(error.status),
    ...(typeof message === 'string' && { platformMessage: excerpt(withoutTokens(message)) }),
  };
}

/** What is known about a code, the subcode first. Undefined when it is not documented. */
export function knownFailure(
  { subcodes, codes }: Pick<CodeTables, 'subcodes' | 'codes'>,
  code: number,
  subcode: number | undefined,
): KnownFailure | undefined {
  const specific = (subcode !== undefined && subcodes[subcode]) || subcodes[code] || codes[code];
  if (specific) return specific;
  // 200 to 299 are permissions, 80000 to 80099 the limits by business use case:
  // https://developers.facebook.com/docs/graph-api/overview/rate-limiting
  if (code >= 200 && code <= 299) return codes[200];
  if (code >= 80_000 && code <= 80_099) return codes[80_001];
  return undefined;
}

function wordsOf(tables: CodeTables, graph: GraphError, error: unknown): Failure {
  const { name } = tables.manifest;
  const known = knownFailure(tables, graph.code, graph.subcode);
  // `is_transient` makes a vague refusal a passing fault, but a limit stays a limit and a dead token stays dead.
  if (graph.transient && (known === undefined || known.kind === 'content' || known.kind === 'media')) {
    return genericFailure('unavailable', name);
  }
  if (known) return { ...known };
  const serverFault = error instanceof PlatformHttpError && error.status >= 500;
  const failure = genericFailure(serverFault ? 'unavailable' : 'unknown', name);
  // Of a code that nobody explains, all that was said is kept.
  const raw = error instanceof PlatformHttpError ? rawOf(error.body) : undefined;
  return raw === undefined ? failure : { ...failure, platformMessage: raw };
}

/** What a platform said as a whole, where it said it in no known way. */
function rawOf(body: unknown): string {
  return excerpt(withoutTokens(typeof body === 'string' ? body : JSON.stringify(body)), 1_000);
}

function platformCodeOf(graph: GraphError): string {
  return graph.subcode === undefined ? String(graph.code) : `${graph.code}/${graph.subcode}`;
}

/** The usage headers say when calls are allowed again: of a limit alone, as every answer carries them. */
function withHint(failure: Failure, error: unknown, now: Date): Failure {
  if (!(error instanceof PlatformHttpError)) return failure;
  const at = regainAt(error.headers, now);
  return at === undefined ? failure : { ...failure, retryAt: at.toISOString() };
}

/** Meta repeats a malformed token in its message. */
function withoutTokens(message: string): string {
  return message.replace(/(malformed access token )\S+/gi, '$1[redacted]').replace(/[\w|.-]{40,}/g, '[redacted]');
}
