import { isJsonObject, parseJson, PlatformHttpError } from '#platforms/core';

/** The error object of a Graph answer: https://developers.facebook.com/docs/graph-api/guides/error-handling */
export interface GraphError {
  code: number;
  subcode?: number;
  transient: boolean;
  message?: string;
  traceId?: string;
  /** What some edges say beside it, such as the offset at which an upload goes on. */
  data?: Record<string, unknown>;
}

/** What Meta said, whether it came as an answer or through a passport strategy. Undefined where it said nothing of that kind. */
export function graphErrorOf(error: unknown): GraphError | undefined {
  if (error instanceof PlatformHttpError) return fromBody(error.body);
  if (error instanceof Error) return fromPassport(error);
  return undefined;
}

/** Whether Meta says that the object does not exist (or is out of this token's sight): code 100, subcode 33. */
export function isGone(error: unknown): boolean {
  const graph = graphErrorOf(error);
  return graph?.code === 100 && graph.subcode === 33;
}

function fromBody(body: unknown): GraphError | undefined {
  if (!isJsonObject(body)) return undefined;
  if (!isJsonObject(body.error)) return fromSignIn(body);
  const { code, error_subcode: subcode, is_transient: transient, error_user_msg: userMessage, message } = body.error;
  if (typeof code !== 'number') return undefined;
  const words = userMessage ?? message;
  const { fbtrace_id: traceId, error_data: data } = body.error;
  const given = typeof data === 'string' ? parseJson(data) : data;
  return {
    code,
    transient: transient === true,
    ...(typeof subcode === 'number' && { subcode }),
    ...(typeof words === 'string' && { message: words }),
    ...(typeof traceId === 'string' && { traceId }),
    ...(isJsonObject(given) && { data: given }),
  };
}

/**
 * The sign-in of Instagram answers in an older form: `{"error_type": "OAuthException", "code": 400, "error_message": …}`.
 * https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
 */
function fromSignIn({
  code,
  error_type: type,
  error_message: message,
}: Record<string, unknown>): GraphError | undefined {
  if (typeof type !== 'string' || typeof code !== 'number') return undefined;
  return { code, transient: false, ...(typeof message === 'string' && { message }) };
}

/** Which passport-facebook does not export as types. */
const FACEBOOK_ERRORS = new Set(['FacebookTokenError', 'FacebookGraphAPIError', 'FacebookAuthorizationError']);

/** What passport's strategies make of an answer to the code exchange. */
function fromPassport(error: Error): GraphError | undefined {
  const { code, subcode, traceID, oauthError } = error as Error & Record<string, unknown>;
  if (error.name === 'InternalOAuthError') {
    const { data } = isRecord(oauthError) ? oauthError : {};
    return typeof data === 'string' ? fromBody(parseJson(data)) : undefined;
  }
  // passport-oauth2 takes the whole error object for its code.
  if (error.name === 'TokenError') return fromBody({ error: isJsonObject(code) ? code : {} });
  if (!FACEBOOK_ERRORS.has(error.name) || typeof code !== 'number') return undefined;
  return {
    code,
    transient: false,
    message: error.message,
    ...(typeof subcode === 'number' && { subcode }),
    ...(typeof traceID === 'string' && { traceId: traceID }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
