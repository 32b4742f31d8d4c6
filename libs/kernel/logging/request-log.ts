import { type IncomingMessage, type ServerResponse } from 'node:http';
import { pinoHttp, type HttpLogger } from 'pino-http';
import { v7 as uuid } from 'uuid';
import { redactPath } from '../http/index.js';
import { type Logger } from './logger.js';

const REQUEST_ID = /^[\w.-]{8,64}$/;

/**
 * Middleware that gives each request an id (the caller's `X-Request-Id` where it is a decent one), answers with it, and
 * logs one line: method, path without secrets, status, duration. `request.log` carries the id.
 */
export function requestLog(logger: Logger): HttpLogger {
  return pinoHttp({
    logger,
    genReqId: requestId,
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId', responseTime: 'durationMs' },
    autoLogging: { ignore: (request) => /^\/(health|metrics)\b/.test(request.url ?? '') },
    customLogLevel: (_request, response, error) => {
      if (error || response.statusCode >= 500) return 'error';
      return 'info';
    },
    serializers: {
      req: (request: { method: string; url: string }) => ({
        method: request.method,
        path: redactPath(request.url, { keepIds: true }),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  });
}

function requestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : uuid();
  response.setHeader('X-Request-Id', id);
  return id;
}
