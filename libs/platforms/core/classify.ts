import { type Failure, genericFailure, MalformedAnswerError, PlatformFailure, PlatformHttpError } from './failure.js';
import { type PlatformManifest } from './manifest.js';
import { retryAfter } from './request.js';

/** What the status line alone says. An adapter's `classify` handles its own codes first and falls back on this. */
export function classifyByStatus(error: unknown, manifest: PlatformManifest, now: Date): Failure {
  if (error instanceof PlatformFailure) return error.failure;
  if (error instanceof PlatformHttpError) {
    const retryAt = retryAfter(error.headers, now)?.toISOString();
    return {
      ...genericFailure(kindOfStatus(error.status), manifest.name),
      platformCode: String(error.status),
      ...(retryAt && { retryAt }),
    };
  }
  if (error instanceof MalformedAnswerError) {
    return { ...genericFailure('unknown', manifest.name), platformMessage: error.detail };
  }
  // Anything else came from the transport: no connection, a reset, a timeout.
  return {
    ...genericFailure('unavailable', manifest.name),
    platformMessage: error instanceof Error ? transportReason(error) : 'no answer',
  };
}

function kindOfStatus(status: number): Failure['kind'] {
  if (status === 401) return 'auth';
  if (status === 403) return 'permission';
  if (status === 429) return 'rate-limit';
  if (status === 413 || status === 415) return 'media';
  if (status === 409) return 'duplicate';
  if (status === 400 || status === 422) return 'content';
  if (status >= 500 || status === 408) return 'unavailable';
  return 'unknown';
}

/** The innermost cause's code or message: `ECONNREFUSED`, `timeout`. */
function transportReason(error: Error): string {
  const cause = error.cause;
  if (cause instanceof Error) return transportReason(cause);
  const code = (error as NodeJS.ErrnoException).code;
  return typeof code === 'string' ? code : error.message;
}

/** Whether the manifest lists this answer as a refusal without effect. Everything else after a fence is unknown. */
export function isListedRefusal(error: unknown, failure: Failure, manifest: PlatformManifest): boolean {
  if (!(error instanceof PlatformHttpError)) return false;
  return manifest.refusals.some(
    (rule) =>
      rule.status === error.status &&
      (rule.codes === undefined || (failure.platformCode !== undefined && rule.codes.includes(failure.platformCode))),
  );
}
