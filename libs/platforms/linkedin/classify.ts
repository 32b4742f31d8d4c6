import {
  classifyByStatus,
  excerpt,
  type Failure,
  genericFailure,
  isJsonObject,
  type JsonObject,
  parseJson,
  PlatformFailure,
  PlatformHttpError,
} from '#platforms/core';
import { CODES, type KnownFailure, NO_POST_YET, versionEnded } from './failures.js';
import { INVALID_BODY, manifest } from './manifest.js';
import { ERRORS_DOCS } from './pages.js';

/** What LinkedIn said of an error. */
interface Said {
  /** Most exact first: of the field, of the answer, the number. */
  codes: string[];
  message?: string;
  /** Which field it names. */
  field?: string;
}

const DUPLICATE_OF = /duplicate of (urn:li:(?:share|ugcPost):\d+)/i;
/** "ERROR :: /author :: field is required but not found and has no default value": what LinkedIn says of the shape of a body. */
const SHAPE = /^ERROR :: \//;
/** "Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached." */
const DAY_LIMIT = /throttle (\w+) DAY limit/i;

/** Translates what any method threw, and what the passport strategy handed on. Never throws. */
export function classify(error: unknown, now: Date): Failure {
  if (error instanceof PlatformFailure) return error.failure;
  const answered = answerIn(error);
  if (!answered) return classifyByStatus(error, manifest, now);
  const { status, body, headers } = answered;
  const said = saidIn(body);
  const fallback = classifyByStatus(new PlatformHttpError(status, headers, body, ''), manifest, now);
  const code = said.codes[0] ?? String(status);
  return {
    ...fallback,
    ...wordsOf(status, said, fallback),
    platformCode: code,
    ...(said.message !== undefined && { platformMessage: excerpt(wordsAbout(said)) }),
    ...requestIdIn(headers),
    ...duplicateIn(said),
    ...limitIn(status, said, fallback, now),
  };
}

function wordsOf(status: number, said: Said, fallback: Failure): KnownFailure {
  // Nothing behind a fault of LinkedIn's own says what it did.
  if (status >= 500) return { ...genericFailure('unavailable', manifest.name), docs: ERRORS_DOCS };
  if (status === 426) return versionEnded();
  // Two changes of one thing at the same time: https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling
  if (status === 409) return { ...genericFailure('unavailable', manifest.name), docs: ERRORS_DOCS };
  if (isDuplicate(said) && CODES.DUPLICATE_POST) return CODES.DUPLICATE_POST;
  if (/unable to obtain activity/i.test(said.message ?? '')) return NO_POST_YET;
  const code = said.codes.find((found) => CODES[found] !== undefined && (ONLY_WITH[found] ?? status) === status);
  const known = code === undefined ? undefined : CODES[code];
  return known ?? { kind: fallback.kind, message: fallback.message, remedy: fallback.remedy, docs: ERRORS_DOCS };
}

/** Numbers that stand for several things: which one, the status tells. */
const ONLY_WITH: Readonly<Record<string, number>> = { '100': 403, '101': 429 };

function isDuplicate({ codes, message = '' }: Said): boolean {
  return codes.includes('DUPLICATE_POST') || DUPLICATE_OF.test(message);
}

function duplicateIn(said: Said): Pick<Failure, 'duplicateOf'> {
  const of = DUPLICATE_OF.exec(said.message ?? '')?.[1];
  return of === undefined ? {} : { duplicateOf: of };
}

/**
 * A limit of a day ends at midnight UTC; whom it concerns stands in its words.
 * https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/rate-limits
 */
function limitIn(
  status: number,
  { message = '' }: Said,
  { retryAt }: Failure,
  now: Date,
): Pick<Failure, 'retryAt' | 'scope'> {
  if (status !== 429) return {};
  const whose = DAY_LIMIT.exec(message)?.[1]?.toUpperCase();
  if (whose === undefined) return {};
  const midnight = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
  return {
    retryAt: retryAt ?? midnight.toISOString(),
    ...(whose === 'APPLICATION' && { scope: 'app' as const }),
  };
}

function wordsAbout({ message = '', field }: Said): string {
  const words = message.replace(/[\w-]{80,}/g, '[redacted]');
  return field === undefined || words.includes(field) ? words : `${field}: ${words}`;
}

/** https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling */
function requestIdIn(headers: Headers): Pick<Failure, 'requestId'> {
  const id = headers.get('x-li-uuid') ?? headers.get('x-restli-request-id');
  return id === null || id === '' ? {} : { requestId: id };
}

function saidIn(body: unknown): Said {
  if (!isJsonObject(body)) return { codes: [], ...(typeof body === 'string' && body !== '' && { message: body }) };
  const { error, error_description: description, code, serviceErrorCode, message } = body;
  const input = inputErrorIn(body);
  const words = input?.description ?? message ?? description;
  const shape = typeof message === 'string' && SHAPE.test(message) ? INVALID_BODY : undefined;
  const codes = [
    shape,
    input?.code,
    typeof code === 'string' ? code : undefined,
    textOf(error),
    textOf(serviceErrorCode),
  ];
  return {
    codes: codes.filter((found) => found !== undefined),
    // The URN of a duplicate stands in the one for the whole.
    ...(typeof message === 'string' && DUPLICATE_OF.test(message)
      ? { message }
      : typeof words === 'string' && { message: words }),
    ...(input?.field !== undefined && { field: input.field }),
  };
}

/** `errorDetails.inputErrors[0]`, which says which field is wrong and why. */
function inputErrorIn({
  errorDetails,
}: JsonObject): { code?: string; description?: string; field?: string } | undefined {
  const errors = isJsonObject(errorDetails) ? errorDetails.inputErrors : undefined;
  const first = Array.isArray(errors) ? errors.find(isJsonObject) : undefined;
  if (!first) return undefined;
  const path =
    isJsonObject(first.input) && isJsonObject(first.input.inputPath) ? first.input.inputPath.fieldPath : undefined;
  return {
    ...(typeof first.code === 'string' && { code: first.code }),
    ...(typeof first.description === 'string' && first.description !== '' && { description: first.description }),
    ...(typeof path === 'string' && { field: path }),
  };
}

/** 0 says nothing. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && value !== 0) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

interface Answered {
  status: number;
  body: unknown;
  headers: Headers;
}

/** What LinkedIn answered, to ClickPost itself or to passport's strategy. */
function answerIn(error: unknown): Answered | undefined {
  if (error instanceof PlatformHttpError) return error;
  if (!(error instanceof Error)) return undefined;
  const { name, code, status, message, oauthError } = error as Error & Record<string, unknown>;
  const headers = new Headers();
  // What stood in the address that led back, and what the exchange of the code was answered with.
  if ((name === 'AuthorizationError' || name === 'TokenError') && typeof code === 'string') {
    const body = { error: code, error_description: message };
    return { status: typeof status === 'number' && status < 500 ? status : 400, body, headers };
  }
  if (name !== 'InternalOAuthError' || typeof oauthError !== 'object' || oauthError === null) return undefined;
  const { statusCode, data } = oauthError as Record<string, unknown>;
  if (typeof statusCode !== 'number' || typeof data !== 'string') return undefined;
  return { status: statusCode, body: parseJson(data) ?? data, headers };
}
