import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { isOutage, Problem, type ProblemSlug, UnreachableError } from '#kernel';
import { JSON_LIMIT_BYTES } from './limits.js';
import { allowedMethods } from './routes.js';

/** What the framework's own errors are called here. */
const SLUGS: Partial<Record<number, ProblemSlug>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'unavailable',
  409: 'conflict',
  410: 'gone',
  415: 'unsupported-media-type',
  422: 'unprocessable',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** In seconds: a database that was restarted is back by then. */
const DATABASE_BACK = 5;

/** Answers every error as `application/problem+json`, and logs those that are our fault. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = toProblem(error, request);
    if (problem.status >= 500) request.log.error({ err: error }, problem.detail);
    if (response.headersSent) {
      // Half an answer cannot become an error any more; cut off, it is at least not taken for a whole one.
      response.destroy();
      return;
    }
    setHeaders(problem, request, response);
    const instance = problem.instance ?? pathOf(request);
    response
      .status(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify({ ...problem.toJSON(), instance }));
  }
}

function setHeaders(problem: Problem, request: Request, response: Response): void {
  if (problem.retryAfter !== undefined) response.setHeader('Retry-After', String(problem.retryAfter));
  // https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="ClickPost"');
  if (problem.status === 405) response.setHeader('Allow', allowedMethods(request).join(', '));
}

function toProblem(error: unknown, request: Request): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException && error.getStatus() < 500) return fromFramework(error, request);
  if (isUnstorableText(error)) {
    return new Problem('malformed-request', 'A text holds a NUL character, which cannot be stored. Remove it.');
  }
  // What other servers did is told by whoever asked them.
  if (isOutage(error) && !(error instanceof UnreachableError)) {
    const detail =
      'The database did not answer, so it is not known whether this was done. Look before you send it again; with an Idempotency-Key simply send the same again.';
    return Problem.unavailable(detail, { retryAfter: DATABASE_BACK, cause: error });
  }
  return new Problem('internal', 'Try again; if it happens again, tell your administrator the request id.', {
    extra: { requestId: request.id },
    cause: error,
  });
}

/**
 * JSON may carry U+0000, PostgreSQL's `text` and `jsonb` may not: `character_not_in_repertoire` and
 * `untranslatable_character` of https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
function isUnstorableText(error: unknown): boolean {
  const code = (error as { driverError?: { code?: string } } | undefined)?.driverError?.code;
  return code === '22021' || code === '22P05';
}

function fromFramework(error: HttpException, request: Request): Problem {
  const status = error.getStatus();
  if (status === 413) return Problem.payloadTooLarge(JSON_LIMIT_BYTES);
  if (status !== 404) return new Problem(SLUGS[status] ?? 'malformed-request', error.message, { cause: error });
  // The resources say themselves what is missing, so this is an address without a route.
  const methods = allowedMethods(request);
  const here = pathOf(request);
  if (methods.length === 0) return Problem.notFound(`There is nothing at ${here}. See /docs for what there is.`);
  return new Problem('method-not-allowed', `${here} knows ${methods.join(', ')}, not ${request.method}.`);
}

/** Without the query, which may carry codes and tokens. */
function pathOf(request: Request): string {
  return request.originalUrl.split('?', 1)[0] ?? '/';
}
