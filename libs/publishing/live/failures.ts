import { Problem } from '#kernel';
import { type Failure } from '#platforms/core';

/** What a person is told when the platform did not do what they asked for. */
export function platformFailure(failure: Failure, field = 'id'): Problem {
  const { kind, message, remedy, retryAt } = failure;
  const wait = retryAt === undefined ? undefined : (Date.parse(retryAt) - Date.now()) / 1_000;
  return new Problem('platform-failure', message, {
    errors: [{ field, rule: kind, message, remedy }],
    extra: { failure },
    ...(wait !== undefined && wait > 0 && { retryAfter: wait }),
  });
}

/**
 * What a person is told when the platform did not answer what they asked to read. Where the cause is theirs to remove, it is
 * told as such and not as a fault of the platform's.
 */
export function readRefused(failure: Failure): Problem {
  const { kind, message, remedy } = failure;
  switch (kind) {
    case 'auth':
    case 'permission':
      return Problem.conflict(message, { errors: [{ field: 'id', rule: kind, message, remedy }], extra: { failure } });
    case 'content':
    case 'media':
    case 'duplicate':
      return Problem.unprocessable(message, {
        errors: [{ field: 'query', rule: kind, message, remedy }],
        extra: { failure },
      });
    case 'rate-limit':
    case 'unavailable':
    case 'unknown':
      return platformFailure(failure);
  }
}

/** What a person is told when the account has to be connected again first. */
export function disconnected(): Problem {
  const message = "The platform no longer accepts this channel's sign-in.";
  return Problem.conflict(message, {
    errors: [{ field: 'id', rule: 'channel-disconnected', message, remedy: 'Reconnect the account, then try again.' }],
  });
}
