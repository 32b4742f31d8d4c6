import createClient from 'openapi-fetch';
import { ApiError, isProblem, OfflineError } from './problem.js';
import { type components, type paths } from './schema.generated.js';

/** A named schema of the API: `Schema<'PostDto'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** The API, typed by its own description. Wrap each call in `answer`. */
export const api = createClient<paths>({ baseUrl: window.location.origin, credentials: 'same-origin' });

/** What a call of `api` resolves with. */
interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * The data of an answer.
 * @throws ApiError with the problem when the API refused, OfflineError when it could not be reached
 */
export async function answer<T>(call: Promise<Outcome<T>>): Promise<T> {
  return (await answerWithTag(call)).data;
}

/** The same with the `ETag`, for a later `If-Match`. */
export async function answerWithTag<T>(call: Promise<Outcome<T>>): Promise<{ data: T; etag: string }> {
  const { data, error, response } = await reached(call);
  if (response.ok) return { data: data as T, etag: response.headers.get('ETag') ?? '' };
  if (isProblem(error)) throw new ApiError(error, retryAfterOf(response));
  // A proxy in front of the API speaks for it while it is away.
  throw new OfflineError(`The server answered ${response.status} without saying why.`);
}

async function reached<T>(call: Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new OfflineError('ClickPost cannot be reached.', { cause });
  }
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** A key under which a request that creates something has its effect once, however often it is sent. */
export function newIdempotencyKey(): string {
  // `crypto.randomUUID` exists on secure origins alone, and a trial may run on http://<name in the office>.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
