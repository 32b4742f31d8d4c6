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

/** What a person is told when the account has to be connected again first. */
export function disconnected(): Problem {
  const message = "The platform no longer accepts this channel's sign-in.";
  return Problem.conflict(message, {
    errors: [{ field: 'id', rule: 'channel-disconnected', message, remedy: 'Reconnect the account, then try again.' }],
  });
}
