import {
  classifyByStatus,
  excerpt,
  type Failure,
  genericFailure,
  isJsonObject,
  parseJson,
  PlatformFailure,
  PlatformHttpError,
  retryAfter,
} from '#platforms/core';
import { OPERATIONS } from './api.js';
import { BY_UPLOAD_STATUS, KNOWN } from './failures.js';
import { manifest } from './manifest.js';
import { ERROR_DOCS } from './pages.js';

interface Said {
  status: number;
  /** TikTok's own; left out where the answer has none. */
  code?: string;
  message?: string;
  /** TikTok's id of the request. */
  logId?: string;
  operation: string;
  headers?: Headers;
  body: unknown;
}

/** Translates what any method threw, and what the passport strategy handed on. Never throws. */
export function classify(error: unknown, now: Date): Failure {
  if (error instanceof PlatformFailure) return error.failure;
  const said = saidBy(error);
  if (!said) return classifyByStatus(error, manifest, now);
  const { code, message, logId, headers, status, operation } = said;
  const retryAt = headers && retryAfter(headers, now);
  return {
    ...wordsOf(said),
    platformCode: code ?? (operation === OPERATIONS.send ? `upload-${status}` : String(status)),
    ...(message !== undefined && message !== '' && { platformMessage: excerpt(withoutTokens(message), 1_000) }),
    ...(logId !== undefined && { requestId: logId }),
    ...(retryAt && { retryAt: retryAt.toISOString() }),
  };
}

function wordsOf({ status, code, operation, body }: Said): Failure {
  const known = code === undefined ? undefined : KNOWN[code];
  if (known) return { ...known };
  const general = (kind: Failure['kind']): Failure => ({ ...genericFailure(kind, manifest.name), docs: ERROR_DOCS });
  if (operation === OPERATIONS.send && code === undefined) {
    const sent = BY_UPLOAD_STATUS[status];
    if (sent) return { ...sent };
  }
  // New kinds of risk are named alike.
  if (code?.startsWith('spam_risk')) return general('content');
  if (status === 401) return general('auth');
  if (status === 429) return general('rate-limit');
  if (status >= 500) return general('unavailable');
  // Of what no page explains, all that was said is kept.
  return { ...general('unknown'), platformMessage: excerpt(withoutTokens(raw(body)), 1_000) };
}

/** What TikTok said, as an answer or through passport's strategy. Undefined where it said nothing. */
function saidBy(error: unknown): Said | undefined {
  if (error instanceof PlatformHttpError) {
    const { status, headers, body, operation } = error;
    return { status, headers, operation, body, ...fieldsOf(body) };
  }
  if (!(error instanceof Error) || error.name !== 'InternalOAuthError') return undefined;
  const { oauthError } = error as Error & { oauthError?: unknown };
  if (typeof oauthError !== 'object' || oauthError === null) return undefined;
  const { statusCode: status, data } = oauthError as Record<string, unknown>;
  if (typeof status !== 'number' || typeof data !== 'string') return undefined;
  const body = parseJson(data) ?? data;
  return { status, operation: 'sign in', body, ...fieldsOf(body) };
}

/**
 * Errors have two shapes: `{"error": {"code", "message", "log_id"}}` of the API, and `{"error", "error_description", "log_id"}`
 * of the sign-in. https://developers.tiktok.com/doc/tiktok-api-v2-error-handling
 */
function fieldsOf(body: unknown): Pick<Said, 'code' | 'message' | 'logId'> {
  if (!isJsonObject(body)) return {};
  const { error } = body;
  const [code, message, logId] = isJsonObject(error)
    ? [error.code, error.message, error.log_id]
    : [error, body.error_description, body.log_id];
  return {
    ...(typeof code === 'string' && { code }),
    ...(typeof message === 'string' && { message }),
    ...(typeof logId === 'string' && logId !== '' && { logId }),
  };
}

function raw(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body ?? null);
}

/** Tokens begin with `act.` and `rft.`: https://developers.tiktok.com/doc/oauth-user-access-token-management */
function withoutTokens(text: string): string {
  return text.replaceAll(/\b(?:act|rft)\.[\w!.*-]+/g, '(token)').replaceAll(/upload_token=[^&\s"]+/g, '(token)');
}
