import { redactPath, redactWord } from './redact.js';

/** What is kept of one request and its answer, as evidence. Never a body, a header with a token, or a value of the query. */
export type Exchange = {
  method: string;
  host: string;
  path: string;
  /** ISO 8601. */
  startedAt: string;
  /** Until the answer was complete. */
  durationMs: number;
  status?: number;
  /** The platform's id of the request. */
  requestId?: string;
  /** Headers about limits, by their lower-case name. */
  rateLimit?: Record<string, string>;
  /** Why there is no complete answer: a code such as `ECONNRESET`. */
  error?: string;
};

/** By which platforms name a request to their support, most telling first. */
const REQUEST_ID_HEADERS = [
  'x-request-id',
  'x-fb-trace-id',
  'x-fb-request-id',
  'x-transaction-id',
  'x-li-uuid',
  'cf-ray',
];
const LIMIT_HEADERS = /^(retry-after|(x-)?rate-?limit(-[a-z0-9-]+)?)$/;
/** JSON about each business object: https://developers.facebook.com/docs/graph-api/overview/rate-limiting/#headers */
const USAGE_HEADERS = /^x-(app|page|ad-account|business-use-case)-usage$/;
const MAX_HEADER_LENGTH = 300;
/** Cut in two it would say nothing: a longer one is left out. */
const MAX_USAGE_LENGTH = 16_000;

/** Begins the record of a request; the returned function ends it. */
export function beginExchange(
  method: string,
  url: URL,
): (end: { response?: ResponseHead; error?: string }) => Exchange {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  return ({ response, error }) => ({
    method,
    host: url.host,
    path: redactPath(url.pathname + url.search),
    startedAt,
    durationMs: Math.round(performance.now() - start),
    ...(response && describeResponse(response)),
    ...(error !== undefined && { error }),
  });
}

interface ResponseHead {
  status: number;
  headers: Iterable<[string, string]>;
}

function describeResponse({ status, headers }: ResponseHead): Pick<Exchange, 'status' | 'requestId' | 'rateLimit'> {
  const all = new Map([...headers].map(([name, value]) => [name.toLowerCase(), value]));
  const requestId = REQUEST_ID_HEADERS.map((name) => all.get(name)).find((value) => value !== undefined);
  const rateLimit = Object.fromEntries(
    [...all].flatMap(([name, value]) => {
      if (LIMIT_HEADERS.test(name)) return [[name, value.slice(0, MAX_HEADER_LENGTH)]];
      const usage = USAGE_HEADERS.test(name) ? usageOf(value) : undefined;
      return usage === undefined ? [] : [[name, usage]];
    }),
  );
  return {
    status,
    ...(requestId !== undefined && { requestId: requestId.slice(0, MAX_HEADER_LENGTH) }),
    ...(Object.keys(rateLimit).length > 0 && { rateLimit }),
  };
}

/** What a usage header says, without anything that might be a secret. Undefined where it says nothing. */
function usageOf(value: string): string | undefined {
  if (value.length > MAX_USAGE_LENGTH) return undefined;
  try {
    return JSON.stringify(harmless(JSON.parse(value)));
  } catch {
    return undefined; // No JSON: not as it is documented.
  }
}

function harmless(value: unknown): unknown {
  if (typeof value === 'string') return redactWord(value);
  if (Array.isArray(value)) return value.map(harmless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [redactWord(name), harmless(inner)]));
}
