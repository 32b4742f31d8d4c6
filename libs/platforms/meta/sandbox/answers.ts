import { createHmac, randomBytes } from 'node:crypto';
import { type JsonObject, type SandboxAnswer } from '#platforms/core';

/** What a Graph error body says. */
export interface GraphErrorBody {
  code: number;
  message: string;
  subcode?: number;
  type?: 'OAuthException' | 'GraphMethodException';
  transient?: boolean;
  /** Words for the person, with their title. */
  user?: { title: string; message: string };
  /** What some edges say beside it: the offset at which an upload goes on. */
  data?: JsonObject;
}

/** Thrown by a handler to refuse; becomes a Graph error answer. */
export class GraphRefusal extends Error {
  constructor(
    readonly error: GraphErrorBody,
    readonly status = 400,
    /** Minutes until calls are allowed again, for the usage header. */
    readonly regainMinutes = 0,
  ) {
    super(error.message);
  }
}

/** A Graph answer. The headers of usage are laid over it by `graphRoutes`. */
export function graphAnswer(status: number, body: JsonObject): SandboxAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'cache-control': 'private, no-cache, no-store, must-revalidate',
      'facebook-api-version': 'v26.0',
      'x-fb-trace-id': traceId(),
    },
    body,
  };
}

/** An error in Graph's form: https://developers.facebook.com/docs/graph-api/guides/error-handling */
export function errorAnswer(error: GraphErrorBody, status = 400, regainMinutes = 0): SandboxAnswer {
  const id = traceId();
  const body = {
    message: error.message,
    type: error.type ?? 'OAuthException',
    code: error.code,
    fbtrace_id: id,
    ...(error.subcode !== undefined && { error_subcode: error.subcode }),
    ...(error.transient !== undefined && { is_transient: error.transient }),
    ...(error.user && { error_user_title: error.user.title, error_user_msg: error.user.message }),
    ...(error.data && { error_data: error.data }),
  };
  const answer = graphAnswer(status, { error: body });
  const usage = { call_count: 100, total_cputime: 1, total_time: 1, estimated_time_to_regain_access: regainMinutes };
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'x-fb-trace-id': id,
      ...(regainMinutes > 0 && {
        'x-business-use-case-usage': JSON.stringify({ '1': [{ type: 'pages', ...usage }] }),
      }),
    },
  };
}

/** A bad parameter, code 100. */
export function badParameter(message: string, subcode?: number): GraphRefusal {
  return new GraphRefusal({ code: 100, message: `(#100) ${message}`, ...(subcode !== undefined && { subcode }) });
}

/** A parameter that is not there, code 100. */
export function missingParameter(name: string): GraphRefusal {
  return badParameter(`The parameter ${name} is required`);
}

/** A missing permission or task, code 200. */
export function notAllowed(message: string): GraphRefusal {
  return new GraphRefusal({ code: 200, message: `(#200) ${message}` }, 403);
}

/** An object that is not there, or that this token may not see. */
export function noSuchObject(verb: 'get' | 'delete' | 'post', id: string): GraphRefusal {
  return new GraphRefusal({
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    message:
      `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, ` +
      'or does not support this operation.',
  });
}

/** An edge that does not exist. */
export function unknownPath(path: string): GraphRefusal {
  return new GraphRefusal({ code: 2500, message: `Unknown path components: ${path}` });
}

/** The proof that belongs to a token. */
export function proofOf(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('hex');
}

function traceId(): string {
  return `A${randomBytes(16).toString('base64url')}`;
}
