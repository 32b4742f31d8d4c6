import {
  classifyByStatus,
  excerpt,
  type Failure,
  type FailureKind,
  genericFailure,
  PlatformHttpError,
  retryAfter,
} from '#platforms/core';
import { manifest } from './manifest.js';
import { xrpcErrorName } from './xrpc.js';

/**
 * Error names to kinds. The name decides and not the status: an expired token is answered with HTTP 400.
 * https://atproto.com/specs/xrpc#error-responses and the `errors` of each method's lexicon.
 */
const KINDS: ReadonlyMap<string, FailureKind> = new Map([
  ['ExpiredToken', 'auth'],
  ['InvalidToken', 'auth'],
  ['AuthMissing', 'auth'],
  ['AuthenticationRequired', 'auth'],
  ['AuthFactorTokenRequired', 'auth'],
  ['Forbidden', 'permission'],
  ['AccountTakedown', 'permission'],
  ['AccountDeactivated', 'permission'],
  ['RepoTakendown', 'permission'],
  ['RepoSuspended', 'permission'],
  ['RepoDeactivated', 'permission'],
  ['RateLimitExceeded', 'rate-limit'],
  ['BlobTooLarge', 'media'],
  ['BlobNotFound', 'media'],
  ['InvalidMimeType', 'media'],
  ['InvalidSize', 'media'],
  ['PayloadTooLarge', 'media'],
  ['InvalidRequest', 'content'],
  ['InvalidSwap', 'duplicate'],
]);

/** Translates what Bluesky, or the way to it, answered. Pure; never throws. */
export function classify(error: unknown, now: Date): Failure {
  const byStatus = classifyByStatus(error, manifest, now);
  if (!(error instanceof PlatformHttpError)) return byStatus;
  const name = xrpcErrorName(error);
  const platformMessage = messageOf(error);
  const kind = kindOf(name, platformMessage) ?? byStatus.kind;
  const retryAt = kind === 'rate-limit' ? (retryAfter(error.headers, now) ?? resetTime(error.headers)) : undefined;
  const requestId = error.headers.get('x-request-id');
  return {
    ...byStatus,
    ...(kind !== byStatus.kind && genericFailure(kind, manifest.name)),
    ...signInWords(error, kind),
    platformCode: name ?? String(error.status),
    ...(platformMessage !== undefined && { platformMessage }),
    ...(requestId !== null && { requestId }),
    ...(retryAt && { retryAt: retryAt.toISOString() }),
    docs: kind === 'rate-limit' ? 'https://docs.bsky.app/docs/advanced-guides/rate-limits' : docsOf(error.operation),
  };
}

/** Newer servers answer a file that breaks its lexicon with a general name, and name the file only in the message. */
function kindOf(name: string | undefined, message = ''): FailureKind | undefined {
  if (name === 'InvalidRequest' && /\bembed[./](images|video)\b/.test(message)) return 'media';
  return name === undefined ? undefined : KINDS.get(name);
}

/** Bluesky's `ratelimit-reset` is an instant in seconds since 1970. https://docs.bsky.app/docs/advanced-guides/rate-limits */
function resetTime(headers: Headers): Date | undefined {
  const seconds = headers.get('ratelimit-reset');
  return seconds !== null && /^\d{1,12}$/.test(seconds) ? new Date(Number(seconds) * 1000) : undefined;
}

/** While connecting there is no connection yet to reconnect: the words speak of the form. */
function signInWords(error: PlatformHttpError, kind: FailureKind): Partial<Failure> {
  if (error.operation !== 'com.atproto.server.createSession') return {};
  if (kind === 'auth') {
    return {
      message: 'Bluesky did not accept this handle and app password.',
      remedy:
        'Check the handle, and make a new app password in Bluesky under Settings, Privacy and security, App passwords.',
    };
  }
  if (error.status === 404 || error.status === 405) {
    return {
      message: 'There is no Bluesky server at this address.',
      remedy: 'Check the field "Server"; for most accounts it is https://bsky.social.',
    };
  }
  return {};
}

function messageOf(error: PlatformHttpError): string | undefined {
  const body = error.body as { message?: unknown } | string | null | undefined;
  const message = typeof body === 'string' ? body : body?.message;
  return typeof message === 'string' && message !== '' ? excerpt(message) : undefined;
}

/** The page of a method: `com.atproto.repo.putRecord` is explained at `com-atproto-repo-put-record`. */
function docsOf(nsid: string): string {
  const page = nsid.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('.', '-');
  return `https://docs.bsky.app/docs/api/${page}`;
}
