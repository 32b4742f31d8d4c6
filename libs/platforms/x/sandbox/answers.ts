import { type JsonObject, type SandboxAnswer } from '#platforms/core';

const PROBLEMS = 'https://api.x.com/2/problems';

/** An answer that is thrown from wherever something is wrong. */
export class Refused extends Error {
  constructor(readonly answer: SandboxAnswer) {
    super(`refused with ${answer.status}`);
  }
}

/** A problem in X's form. `type` is the end of its address, or `about:blank`. https://docs.x.com/x-api/fundamentals/response-codes-and-errors */
export function problem(status: number, type: string, title: string, detail: string, more: JsonObject = {}): Refused {
  return new Refused({
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: { title, detail, type: type === 'about:blank' ? type : `${PROBLEMS}/${type}`, status, ...more },
  });
}

/** A parameter that is not as it should be. */
export function invalid(message: string, parameter = 'body'): Refused {
  return problem(400, 'invalid-request', 'Invalid Request', 'One or more parameters to your request was invalid.', {
    errors: [{ parameters: { [parameter]: [] }, message }],
  });
}

/** What X refuses without a type: the reason stands in `detail` alone. */
export function forbidden(detail: string): Refused {
  return problem(403, 'about:blank', 'Forbidden', detail);
}

/** The token is none, or no longer one. */
export function unauthorized(): Refused {
  return problem(401, 'about:blank', 'Unauthorized', 'Unauthorized');
}

/** An error of the sign-in. RFC 6749, 5.2. */
export function oauthError(error: string, description: string, status = 400): Refused {
  return new Refused({ status, body: { error, error_description: description } });
}

/** Runs a handler; what it throws as a refusal is its answer. */
export async function answering(handle: () => SandboxAnswer | Promise<SandboxAnswer>): Promise<SandboxAnswer> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}
