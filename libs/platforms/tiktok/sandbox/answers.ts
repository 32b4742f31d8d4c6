import { randomBytes } from 'node:crypto';
import { type JsonObject, type SandboxAnswer } from '#platforms/core';

/** A request that is turned down, in TikTok's own form. https://developers.tiktok.com/doc/tiktok-api-v2-error-handling */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  answer(): SandboxAnswer {
    const error = { code: this.code, message: this.message, log_id: newLogId() };
    return { status: this.status, headers: this.headers, body: { data: {}, error } };
  }
}

/** "Check error message for details." */
export const invalid = (what: string): Refused => new Refused(400, 'invalid_param', what);

export const tokenInvalid = (): Refused =>
  new Refused(401, 'access_token_invalid', 'The access token is invalid or not found in the request.');

export const scopeMissing = (scope: string): Refused =>
  new Refused(
    401,
    'scope_not_authorized',
    `The user did not authorize the scope required for completing this request: ${scope}.`,
  );

export const tooManyCalls = (headers: Record<string, string> = {}): Refused =>
  new Refused(429, 'rate_limit_exceeded', 'The API rate limit was exceeded. Please try again later.', headers);

/** A success. */
export function ok(data: JsonObject): SandboxAnswer {
  return { status: 200, body: { data, error: { code: 'ok', message: '', log_id: newLogId() } } };
}

/** A success whose ids are numbers of 64 bits, which JSON of JavaScript cannot write. */
export function okWithIds(data: JsonObject, field: string, ids: readonly string[]): SandboxAnswer {
  const { body } = ok({ ...data, [field]: [] });
  const text = JSON.stringify(body).replace(`"${field}":[]`, `"${field}":[${ids.join(',')}]`);
  return { status: 200, headers: { 'content-type': 'application/json' }, body: text };
}

/** As `20220829194722CBE87ED59D524E727021`. */
export function newLogId(): string {
  return `20261123${randomBytes(13).toString('hex').toUpperCase()}`;
}
