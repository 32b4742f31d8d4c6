import express, { type Request, type RequestHandler } from 'express';
import { type CallbackRequest } from '#platforms/core';

/** Where platforms tell things of their own accord. */
export const CALLBACK_PATH = '/v1/platforms/:platform/callbacks';

/** What platforms send is short: a signed id, or a batch of news. */
const LIMIT_BYTES = 256 * 1024;

declare module 'express-serve-static-core' {
  interface Request {
    /** The body of a platform's callback as it came: signatures are made over its bytes. */
    callbackBody?: Buffer;
  }
}

const raw = express.raw({ type: () => true, limit: LIMIT_BYTES });

/** Keeps the body of a platform's callback as it came, before anybody else reads it. */
export const rawCallbackBody: RequestHandler = (request, response, next) => {
  raw(request, response, (error?: unknown) => {
    if (error) return next(error);
    const body: unknown = request.body;
    if (Buffer.isBuffer(body)) request.callbackBody = body;
    request.body = {};
    next();
  });
};

/** The request as adapters read it. */
export function callbackRequestOf(request: Request): CallbackRequest {
  const body = request.callbackBody ?? Buffer.alloc(0);
  return {
    headers: textsOf(request.headers),
    query: textsOf(request.query),
    form: request.is('application/x-www-form-urlencoded')
      ? Object.fromEntries(new URLSearchParams(body.toString('utf8')))
      : {},
    raw: body,
  };
}

/** What was said once and as a text; whatever was said twice means nothing here. */
function textsOf(values: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
