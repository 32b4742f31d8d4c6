import { setImmediate as turn } from 'node:timers/promises';

/** How long an answer may take. Long enough for a busy machine, short enough to wait for in a test. */
const TIMEOUT_MS = 1_500;

/** What is kept of one exchange: no query, no headers, no bodies, as those may carry secrets. */
export interface RecordedExchange {
  method: string;
  host: string;
  path: string;
  /** Absent when no answer came. */
  status?: number;
}

/**
 * A fetch with a timeout that writes down each exchange.
 * @param still the first answers of a platform that stands still: they are given again
 */
export function recordingFetch(exchanges: RecordedExchange[], still?: Map<string, Response>): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const exchange: RecordedExchange = { method: request.method, host: url.host, path: url.pathname };
    exchanges.push(exchange);
    const before = request.method === 'GET' ? still?.get(request.url) : undefined;
    if (before) return before.clone();
    // Node's own fetch sends on a kept connection whose end it has not looked at yet, after a busy moment of this process.
    await turn();
    // Not AbortSignal.any([..., AbortSignal.timeout()]): in Node 20 the garbage collector may take the timeout away
    // (https://github.com/nodejs/node/issues/57736).
    const cutOff = new AbortController();
    setTimeout(() => cutOff.abort(new DOMException('No answer in time', 'TimeoutError')), TIMEOUT_MS).unref();
    request.signal.addEventListener('abort', () => cutOff.abort(request.signal.reason));
    const response = await fetch(request, { signal: cutOff.signal });
    exchange.status = response.status;
    if (request.method === 'GET') still?.set(request.url, response.clone());
    return response;
  };
}
