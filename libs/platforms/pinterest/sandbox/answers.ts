import { type JsonObject, type SandboxAnswer } from '#platforms/core';

/** A request that is turned down, in Pinterest's own form: `{"code": 2, "message": "Authentication failed."}`. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  answer(): SandboxAnswer {
    return { status: this.status, headers: this.headers, body: { code: this.code, message: this.message } };
  }
}

/** Code 1, "Invalid parameters.", with what is wrong. */
export function invalid(what: string): Refused {
  return new Refused(400, 1, `Invalid parameters. ${what}`);
}

/** "If the access token has expired or is invalid": HTTP 401 and code 2. https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/ */
export function notAuthenticated(): Refused {
  return new Refused(401, 2, 'Authentication failed.');
}

/** Code 3 of HTTP 401: a scope is missing. */
export function scopeMissing(): Refused {
  return new Refused(
    401,
    3,
    'Your token does not have sufficient permissions to perform this operation. Please ensure your token is authorized with the correct set of scopes.',
  );
}

/** Code 29 of HTTP 403. */
export function notPermitted(message = 'You are not permitted to access that resource.'): Refused {
  return new Refused(403, 29, message);
}

export const boardNotFound = (): Refused => new Refused(404, 404, 'Board not found.');
export const sectionNotFound = (): Refused => new Refused(404, 404, 'Board or section not found.');
export const pinNotFound = (): Refused => new Refused(404, 50, 'Pin not found.');
export const mediaNotFound = (): Refused => new Refused(404, 404, 'Media not found.');

/** A success. */
export function ok(body: JsonObject, status = 200): SandboxAnswer {
  return { status, body };
}
