import { type Json, type JsonObject, type RefusalKind, type SandboxAnswer } from '#platforms/core';

/** A refusal with the error names of the lexicons: `{error, message}`. https://atproto.com/specs/xrpc#error-responses */
export class XrpcError extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  answer(): SandboxAnswer {
    return { status: this.status, headers: this.headers, body: { error: this.error, message: this.message } };
  }
}

export function invalid(message: string): XrpcError {
  return new XrpcError(400, 'InvalidRequest', message);
}

/** A field that should be a text; empty when it is none. */
export function text(body: JsonObject, field: string): string {
  const value = body[field];
  return typeof value === 'string' ? value : '';
}

export function ok(body: Json, headers: Record<string, string> = {}): SandboxAnswer {
  return { status: 200, headers, body };
}

/** The refusals that the host may order. */
export function refusal(kind: RefusalKind, retryAfterSeconds?: number): SandboxAnswer {
  switch (kind) {
    case 'auth':
      return new XrpcError(400, 'ExpiredToken', 'Token has expired').answer();
    case 'rate-limit':
      return rateLimited(retryAfterSeconds).answer();
    case 'unavailable':
      return new XrpcError(503, 'NotEnoughResources', 'Not Enough Resources', {
        ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
      }).answer();
    case 'bad-request':
      // Of the kind that a proxy in front of a server gives: no lexicon promises that nothing happened.
      return new XrpcError(400, 'BadRequest', 'Bad Request').answer();
    case 'content':
      return new XrpcError(400, 'InvalidRequest', 'Invalid app.bsky.feed.post record').answer();
  }
}

/** 429 as the reference server answers it, with or without a hint. */
export function rateLimited(retryAfterSeconds?: number): XrpcError {
  const hint =
    retryAfterSeconds === undefined
      ? {}
      : {
          'retry-after': String(retryAfterSeconds),
          'ratelimit-remaining': '0',
          'ratelimit-reset': String(Math.ceil(Date.now() / 1000) + retryAfterSeconds),
        };
  return new XrpcError(429, 'RateLimitExceeded', 'Rate Limit Exceeded', hint);
}
