import {
  classifyByStatus,
  excerpt,
  type Failure,
  type FailureKind,
  genericFailure,
  PlatformFailure,
  PlatformHttpError,
  type PlatformManifest,
  retryAfter,
} from '#platforms/core';
import { type GoogleError, googleErrorOf } from './errors.js';
import { SIGN_IN_DOCS, SIGN_IN_END_DOCS } from './login.js';

/** What is known about a reason or a code. */
export type KnownFailure = Pick<Failure, 'kind' | 'message' | 'remedy' | 'docs' | 'scope'>;

/** What a platform knows beyond what all of Google's services have in common. */
export interface GoogleTables {
  /** By reason: `quotaExceeded`, `SERVICE_DISABLED`. They count before everything else. */
  reasons?: Readonly<Record<string, KnownFailure>>;
  /** By canonical code, where no reason is known: `RESOURCE_EXHAUSTED`. */
  statuses?: Readonly<Record<string, KnownFailure>>;
  /** The page that explains the platform's errors. */
  docs: string;
}

/** https://cloud.google.com/apis/design/errors#handling_errors */
const STATUS_KINDS: Readonly<Record<string, FailureKind>> = {
  UNAUTHENTICATED: 'auth',
  PERMISSION_DENIED: 'permission',
  RESOURCE_EXHAUSTED: 'rate-limit',
  INVALID_ARGUMENT: 'content',
  FAILED_PRECONDITION: 'content',
  OUT_OF_RANGE: 'content',
  ALREADY_EXISTS: 'duplicate',
  ABORTED: 'unavailable',
  CANCELLED: 'unavailable',
  DATA_LOSS: 'unavailable',
  DEADLINE_EXCEEDED: 'unavailable',
  INTERNAL: 'unavailable',
  UNAVAILABLE: 'unavailable',
  UNKNOWN: 'unavailable',
};

/** Reasons that no words of their own are needed for. https://cloud.google.com/php/docs/reference/common-protos/latest/Api.ErrorReason */
const REASON_KINDS: Readonly<Record<string, FailureKind>> = {
  ACCESS_TOKEN_EXPIRED: 'auth',
  ACCESS_TOKEN_TYPE_UNSUPPORTED: 'auth',
  ACCOUNT_STATE_INVALID: 'auth',
  CREDENTIALS_MISSING: 'auth',
  RATE_LIMIT_EXCEEDED: 'rate-limit',
  SESSION_COOKIE_INVALID: 'auth',
  USER_PROJECT_DENIED: 'permission',
  authError: 'auth',
  backendError: 'unavailable',
  dailyLimitExceeded: 'rate-limit',
  expired: 'auth',
  internalError: 'unavailable',
  quotaExceeded: 'rate-limit',
  rateLimitExceeded: 'rate-limit',
  userRateLimitExceeded: 'rate-limit',
};

/** Limits of the project concern everybody whose posts go out by it; this one alone is a person's. */
const PERSONAL_LIMITS = new Set(['userRateLimitExceeded']);

/** Translates what any method threw, and what the passport strategy handed on. Pure; never throws. */
export function classifyGoogle(error: unknown, manifest: PlatformManifest, now: Date, tables: GoogleTables): Failure {
  if (error instanceof PlatformFailure) return error.failure;
  const said = googleErrorOf(error);
  if (!said) return classifyByStatus(error, manifest, now);
  const words = wordsOf(said, manifest, tables);
  const retryAt = retryOf(said, error, now);
  const heard = heardOf(said);
  const wait = words.kind === 'rate-limit' || words.kind === 'unavailable';
  return {
    docs: tables.docs,
    ...words,
    platformCode: said.signIn ?? said.reasons[0] ?? said.status ?? String(said.code),
    ...(heard !== '' && { platformMessage: excerpt(withoutTokens(heard), 1_000) }),
    ...(wait && retryAt && { retryAt: retryAt.toISOString() }),
  };
}

function wordsOf(said: GoogleError, manifest: PlatformManifest, tables: GoogleTables): Failure {
  if (said.signIn !== undefined) return ofSignIn(said.signIn, said.code, manifest.name);
  const common = commonReasons(manifest.name, said);
  for (const reason of said.reasons) {
    const known = tables.reasons?.[reason] ?? common[reason];
    if (known) return { ...known };
    const kind = REASON_KINDS[reason];
    if (kind) return ofKind(kind, manifest.name, PERSONAL_LIMITS.has(reason) ? 'channel' : 'app');
  }
  const { status, code } = said;
  const known = status === undefined ? undefined : tables.statuses?.[status];
  if (known) return { ...known };
  const kind = (status === undefined ? undefined : STATUS_KINDS[status]) ?? kindOfCode(code);
  return ofKind(kind, manifest.name, 'app');
}

function ofKind(kind: FailureKind, name: string, scope: 'channel' | 'app'): Failure {
  return { ...genericFailure(kind, name), ...(kind === 'rate-limit' && { scope }) };
}

function kindOfCode(code: number): FailureKind {
  if (code === 401) return 'auth';
  if (code === 403) return 'permission';
  if (code === 429) return 'rate-limit';
  if (code === 400 || code === 412 || code === 422) return 'content';
  if (code === 408 || code >= 500) return 'unavailable';
  return 'unknown';
}

/** What the sign-in answers. https://developers.google.com/identity/protocols/oauth2/web-server#exchange-errors */
function ofSignIn(signIn: string, code: number, name: string): Failure {
  switch (signIn) {
    case 'invalid_grant':
    case 'invalid_token':
      return {
        kind: 'auth',
        message: `Google no longer accepts this sign-in to ${name}: it was withdrawn, or its time is over.`,
        remedy: 'Reconnect the account; everything scheduled on it is kept and goes out afterwards.',
        docs: SIGN_IN_END_DOCS,
      };
    case 'invalid_client':
    case 'unauthorized_client':
    case 'deleted_client':
    case 'redirect_uri_mismatch':
      return {
        kind: 'permission',
        message: 'Google does not accept the app of this ClickPost installation.',
        remedy:
          'Ask the operator to compare id, secret and redirect address of the Google app with the Google Cloud console.',
        docs: SIGN_IN_DOCS,
      };
    case 'admin_policy_enforced':
      return {
        kind: 'permission',
        message: 'The administrator of this Google Workspace does not allow ClickPost to be connected.',
        remedy: 'Ask the administrator to allow the app in the admin console, or use another Google account.',
        docs: SIGN_IN_DOCS,
      };
    default:
      return { ...genericFailure(code >= 500 ? 'unavailable' : 'auth', name), docs: SIGN_IN_DOCS };
  }
}

/** What all of Google's services name in the same way. */
function commonReasons(name: string, said: GoogleError): Readonly<Record<string, KnownFailure>> {
  const scopeMissing: KnownFailure = {
    kind: 'permission',
    message: `ClickPost lacks a permission for ${name} that this needs.`,
    remedy: 'Reconnect the account, and tick every permission on Google’s page.',
    docs: 'https://developers.google.com/identity/protocols/oauth2/resources/granular-permissions',
  };
  const serviceDisabled: KnownFailure = {
    kind: 'permission',
    message: `The Google Cloud project of this installation has not enabled ${apiIn(said)}, which ${name} needs.`,
    remedy:
      'Ask the operator to enable it in the Google Cloud console, under "APIs & Services", and to wait some minutes.',
    docs: 'https://docs.cloud.google.com/service-usage/docs/troubleshooting',
  };
  const projectSuspended: KnownFailure = {
    kind: 'permission',
    message: 'Google has suspended the Google Cloud project of this installation.',
    remedy: 'Ask the operator to look at the project in the Google Cloud console.',
    docs: 'https://docs.cloud.google.com/service-usage/docs/troubleshooting',
  };
  return {
    ACCESS_TOKEN_SCOPE_INSUFFICIENT: scopeMissing,
    insufficientPermissions: scopeMissing,
    SERVICE_DISABLED: serviceDisabled,
    accessNotConfigured: serviceDisabled,
    CONSUMER_SUSPENDED: projectSuspended,
    CONSUMER_INVALID: projectSuspended,
  };
}

/** Some platforms need several APIs: "Google My Business API has not been used in project 123 before or it is disabled." */
function apiIn({ message = '', errorInfo }: GoogleError): string {
  const [, title] = /^([\w &+()-]{3,80}) has not been used in project /.exec(message) ?? [];
  const named = title ?? errorInfo?.metadata.service;
  return named === undefined ? 'an API' : `"${named}"`;
}

function retryOf({ retryDelayMs }: GoogleError, error: unknown, now: Date): Date | undefined {
  if (retryDelayMs !== undefined) return new Date(now.getTime() + retryDelayMs);
  return error instanceof PlatformHttpError ? retryAfter(error.headers, now) : undefined;
}

/** What Google said, with the fields that it found fault with. */
function heardOf({ message = '', fieldViolations }: GoogleError): string {
  const fields = fieldViolations.map(({ field, description }) =>
    [field, description].filter((text) => text !== '').join(': '),
  );
  return [message, ...fields].filter((text) => text !== '').join(' – ');
}

/** Access tokens begin with `ya29.`, refresh tokens with `1//`, codes with `4/`. */
function withoutTokens(text: string): string {
  return text.replaceAll(/(?:\bya29\.|\b1\/\/|\b4\/)[\w.-]{8,}/g, '(token)');
}
