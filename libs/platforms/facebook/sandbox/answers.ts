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
}

/** Thrown by a handler to refuse; becomes a Graph error answer. */
export class GraphRefusal extends Error {
  constructor(
    readonly error: GraphErrorBody,
    readonly status = 400,
  ) {
    super(error.message);
  }
}

/** A Graph answer with the headers that Graph sends along. `page` is the Page whose usage is reported. */
export function graphAnswer(status: number, body: JsonObject, page = 'app', regainMinutes = 0): SandboxAnswer {
  const usage = { call_count: 1, total_cputime: 1, total_time: 1 };
  const business = { type: 'pages', ...usage, estimated_time_to_regain_access: regainMinutes };
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'cache-control': 'private, no-cache, no-store, must-revalidate',
      'facebook-api-version': 'v26.0',
      'x-fb-trace-id': traceId(),
      'x-app-usage': JSON.stringify(usage),
      'x-business-use-case-usage': JSON.stringify({ [page]: [business] }),
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
  };
  const answer = graphAnswer(status, { error: body }, 'app', regainMinutes);
  return { ...answer, headers: { ...answer.headers, 'x-fb-trace-id': id } };
}

/** A bad parameter, code 100. */
export function badParameter(message: string, subcode?: number): GraphRefusal {
  return new GraphRefusal({ code: 100, message: `(#100) ${message}`, ...(subcode !== undefined && { subcode }) });
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
