import {
  classifyByStatus,
  excerpt,
  type Failure,
  genericFailure,
  isJsonObject,
  parseJson,
  PlatformFailure,
  PlatformHttpError,
} from '#platforms/core';
import { ERROR_DOCS, knownFailure } from './failures.js';
import { manifest } from './manifest.js';

/** The error object of a Graph answer: https://developers.facebook.com/docs/graph-api/guides/error-handling */
interface GraphError {
  code: number;
  subcode?: number;
  transient: boolean;
  message?: string;
  traceId?: string;
}

/** Translates what any method threw, and what the passport strategy handed on. Never throws. */
export function classify(error: unknown, now: Date): Failure {
  if (error instanceof PlatformFailure) return error.failure;
  const graph = graphErrorOf(error);
  if (!graph) return classifyByStatus(error, manifest, now);
  const retryAt = error instanceof PlatformHttpError ? retryAtOf(error.headers, now)?.toISOString() : undefined;
  return {
    ...wordsOf(graph, error),
    platformCode: platformCodeOf(graph),
    docs: ERROR_DOCS,
    ...(graph.message !== undefined && { platformMessage: excerpt(withoutTokens(graph.message)) }),
    ...(graph.traceId !== undefined && { requestId: graph.traceId }),
    ...(retryAt !== undefined && { retryAt }),
  };
}

/** Whether Facebook says that the object does not exist (or is out of this token's sight): code 100, subcode 33. */
export function isGone(error: unknown): boolean {
  const graph = graphErrorOf(error);
  return graph?.code === 100 && graph.subcode === 33;
}

function wordsOf(graph: GraphError, error: unknown): Failure {
  const known = knownFailure(graph.code, graph.subcode);
  // `is_transient` makes a vague refusal a passing fault, but a limit stays a limit and a dead token stays dead.
  if (graph.transient && (known === undefined || known.kind === 'content' || known.kind === 'media')) {
    return genericFailure('unavailable', manifest.name);
  }
  if (known) return { ...known };
  const serverFault = error instanceof PlatformHttpError && error.status >= 500;
  return genericFailure(serverFault ? 'unavailable' : 'unknown', manifest.name);
}

function platformCodeOf(graph: GraphError): string {
  return graph.subcode === undefined ? String(graph.code) : `${graph.code}/${graph.subcode}`;
}

function graphErrorOf(error: unknown): GraphError | undefined {
  if (error instanceof PlatformHttpError) return fromBody(error.body);
  if (error instanceof Error) return fromPassport(error);
  return undefined;
}

function fromBody(body: unknown): GraphError | undefined {
  if (!isJsonObject(body) || !isJsonObject(body.error)) return undefined;
  const { code, error_subcode: subcode, is_transient: transient, error_user_msg: userMessage, message } = body.error;
  if (typeof code !== 'number') return undefined;
  const words = userMessage ?? message;
  const traceId = body.error.fbtrace_id;
  return {
    code,
    transient: transient === true,
    ...(typeof subcode === 'number' && { subcode }),
    ...(typeof words === 'string' && { message: words }),
    ...(typeof traceId === 'string' && { traceId }),
  };
}

const PASSPORT_ERRORS = new Set(['FacebookTokenError', 'FacebookGraphAPIError', 'FacebookAuthorizationError']);

/** passport-facebook turns Graph errors of the code exchange into its own classes, which it does not export as types. */
function fromPassport(error: Error): GraphError | undefined {
  if (!PASSPORT_ERRORS.has(error.name)) return undefined;
  const { code, subcode, traceID } = error as Error & { code?: unknown; subcode?: unknown; traceID?: unknown };
  if (typeof code !== 'number') return undefined;
  return {
    code,
    transient: false,
    message: error.message,
    ...(typeof subcode === 'number' && { subcode }),
    ...(typeof traceID === 'string' && { traceId: traceID }),
  };
}

/** Facebook repeats a malformed token in its message. */
function withoutTokens(message: string): string {
  return message.replace(/(malformed access token )\S+/gi, '$1[redacted]').replace(/[\w|.-]{40,}/g, '[redacted]');
}

/**
 * When calls are allowed again: the longest `estimated_time_to_regain_access` (minutes) of the usage headers.
 * https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
function retryAtOf(headers: Headers, now: Date): Date | undefined {
  const usages = ['x-business-use-case-usage', 'x-app-usage'].map((name) => parseJson(headers.get(name) ?? ''));
  const minutes = Math.max(0, ...usages.flatMap(minutesIn));
  return minutes > 0 ? new Date(now.getTime() + minutes * 60_000) : undefined;
}

/** The one header holds lists of usages by object id, the other a single usage. */
function minutesIn(usage: unknown): number[] {
  if (Array.isArray(usage)) return usage.flatMap(minutesIn);
  if (!isJsonObject(usage)) return [];
  const own = usage.estimated_time_to_regain_access;
  return [...(typeof own === 'number' ? [own] : []), ...Object.values(usage).flatMap(minutesIn)];
}
