import {
  BlockedAddressError,
  type Clock,
  type Config,
  createGuardedFetch,
  type Exchange,
  OutboundTimeoutError,
  ResponseTooLargeError,
  UnreachableError,
} from '#kernel';
import { retryAfterOf } from './retry.js';
import { signedHeaders } from './signature.js';

/** A receiver has so long to answer, in milliseconds. */
export const TIMEOUT_MS = 15_000;
/** So much of an answer is read at most, in bytes, and so much of it is kept. */
const READ_MAX_BYTES = 16 * 1_024;
const KEPT_BYTES = 1_024;

/** What is sent, and where. */
export interface Shipment {
  url: string;
  messageId: string;
  payload: string;
  /** The present one first. */
  secrets: readonly string[];
  /** Now, by the clock of the database: receivers refuse what seems old. */
  at: Date;
}

/** What came of one try. */
export interface Try {
  at: Date;
  durationMs: number;
  /** Null where no answer came. */
  status: number | null;
  /** The beginning of the answer's body. */
  answer: string | null;
  /** Why it did not succeed, for people. */
  error: string | null;
  /** What the receiver asked for, in seconds. */
  retryAfterSeconds: number | undefined;
}

/** Sends one message to one address, once. Never rejects for what the receiver does. */
export async function sendOnce(shipment: Shipment, config: Pick<Config, 'outboundAllow'>, clock: Clock): Promise<Try> {
  const { url, messageId, payload, secrets, at } = shipment;
  let exchange: Exchange | undefined;
  const fetch = createGuardedFetch({
    allow: config.outboundAllow,
    exemptOrigins: [],
    timeoutMs: TIMEOUT_MS,
    maxResponseBytes: READ_MAX_BYTES,
    record: (told) => {
      exchange = told;
    },
  });
  const begun = clock.monotonic();
  const result = (rest: Pick<Try, 'status' | 'answer' | 'error'>, retryAfterSeconds?: number): Try => ({
    ...{ at, durationMs: Math.max(0, Math.round(clock.monotonic() - begun)), retryAfterSeconds },
    ...rest,
  });
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: payload,
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...signedHeaders(messageId, at, payload, secrets) },
    });
    const { status, ok, headers } = response;
    const answer = beginningOf(Buffer.from(await response.arrayBuffer()));
    return result({ status, answer, error: ok ? null : refusal(status) }, retryAfterOf(headers.get('retry-after'), at));
  } catch (error) {
    // The answer's first line counts, however much comes behind it.
    const status = error instanceof ResponseTooLargeError ? (exchange?.status ?? null) : null;
    if (status !== null) return result({ status, answer: null, error: isSuccess(status) ? null : refusal(status) });
    return result({ status: null, answer: null, error: explain(error) });
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function refusal(status: number): string {
  if (status === 410) return 'The receiver answered that it is gone (HTTP 410).';
  if (status >= 300 && status < 400) {
    return `The receiver answered with a redirect (HTTP ${status}), which is not followed. Enter the address that it leads to.`;
  }
  return `The receiver answered with HTTP ${status}, and not with a number from 200 to 299.`;
}

/** @throws whatever is a fault of ours */
function explain(error: unknown): string {
  if (error instanceof OutboundTimeoutError) return `No answer came within ${TIMEOUT_MS / 1_000} seconds.`;
  if (error instanceof BlockedAddressError || error instanceof UnreachableError) return `${error.message}.`;
  throw error;
}

/** NUL cannot be stored. A character that is cut in two ends as one that stands for it. */
function beginningOf(body: Buffer): string {
  return body.subarray(0, KEPT_BYTES).toString().replaceAll('\0', '\uFFFD');
}
