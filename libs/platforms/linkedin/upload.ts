import {
  endpointOf,
  isJsonObject,
  type Json,
  type JsonObject,
  MalformedAnswerError,
  parseJson,
  PlatformHttpError,
  type PrepareContext,
} from '#platforms/core';
import { callForJson, tokenOf } from './api.js';

/** A file that LinkedIn was given; `at` is ClickPost's instant (ISO 8601). */
export type Uploaded = { urn: string; at: string };

/** Which resource a file is, and how it is called in its answers. */
export type AssetKind = 'image' | 'document' | 'video';

/** Hosts of LinkedIn's on which it lets files be uploaded. */
const UPLOAD_HOSTS = /^(?:[a-z0-9-]+\.)*(?:linkedin\.com|licdn\.com)$/;
const REAL_UPLOADS = 'https://www.linkedin.com/';

/** Registers an upload: what LinkedIn answers about it. */
export async function initialize(
  ctx: PrepareContext,
  kind: AssetKind,
  initializeUploadRequest: JsonObject,
): Promise<JsonObject> {
  const operation = `begin to upload the ${kind}`;
  const path = `/rest/${kind}s?action=initializeUpload`;
  const body = { initializeUploadRequest };
  const { value } = await callForJson(ctx, { operation, method: 'POST', path, token: tokenOf(ctx), body });
  if (isJsonObject(value)) return value;
  throw new MalformedAnswerError(operation, '"value" is missing');
}

/**
 * An address that LinkedIn named for an upload, as one of LinkedIn's own: the token may go there.
 * @throws MalformedAnswerError where it is none
 */
export function uploadAddress(ctx: PrepareContext, given: Json | undefined, operation: string): string {
  const base = endpointOf(ctx, 'upload');
  if (typeof given === 'string' && URL.canParse(given)) {
    const { protocol, hostname } = new URL(given);
    if (given.startsWith(`${base}/`)) return given;
    if (base.startsWith(REAL_UPLOADS) && protocol === 'https:' && UPLOAD_HOSTS.test(hostname)) return given;
  }
  throw new MalformedAnswerError(operation, 'the address for the upload is none of LinkedIn’s');
}

/** Sends bytes to such an address. @throws PlatformHttpError, or the transport's error */
export async function put(
  ctx: PrepareContext,
  operation: string,
  address: string,
  init: Pick<RequestInit, 'body' | 'headers'>,
): Promise<Headers> {
  const response = await ctx.fetch(address, { ...init, method: 'PUT' });
  const text = await response.text();
  if (!response.ok) throw new PlatformHttpError(response.status, response.headers, parseJson(text) ?? text, operation);
  return response.headers;
}

/** The URN of a file in the answer that began its upload. */
export function urnIn(value: JsonObject, kind: AssetKind): string {
  const urn = value[kind];
  if (typeof urn === 'string' && urn.startsWith(`urn:li:${kind}:`)) return urn;
  throw new MalformedAnswerError(`begin to upload the ${kind}`, `"${kind}" is missing`);
}
