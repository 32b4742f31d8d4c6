import { type BodyInit, fetch as undiciFetch, type Dispatcher, type Response as UndiciResponse } from 'undici';
import { type Outlet, sharedOutlet } from './agents.js';
import {
  BlockedAddressError,
  OutboundTimeoutError,
  RedirectRefusedError,
  ResponseTooLargeError,
  UnreachableError,
} from './errors.js';
import { beginExchange, type Exchange } from './exchange.js';

export interface GuardedFetchOptions {
  /** CIDR blocks that may be reached although they are not public. */
  allow: readonly string[];
  /** Origins (`http://127.0.0.1:3001`) that are not checked: the practice networks', for practice connections. */
  exemptOrigins: readonly string[];
  /** For the whole call, with redirects and body, in milliseconds. */
  timeoutMs: number;
  /** Of one answer, unpacked. */
  maxResponseBytes: number;
  /** Told of every request that was sent, also when it failed. */
  record?: (exchange: Exchange) => void;
  /** Ends all calls, beside the signal that each call may have. */
  signal?: AbortSignal;
  /** Other connections than the shared ones. */
  outlet?: Outlet;
}

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** All that another origin is told after a redirect: every other header may hold a credential. */
const HARMLESS_HEADERS = new Set(['accept', 'accept-language', 'user-agent', 'range', 'if-none-match']);
const WITHOUT_BODY = new Set([204, 205, 304]);

interface Call {
  url: URL;
  method: string;
  headers: Headers;
  body: Buffer | ReadableStream<Uint8Array> | null;
  /** Of the caller, the options and the timeout together. */
  signal: AbortSignal;
  timeout: AbortSignal;
}

/**
 * A `fetch` for addresses that users or platforms give: it reaches the public internet only, records what it did, and reads
 * the whole answer before it returns.
 *
 * Rejects with `BlockedAddressError`, `OutboundTimeoutError`, `UnreachableError`, `ResponseTooLargeError`,
 * `RedirectRefusedError`, or the reason of the caller's signal.
 */
export function createGuardedFetch(options: GuardedFetchOptions): typeof fetch {
  const outlet = options.outlet ?? sharedOutlet(options.allow);
  const exempt = new Set(options.exemptOrigins.map((origin) => new URL(origin).origin));
  const dispatcherFor = (url: URL): Dispatcher => outlet.dispatcherFor(url, exempt.has(url.origin));
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    // Before a Request is made of it, since that would complain about a password in the address by repeating it.
    dispatcherFor(url);
    const request = new Request(input, init);
    const call = await toCall(request, url, options, init?.signal ?? request.signal);
    return follow(call, request.redirect, (next) => send(next, dispatcherFor(next.url), options));
  };
}

/**
 * The standard `Request` turns every kind of body into bytes and names their type. A stream whose length is told goes out as
 * it comes: a file of any size takes no memory.
 */
async function toCall(
  request: Request,
  url: URL,
  options: GuardedFetchOptions,
  callerSignal: AbortSignal,
): Promise<Call> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([timeout, callerSignal, ...(options.signal ? [options.signal] : [])]);
  const headers = new Headers(request.headers);
  // Some platforms refuse requests that do not name their software: https://discord.com/developers/docs/reference#user-agent
  if (!headers.has('user-agent')) headers.set('user-agent', 'ClickPost');
  const streams = request.body !== null && headers.has('content-length');
  const body = streams || request.body === null ? request.body : Buffer.from(await request.arrayBuffer());
  return { url, method: request.method, headers, body, signal, timeout };
}

/** One request and its whole answer, recorded. */
async function send(call: Call, dispatcher: Dispatcher, options: GuardedFetchOptions): Promise<Response> {
  const end = beginExchange(call.method, call.url);
  let answer: UndiciResponse | undefined;
  try {
    answer = await undiciFetch(call.url, {
      method: call.method,
      headers: [...call.headers],
      body: call.body as BodyInit | null,
      ...(call.body instanceof ReadableStream && { duplex: 'half' as const }),
      signal: call.signal,
      redirect: 'manual',
      dispatcher,
    });
    const response = await toResponse(answer, call.url, options.maxResponseBytes);
    options.record?.(end({ response: answer }));
    return response;
  } catch (error) {
    const failure = translate(error, call, options.timeoutMs);
    options.record?.(end({ ...(answer && { response: answer }), error: codeOf(failure) ?? 'ABORTED' }));
    throw failure;
  }
}

/** The standard `Response`, with its body already here. */
async function toResponse(answer: UndiciResponse, url: URL, maxBytes: number): Promise<Response> {
  const bytes = await readBody(answer, url.host, maxBytes);
  // Some servers invent numbers (999), of which no Response can be made.
  if (answer.status > 599) throw new UnreachableError(url.host, `HTTP_${answer.status}`);
  const body = WITHOUT_BODY.has(answer.status) ? null : bytes;
  const response = new Response(body, { status: answer.status, headers: [...answer.headers] });
  return Object.defineProperty(response, 'url', { value: url.href });
}

async function readBody(answer: UndiciResponse, host: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new ResponseTooLargeError(host, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What went wrong below `fetch`, in our terms and without the library's details. */
function translate(error: unknown, call: Call, timeoutMs: number): unknown {
  if (error instanceof ResponseTooLargeError || error instanceof UnreachableError) return error;
  if (call.signal.aborted) {
    const reason: unknown = call.signal.reason;
    return reason === call.timeout.reason ? new OutboundTimeoutError(call.url.host, timeoutMs) : reason;
  }
  const causes = [...causesOf(error)];
  const blocked = causes.find((cause) => cause instanceof BlockedAddressError);
  return (
    blocked ??
    new UnreachableError(call.url.host, causes.map(codeOf).findLast((code) => code !== undefined) ?? 'UNKNOWN')
  );
}

function* causesOf(error: unknown): Generator<object> {
  for (
    let cause = error;
    typeof cause === 'object' && cause !== null;
    cause = 'cause' in cause ? cause.cause : undefined
  ) {
    yield cause;
  }
}

/** Follows redirects of requests that only read. */
async function follow(
  call: Call,
  mode: Request['redirect'],
  sendOnce: (call: Call) => Promise<Response>,
): Promise<Response> {
  let current = call;
  for (let redirects = 0; ; redirects += 1) {
    const response = await sendOnce(current);
    const location = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || location === null || mode === 'manual') return response;
    const refuse = (reason: string): RedirectRefusedError =>
      new RedirectRefusedError(current.url.host, response.status, reason);
    if (mode === 'error') throw refuse('which was not wanted');
    if (current.method !== 'GET' && current.method !== 'HEAD')
      throw refuse(`which is not followed for ${current.method}`);
    if (redirects === MAX_REDIRECTS) throw refuse(`the ${MAX_REDIRECTS + 1}th in a row`);
    if (!URL.canParse(location, current.url.href)) throw refuse('to an address that is none');
    current = redirected(current, new URL(location, current.url));
  }
}

function redirected(call: Call, url: URL): Call {
  if (url.origin === call.url.origin) return { ...call, url };
  const headers = new Headers([...call.headers].filter(([name]) => HARMLESS_HEADERS.has(name)));
  return { ...call, url, headers };
}

/** `ECONNRESET` of a system's error, `AbortError` of the caller's own. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof DOMException ? error.name : undefined;
}
