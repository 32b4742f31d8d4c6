import { type JsonObject, type SandboxAnswer } from '#platforms/core';

/** An answer that is thrown from wherever something is wrong. */
export class GoogleRefusal extends Error {
  constructor(readonly answer: SandboxAnswer) {
    super(`refused with ${answer.status}`);
  }
}

/** An error of a Google service. */
export interface GoogleProblem {
  /** As HTTP has it. */
  code: number;
  /** The canonical code. */
  status: string;
  message: string;
  /** The one entry of the older list of `errors`; only services that have it (YouTube). */
  listed?: { reason: string; domain?: string; message?: string; location?: string; locationType?: string };
  /** Details of `google.rpc.Status`: each with its `@type`. */
  details?: JsonObject[];
  retryAfterSeconds?: number;
}

/** An error in Google's form. https://cloud.google.com/apis/design/errors#http_mapping */
export function googleProblem(problem: GoogleProblem): GoogleRefusal {
  const { code, status, message, listed, details = [], retryAfterSeconds } = problem;
  return new GoogleRefusal({
    status: code,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
    body: {
      error: {
        code,
        message,
        ...(listed && { errors: [{ domain: 'global', message, ...listed }] }),
        status,
        ...(details.length > 0 && { details }),
      },
    },
  });
}

const TYPES = 'type.googleapis.com/google.rpc';

/** Why, for programs. */
export function errorInfo(reason: string, metadata: Readonly<Record<string, string>> = {}): JsonObject {
  return { '@type': `${TYPES}.ErrorInfo`, reason, domain: 'googleapis.com', metadata: { ...metadata } };
}

/** Which fields are wrong. */
export function badRequest(...fieldViolations: { field: string; description: string }[]): JsonObject {
  return { '@type': `${TYPES}.BadRequest`, fieldViolations };
}

/** When to ask again. */
export function retryInfo(seconds: number): JsonObject {
  return { '@type': `${TYPES}.RetryInfo`, retryDelay: `${seconds}s` };
}

/** An error of the sign-in. RFC 6749, 5.2. */
export function signInProblem(error: string, description: string, status = 400): GoogleRefusal {
  return new GoogleRefusal({ status, body: { error, error_description: description } });
}

/** Runs a handler; what it throws as a refusal is its answer. */
export async function asGoogle(handle: () => SandboxAnswer | Promise<SandboxAnswer>): Promise<SandboxAnswer> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof GoogleRefusal) return error.answer;
    throw error;
  }
}
