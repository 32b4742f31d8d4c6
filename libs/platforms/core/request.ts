import { MalformedAnswerError, PlatformHttpError } from './failure.js';
import { type JsonObject } from './json.js';

/** A JSON object from a 2xx answer, with its headers. Throws `PlatformHttpError` or `MalformedAnswerError`. */
export async function requestJson(
  fetchFn: typeof fetch,
  operation: string,
  url: string,
  init: RequestInit = {},
): Promise<{ status: number; headers: Headers; body: JsonObject }> {
  const response = await fetchFn(url, init);
  const text = await response.text();
  const parsed = parseJson(text);
  if (!response.ok) throw new PlatformHttpError(response.status, response.headers, parsed ?? text, operation);
  if (!isJsonObject(parsed)) throw new MalformedAnswerError(operation, `not a JSON object: ${excerpt(text)}`);
  return { status: response.status, headers: response.headers, body: parsed };
}

/** Text as JSON, or undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // Not JSON is an answer too: the caller decides what it means.
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A required string of an answer. */
export function stringField(body: JsonObject, field: string, operation: string): string {
  const value = body[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new MalformedAnswerError(operation, `"${field}" is missing`);
}

/** The first characters of something a platform said, fit for a log. */
export function excerpt(text: string, max = 200): string {
  return text.length <= max ? text : `${text.slice(0, max)}…`;
}

/** A longer wait is no hint but a mistake. */
const LONGEST_WAIT_S = 31 * 86_400;

/** `Retry-After` in either form (seconds or HTTP date) as an instant; undefined where it makes no sense. */
export function retryAfter(headers: Headers, now: Date): Date | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const at = /^\d+(\.\d+)?$/.test(value) ? now.getTime() + Number(value) * 1000 : Date.parse(value);
  return at <= now.getTime() + LONGEST_WAIT_S * 1000 ? new Date(at) : undefined;
}
