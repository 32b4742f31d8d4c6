import { type Failure, FAILURE_KINDS, type FailureKind } from '#platforms/core';
import { explainHeld, HELD_REASONS, type HeldReason } from './states.js';

/**
 * Why a publication needs somebody's attention, the worst first: it may be out or not, it is not out, it should be out by
 * now, it may not go out.
 */
export const ATTENTION_STATES = ['unconfirmed', 'failed', 'late', 'held'] as const;
export type AttentionState = (typeof ATTENTION_STATES)[number];

/** After this long past its due time, what has come to no end is late, in minutes. */
export const LATE_AFTER_MINUTES = 5;

/** A cause that several publications can share, as a stable id. */
export type Cause = 'unconfirmed' | `failed:${FailureKind}` | 'late' | `held:${HeldReason}`;

/** Every cause there is. */
export const CAUSES: readonly Cause[] = [
  'unconfirmed',
  ...FAILURE_KINDS.map((kind) => `failed:${kind}` as const),
  'late',
  ...HELD_REASONS.map((reason) => `held:${reason}` as const),
];

/** A cause in its parts: the state, and the failure's kind or the reason of the hold. */
export type CauseParts =
  { state: 'unconfirmed' | 'late' } | { state: 'failed'; kind: FailureKind } | { state: 'held'; reason: HeldReason };

/** The parts of a cause. */
export function partsOf(cause: Cause): CauseParts {
  if (cause === 'unconfirmed' || cause === 'late') return { state: cause };
  const kind = FAILURE_KINDS.find((known) => cause === `failed:${known}`);
  if (kind) return { state: 'failed', kind };
  const reason = HELD_REASONS.find((known) => cause === `held:${known}`);
  if (reason) return { state: 'held', reason };
  throw new Error(`"${cause}" is no cause.`);
}

/** What all publications of a cause have in common, and the next step, for people. */
export interface CauseExplanation {
  title: string;
  remedy: string;
}

/** A cause in words. */
export function explainCause(cause: Cause): CauseExplanation {
  const parts = partsOf(cause);
  switch (parts.state) {
    case 'unconfirmed':
      return {
        title: 'Nobody can tell by machine whether it is published.',
        remedy: 'Look at the account, then say whether the post is there. It is never sent again before that.',
      };
    case 'failed':
      return explainFailed(parts.kind);
    case 'late':
      return {
        title: `Its time passed more than ${LATE_AFTER_MINUTES} minutes ago, and it is still on its way.`,
        remedy: 'Look into its log for what it waits for. If many are late, ask the operator whether the worker runs.',
      };
    case 'held': {
      const { message, remedy } = explainHeld(parts.reason);
      return { title: message, remedy };
    }
  }
}

/** A failure after which nothing more happens by itself: while it was still retried, its remedy may have said so. */
export function finalFailure(failure: Failure): Failure {
  switch (failure.kind) {
    case 'rate-limit':
    case 'unavailable':
      return { ...failure, remedy: explainFailed(failure.kind).remedy };
    case 'auth':
    case 'permission':
    case 'media':
    case 'content':
    case 'duplicate':
    case 'unknown':
      return failure;
  }
}

/** The failure of a publication of which something is out: its content is frozen, so there is nothing to correct in it. */
export function partialFailure(failure: Failure, { published, of }: { published: number; of: number }): Failure {
  if (published === 0) return failure;
  const out = published === 1 ? `1 of ${of} parts is out` : `${published} of ${of} parts are out`;
  return {
    ...failure,
    message: `${failure.message} ${out}.`,
    remedy:
      'Retry sends the missing parts as they are. To change them, cancel this one, which leaves what is out, and publish the rest as a new post.',
  };
}

/** It is not out and not tried again by itself. */
function explainFailed(kind: FailureKind): CauseExplanation {
  switch (kind) {
    case 'auth':
      return {
        title: 'The platform no longer accepts the sign-in.',
        remedy: 'Reconnect the account, then retry.',
      };
    case 'permission':
      return {
        title: 'The platform does not allow the account to publish this.',
        remedy: "Check the account's role and the permissions given to ClickPost, reconnect the account, then retry.",
      };
    case 'rate-limit':
      return {
        title: 'The platform kept asking to slow down.',
        remedy: 'Retry later. If it happens often, spread the posts of this channel over more time.',
      };
    case 'media':
      return {
        title: 'The platform did not accept the attached media.',
        remedy: 'Replace the file that the details name, then retry.',
      };
    case 'content':
      return {
        title: 'The platform did not accept the text or the settings.',
        remedy: 'Change what the details name, then retry.',
      };
    case 'duplicate':
      return {
        title: 'The platform says that the same post is already there.',
        remedy: 'Look at the account. If the post is there, cancel this one; else change the text, then retry.',
      };
    case 'unavailable':
      return {
        title: 'The platform could not be reached for too long.',
        remedy: 'Retry when the platform works again; its status page says so.',
      };
    case 'unknown':
      return {
        title: 'The platform gave an answer that ClickPost does not know.',
        remedy: 'Read the answer in the log. Retry, or ask support with the request id.',
      };
  }
}
