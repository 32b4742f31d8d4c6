import { type JsonObject } from './json.js';

/**
 * Why something did not work, in the words of the product. One kind decides what happens next:
 * whether it is retried, who is told and what they can do.
 */
export const FAILURE_KINDS = [
  'auth',
  'permission',
  'rate-limit',
  'media',
  'content',
  'duplicate',
  'unavailable',
  'unknown',
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** A failure as people see it, in the API, in the log and on screen. Never contains a secret. */
export interface Failure {
  kind: FailureKind;
  /** What went wrong, one sentence for the person who wrote the post. */
  message: string;
  /** What that person can do about it, one sentence. */
  remedy: string;
  /** The platform's own code, as text (`190/463`, `RateLimitExceeded`). */
  platformCode?: string;
  /** The platform's own words, shortened. */
  platformMessage?: string;
  /** The platform's id of the request, for its support. */
  requestId?: string;
  /** Not before this instant (ISO 8601), when the platform said so. */
  retryAt?: string;
  /**
   * Of a rate limit: whom it concerns. `app` = everything that this installation's app does on the platform, so all its
   * channels wait. `post` = this post alone: what other posts of the channel still have to ask for is not limited by it.
   * Left out = this channel alone.
   */
  scope?: 'post' | 'channel' | 'app';
  /** The documentation page that explains the code. */
  docs?: string;
  /** Of a `duplicate`: the post that the platform says is there already, by its id, where it names one. */
  duplicateOf?: string;
}

/** The platform answered, and the answer is not a success. Carries what `classify` needs. */
export class PlatformHttpError extends Error {
  override readonly name = 'PlatformHttpError';
  constructor(
    readonly status: number,
    readonly headers: Headers,
    /** The parsed JSON body, or the text when it was not JSON. */
    readonly body: unknown,
    readonly operation: string,
  ) {
    super(`${operation} was answered with HTTP ${status}`);
  }
}

/** The platform answered a success whose content is not what its documentation promises. */
export class MalformedAnswerError extends Error {
  override readonly name = 'MalformedAnswerError';
  constructor(
    readonly operation: string,
    readonly detail: string,
  ) {
    super(`${operation} was answered with something unexpected: ${detail}`);
  }
}

/** An adapter that already knows the failure (an asynchronous media refusal, say) throws this. */
export class PlatformFailure extends Error {
  override readonly name = 'PlatformFailure';
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/**
 * The platform still works on what it was given: nothing is wrong, and it counts as no try.
 * Thrown by `prepare`, it has `prepare` called again then, with all its steps kept; an adapter that has waited too long throws
 * a failure instead. Thrown by `commit`, it says that the one request was accepted, which only a valid answer of the platform
 * proves: `reconcile` is asked then, until it says what became of it.
 */
export class StillProcessing extends Error {
  override readonly name = 'StillProcessing';
  constructor(
    /** What it is working on, for people: "Instagram is processing the video." */
    readonly what: string,
    /** When to look again. */
    readonly checkAt: Date,
    /**
     * Of `commit`: by what the platform calls what it accepted. It is kept with the segment and handed to `reconcile`; no
     * secrets.
     */
    readonly accepted?: JsonObject,
  ) {
    super(what);
  }
}

/** A failure kind's words when the platform's own answer offers nothing better. */
export function genericFailure(kind: FailureKind, platformName: string): Failure {
  switch (kind) {
    case 'auth':
      return {
        kind,
        message: `${platformName} no longer accepts this connection's sign-in.`,
        remedy: 'Reconnect the account; everything scheduled on it is kept and goes out afterwards.',
      };
    case 'permission':
      return {
        kind,
        message: `${platformName} does not allow this account to do that.`,
        remedy: "Check the account's role and the permissions given to ClickPost, then reconnect and retry.",
      };
    case 'rate-limit':
      return {
        kind,
        message: `${platformName} asks to slow down.`,
        remedy: 'Nothing to do: it is tried again when the platform allows it.',
      };
    case 'media':
      return {
        kind,
        message: `${platformName} did not accept the attached media.`,
        remedy: 'Replace or convert the file named in the details, then retry.',
      };
    case 'content':
      return {
        kind,
        message: `${platformName} did not accept the content of this post.`,
        remedy: 'Change the text or settings named in the details, then retry.',
      };
    case 'duplicate':
      return {
        kind,
        message: `${platformName} says that the same post is already there.`,
        remedy: 'Look at the account: if the post is there, nothing needs doing; else change the text and retry.',
      };
    case 'unavailable':
      return {
        kind,
        message: `${platformName} could not be reached or had a fault of its own.`,
        remedy: 'Nothing to do: it is tried again by itself.',
      };
    case 'unknown':
      return {
        kind,
        message: `${platformName} gave an answer that ClickPost does not know.`,
        remedy: 'Look at the details in the log; retry, or ask support with the request id.',
      };
  }
}
