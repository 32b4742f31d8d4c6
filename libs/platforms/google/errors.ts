import { isJsonObject, type Json, parseJson, PlatformHttpError } from '#platforms/core';

/**
 * What Google said, in either of its two forms: the older list of `errors` with reasons, which YouTube has, and
 * `google.rpc.Status` with details, which the newer services have; many answers hold both.
 * https://cloud.google.com/apis/design/errors, https://developers.google.com/youtube/v3/docs/errors
 */
export interface GoogleError {
  /** The status of the answer, as HTTP has it. */
  code: number;
  /** The canonical code: `PERMISSION_DENIED`. https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
  status?: string;
  /** Every reason that is named, that of `google.rpc.ErrorInfo` first: `SERVICE_DISABLED`, `quotaExceeded`. */
  reasons: string[];
  message?: string;
  /** Which fields of the request are wrong, and why. */
  fieldViolations: { field: string; description: string }[];
  /** How long to wait, in milliseconds. */
  retryDelayMs?: number;
  /** What `google.rpc.ErrorInfo` says beside its reason: the service, the limit. */
  errorInfo?: { reason: string; domain: string; metadata: Readonly<Record<string, string>> };
  /** The error code of the sign-in, where it came from there: `invalid_grant`. RFC 6749, 5.2. */
  signIn?: string;
}

/** What Google said, whether it came as an answer or through a passport strategy. Undefined where it said nothing of that kind. */
export function googleErrorOf(error: unknown): GoogleError | undefined {
  if (error instanceof PlatformHttpError) return fromBody(error.status, error.body);
  if (error instanceof Error) return fromPassport(error);
  return undefined;
}

/**
 * Whether the limit that was met is one of a day: what Google answers has the reason of a short one (`rateLimitExceeded`) and
 * tells by the limit's name, its unit or its words alone, and a wait that it names beside that may be much too short.
 * https://github.com/googleapis/google-api-python-client/issues/2753
 */
export function isDailyLimit({ errorInfo, message = '' }: GoogleError): boolean {
  const { quota_limit: limit = '', quota_unit: unit = '' } = errorInfo?.metadata ?? {};
  return /PerDay/i.test(limit) || unit.startsWith('1/d/') || /\blimit '[^']* per day'/i.test(message);
}

/** Whether Google says that the object is not there. */
export function isGoneAtGoogle(error: unknown): boolean {
  const said = googleErrorOf(error);
  return said !== undefined && (said.code === 404 || said.code === 410);
}

function fromBody(status: number, body: unknown): GoogleError | undefined {
  if (!isJsonObject(body)) return undefined;
  if (typeof body.error === 'string') return fromSignIn(status, body.error, body.error_description);
  const { error } = body;
  if (!isJsonObject(error)) return undefined;
  const details = objectsIn(error.details);
  const errorInfo = errorInfoIn(details);
  const listed = objectsIn(error.errors).flatMap(({ reason }) => (typeof reason === 'string' ? [reason] : []));
  const retryDelayMs = retryDelayIn(details);
  return {
    code: typeof error.code === 'number' ? error.code : status,
    reasons: [...new Set([...(errorInfo ? [errorInfo.reason] : []), ...listed])],
    fieldViolations: violationsIn(details),
    ...(typeof error.status === 'string' && { status: error.status }),
    ...(typeof error.message === 'string' && { message: error.message }),
    ...(errorInfo && { errorInfo }),
    ...(retryDelayMs !== undefined && { retryDelayMs }),
  };
}

/** https://developers.google.com/identity/protocols/oauth2/web-server#exchange-errors */
function fromSignIn(code: number, signIn: string, description: unknown): GoogleError {
  return {
    code,
    signIn,
    reasons: [],
    fieldViolations: [],
    ...(typeof description === 'string' && description !== '' && { message: description }),
  };
}

/** What passport-oauth2 makes of an answer to the code exchange, and of an error that the consent page sends back. */
function fromPassport(error: Error): GoogleError | undefined {
  const { code, status, oauthError } = error as Error & Record<string, unknown>;
  if (error.name === 'TokenError' || error.name === 'AuthorizationError') {
    return typeof code === 'string'
      ? fromSignIn(typeof status === 'number' ? status : 400, code, error.message)
      : undefined;
  }
  if (error.name !== 'InternalOAuthError' || typeof oauthError !== 'object' || oauthError === null) return undefined;
  const { statusCode, data } = oauthError as Record<string, unknown>;
  return typeof statusCode === 'number' && typeof data === 'string' ? fromBody(statusCode, parseJson(data)) : undefined;
}

type Detail = Record<string, unknown>;

/** Of one kind: each says by `@type` what it is. https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto */
function ofType(details: readonly Detail[], name: string): Detail[] {
  return details.filter(({ '@type': type }) => typeof type === 'string' && type.endsWith(`/google.rpc.${name}`));
}

function errorInfoIn(details: readonly Detail[]): GoogleError['errorInfo'] {
  const [info] = ofType(details, 'ErrorInfo');
  if (typeof info?.reason !== 'string') return undefined;
  const { metadata } = info;
  const told = isJsonObject(metadata) ? Object.entries(metadata) : [];
  return {
    reason: info.reason,
    domain: typeof info.domain === 'string' ? info.domain : '',
    metadata: Object.fromEntries(told.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
  };
}

/** `google.rpc.BadRequest`; version 4 of the API of Business Profile has details of its own instead, of the same fields. */
function violationsIn(details: readonly Detail[]): GoogleError['fieldViolations'] {
  const listed = ofType(details, 'BadRequest').flatMap(({ fieldViolations }) => objectsIn(fieldViolations));
  const own = details.flatMap(({ errorDetails }) => objectsIn(errorDetails));
  return [...listed, ...own].map(({ field, description, message }) => ({
    field: typeof field === 'string' ? field : '',
    description: [description, message].find((text) => typeof text === 'string') ?? '',
  }));
}

/** A duration in seconds: `"30s"`, `"1.5s"`. */
function retryDelayIn(details: readonly Detail[]): number | undefined {
  const [info] = ofType(details, 'RetryInfo');
  const [, seconds] = /^(\d+(?:\.\d+)?)s$/.exec(typeof info?.retryDelay === 'string' ? info.retryDelay : '') ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

function objectsIn(value: unknown): Detail[] {
  return Array.isArray(value) ? (value as Json[]).filter(isJsonObject) : [];
}
