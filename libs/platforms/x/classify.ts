import {
  classifyByStatus,
  excerpt,
  type Failure,
  isJsonObject,
  type JsonObject,
  PlatformHttpError,
  retryAfter,
} from '#platforms/core';
import { type Code, KNOWN, type KnownFailure, NUMBERS, WORDS } from './failures.js';
import { manifest } from './manifest.js';

/** X's id of a request. */
const REQUEST_ID = 'x-transaction-id';
/** The three counts that answers tell of: of the endpoint, and of the day for account and app. */
const APP_DAY = 'x-app-limit-24hour';
const USER_DAY = 'x-user-limit-24hour';
const ENDPOINT = 'x-rate-limit';
/** The type of a problem that its status alone tells. https://docs.x.com/x-api/fundamentals/response-codes-and-errors#error-types */
const BLANK = 'about:blank';

/** Translates what any method threw. Never throws. */
export function classify(error: unknown, now: Date): Failure {
  if (!(error instanceof PlatformHttpError)) return classifyByStatus(error, manifest, now);
  const told = wordsOf(error);
  const base = classifyByStatus(error, manifest, now);
  const code = codeOf(error, told);
  const known: KnownFailure | undefined = code === undefined ? undefined : KNOWN[code];
  const requestId = error.headers.get(REQUEST_ID);
  return {
    ...base,
    ...known,
    ...(code !== undefined && { platformCode: code }),
    ...(told !== '' && { platformMessage: excerpt(told) }),
    ...(requestId !== null && { requestId: excerpt(requestId) }),
    ...((known?.kind ?? base.kind) === 'rate-limit' && limitHint(error.headers, now)),
  };
}

/** Whether X does not find the object: it is gone. */
export function isMissing(error: unknown): boolean {
  if (!(error instanceof PlatformHttpError)) return false;
  return error.status === 404 || codeOf(error, wordsOf(error)) === 'resource-not-found';
}

/** When X takes more, and whom it concerns. Seconds since 1970: https://docs.x.com/fundamentals/rate-limits#checking-your-limits */
function limitHint(headers: Headers, now: Date): Pick<Failure, 'retryAt' | 'scope'> {
  if (headers.get(`${APP_DAY}-remaining`) === '0') return { scope: 'app', ...resetOf(headers, APP_DAY) };
  if (headers.get(`${USER_DAY}-remaining`) === '0') return resetOf(headers, USER_DAY);
  const reset = resetOf(headers, ENDPOINT);
  if (reset.retryAt !== undefined) return reset;
  const after = retryAfter(headers, now);
  return after ? { retryAt: after.toISOString() } : {};
}

function resetOf(headers: Headers, count: string): Pick<Failure, 'retryAt'> {
  const seconds = Number(headers.get(`${count}-reset`) ?? '');
  return seconds > 0 && seconds < 1e11 ? { retryAt: new Date(seconds * 1000).toISOString() } : {};
}

/** The code of an answer: from what it says in words, its type, its numbers; undefined where the status tells as much. */
function codeOf({ status, body }: PlatformHttpError, told: string): Code | undefined {
  if (status >= 500) return undefined;
  if (!isJsonObject(body)) return plain(status);
  const { type, error, reason } = body;
  if (typeof error === 'string' && typeof type !== 'string') return codeNamed(`oauth/${error}`) ?? plain(status);
  const spoken = status === 401 || status === 429 ? undefined : WORDS.find(([words]) => words.test(told))?.[1];
  // An app that may do nothing is told why in `reason`.
  return spoken ?? codeNamed(reason) ?? typed(type, status) ?? numbered(body) ?? plain(status, type);
}

function typed(type: unknown, status: number): Code | undefined {
  if (typeof type !== 'string' || type === BLANK) return undefined;
  const last = type.split('/').at(-1) ?? '';
  return codeNamed(last) ?? (last === 'credits-depleted' ? 'credits' : undefined) ?? plain(status, type);
}

function numbered({ errors }: JsonObject): Code | undefined {
  const [first] = Array.isArray(errors) ? errors : [];
  const number = isJsonObject(first) ? first.code : undefined;
  return typeof number === 'number' ? NUMBERS[number] : undefined;
}

/** What the status alone says. A bare 400 promises nothing, so it has no code. */
function plain(status: number, type?: unknown): Code | undefined {
  if (status === 401) return 'unauthorized';
  if (status === 402) return 'credits';
  if (status === 404) return 'resource-not-found';
  if (status === 413) return 'media-too-large';
  if (status === 429) return 'rate-limit-exceeded';
  return status === 403 && type !== undefined ? 'forbidden' : undefined;
}

function codeNamed(name: unknown): Code | undefined {
  return typeof name === 'string' && Object.hasOwn(KNOWN, name) ? (name as Code) : undefined;
}

/** Everything that an answer says to people. */
function wordsOf({ body }: PlatformHttpError): string {
  if (typeof body === 'string' || !isJsonObject(body)) return '';
  const errors = Array.isArray(body.errors) ? body.errors.filter(isJsonObject) : [];
  const said = [
    body.detail,
    body.error_description,
    ...errors.flatMap(({ message, detail }) => [message, detail]),
    body.title,
  ];
  const texts: string[] = said.filter((one) => typeof one === 'string').filter((one) => one !== '');
  return [...new Set(texts)].join(' ');
}
