import { type components } from './schema.generated.js';

/** What the API says when it refuses (RFC 9457). */
export type Problem = components['schemas']['Problem'];
/** One field that breaks a rule. */
export type FieldError = NonNullable<Problem['errors']>[number];

/** The API refused. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly problem: Problem,
    /** In seconds, where the API said when to try again. */
    readonly retryAfter?: number,
  ) {
    super(problem.detail);
  }

  get status(): number {
    return this.problem.status;
  }

  /** Whether it is the problem of that name: `already-publishing`. */
  is(slug: string): boolean {
    return this.problem.type === `urn:clickpost:problem:${slug}`;
  }
}

/** The API could not be reached: nobody knows whether it did what was asked. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError';
}

/** Whether an answer is a problem. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'status' in value && 'detail' in value && 'type' in value;
}

/** The fields that an error names; none for any other error. */
export function fieldErrorsOf(error: unknown): readonly FieldError[] {
  return error instanceof ApiError ? (error.problem.errors ?? []) : [];
}

/** Field errors as form errors: message and remedy by field, `credentials/password` as it is named by the API. */
export function formErrorsOf(error: unknown): Record<string, string> {
  return Object.fromEntries(fieldErrorsOf(error).map((broken) => [broken.field, sentences(broken)]));
}

/** Where a rule has nothing to add, its remedy repeats the message. */
function sentences({ message, remedy }: FieldError): string {
  return message === remedy ? message : `${message} ${remedy}`;
}

/** An error in words for people: what happened, and what to do. */
export function describeError(error: unknown): { title: string; detail: string } {
  if (error instanceof ApiError) return { title: error.problem.title, detail: error.problem.detail };
  if (error instanceof OfflineError) {
    return { title: 'No connection to ClickPost', detail: 'Check your network. ClickPost tries again by itself.' };
  }
  return { title: 'Something went wrong on this page', detail: 'Reload the page. What you wrote is kept.' };
}
