import { type JsonObject, parseJson, PlatformHttpError, requestJson, type StreamedBody } from '#platforms/core';

/** What an XRPC call may carry: a bearer token and one body. */
export interface XrpcInput {
  token?: string;
  json?: JsonObject;
  file?: StreamedBody;
}

/**
 * The address of a method. Servers may live below a path, so it is joined and never resolved against the root.
 * https://atproto.com/specs/xrpc
 */
export function xrpcUrl(base: string, nsid: string, params: Record<string, string> = {}): string {
  const query = new URLSearchParams(params).toString();
  return `${base.replace(/\/+$/, '')}/xrpc/${nsid}${query && `?${query}`}`;
}

/** A read. Throws `PlatformHttpError` or `MalformedAnswerError`. */
export async function query(
  fetchFn: typeof fetch,
  base: string,
  nsid: string,
  params: Record<string, string>,
  token?: string,
): Promise<JsonObject> {
  const init = token === undefined ? {} : { headers: bearer(token) };
  return (await requestJson(fetchFn, nsid, xrpcUrl(base, nsid, params), init)).body;
}

/** A change that answers with a JSON object. Throws `PlatformHttpError` or `MalformedAnswerError`. */
export async function procedure(
  fetchFn: typeof fetch,
  base: string,
  nsid: string,
  input: XrpcInput,
): Promise<JsonObject> {
  return (await requestJson(fetchFn, nsid, xrpcUrl(base, nsid), requestInit(input))).body;
}

/** A change whose answer is empty on some servers and an object on others. Throws `PlatformHttpError`. */
export async function procedureWithoutOutput(
  fetchFn: typeof fetch,
  base: string,
  nsid: string,
  input: XrpcInput,
): Promise<void> {
  const response = await fetchFn(xrpcUrl(base, nsid), requestInit(input));
  const text = await response.text();
  if (!response.ok) throw new PlatformHttpError(response.status, response.headers, parseJson(text) ?? text, nsid);
}

/** The error name of an answer (`ExpiredToken`), if it has one: `{error, message}` by the XRPC specification. */
export function xrpcErrorName(error: PlatformHttpError): string | undefined {
  const body = error.body as { error?: unknown } | null | undefined;
  return typeof body?.error === 'string' && body.error !== '' ? body.error : undefined;
}

function requestInit({ token, json, file }: XrpcInput): RequestInit {
  const headers = token === undefined ? {} : bearer(token);
  if (file) return { method: 'POST', ...file, headers: { ...headers, ...file.headers } };
  if (json) {
    return { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(json) };
  }
  return { method: 'POST', headers };
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
