import { type ProblemSlug, PROBLEMS, problemType } from './catalogue.js';

/** A broken rule in one field of a request. */
export interface FieldError {
  /** Where, as a path: `content/text`, `media/0/altText`. */
  field: string;
  /** Stable id of the rule: `isEmail`, `bluesky.text-too-long`. */
  rule: string;
  message: string;
  /** What to do about it. */
  remedy: string;
}

export interface ProblemOptions {
  errors?: readonly FieldError[];
  /** URI of this one occurrence, or the path that was asked for. */
  instance?: string;
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number;
  /** Further members of the answer. They cannot replace the standard ones. */
  extra?: Readonly<Record<string, unknown>>;
  /** For the log; never part of the answer. */
  cause?: unknown;
}

/** The body of an error answer, `application/problem+json`. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  errors?: readonly FieldError[];
  [extra: string]: unknown;
}

/**
 * An error that people and programs are told about, as RFC 9457 describes it (https://www.rfc-editor.org/rfc/rfc9457).
 * `detail` is a sentence for the person; it never contains a secret.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly errors?: readonly FieldError[];
  readonly instance?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    readonly slug: ProblemSlug,
    readonly detail: string,
    options: ProblemOptions = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.type = problemType(slug);
    this.title = PROBLEMS[slug].title;
    this.status = PROBLEMS[slug].status;
    if (options.errors) this.errors = options.errors;
    if (options.instance !== undefined) this.instance = options.instance;
    if (options.retryAfter !== undefined) this.retryAfter = Math.max(1, Math.ceil(options.retryAfter));
    this.extra = options.extra ?? {};
  }

  /** The answer's body. */
  toJSON(): ProblemBody {
    return {
      ...this.extra,
      type: this.type,
      title: this.title,
      status: this.status,
      detail: this.detail,
      ...(this.instance !== undefined && { instance: this.instance }),
      ...(this.errors && { errors: this.errors }),
    };
  }

  /** 404; also for what exists in another organization, so that nobody learns of it. */
  static notFound(detail = 'It does not exist, or you have no access to it.', options?: ProblemOptions): Problem {
    return new Problem('not-found', detail, options);
  }

  /** 422 with every broken rule at once. */
  static validation(errors: readonly FieldError[], options?: ProblemOptions): Problem {
    const fields = [...new Set(errors.map((error) => error.field))].join(', ');
    return new Problem('validation-failed', `Correct ${fields || 'the request'} and send it again.`, {
      ...options,
      errors,
    });
  }

  /** 409 */
  static conflict(detail: string, options?: ProblemOptions): Problem {
    return new Problem('conflict', detail, options);
  }

  /** 412: `If-Match` names a version that is no longer the current one. */
  static preconditionFailed(
    detail = 'It was changed after you loaded it. Load it again and repeat your change.',
    options?: ProblemOptions,
  ): Problem {
    return new Problem('precondition-failed', detail, options);
  }

  /** 428: a change without `If-Match`. */
  static preconditionRequired(
    detail = 'Send the ETag of the version you loaded as If-Match.',
    options?: ProblemOptions,
  ): Problem {
    return new Problem('precondition-required', detail, options);
  }

  /** 401 */
  static unauthorized(detail = 'Sign in, or send an API key as Bearer token.', options?: ProblemOptions): Problem {
    return new Problem('unauthorized', detail, options);
  }

  /** 403 */
  static forbidden(detail: string, options?: ProblemOptions): Problem {
    return new Problem('forbidden', detail, options);
  }

  /** 429; `retryAfter` in seconds. */
  static tooManyRequests(retryAfter: number, detail?: string, options?: ProblemOptions): Problem {
    const seconds = Math.max(1, Math.ceil(retryAfter));
    return new Problem('too-many-requests', detail ?? `Try again in ${seconds} s.`, { ...options, retryAfter });
  }

  /** 422: well-formed, but a rule of the product forbids it. */
  static unprocessable(detail: string, options?: ProblemOptions): Problem {
    return new Problem('unprocessable', detail, options);
  }

  /** 413; `maxBytes` is what would be accepted. */
  static payloadTooLarge(maxBytes: number, options?: ProblemOptions): Problem {
    return new Problem('payload-too-large', `At most ${maxBytes} bytes are accepted here.`, {
      ...options,
      extra: { ...options?.extra, maxBytes },
    });
  }

  /** 503 */
  static unavailable(detail: string, options?: ProblemOptions): Problem {
    return new Problem('unavailable', detail, options);
  }
}
