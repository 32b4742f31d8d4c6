/** The address must not be reached from here. The message never tells what a name resolved to. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError';
  readonly code = 'ERR_ADDRESS_BLOCKED';
  constructor(
    readonly host: string,
    reason: string,
  ) {
    super(`${host} ${reason}`);
  }
}

/** No complete answer in time. Whether the request had an effect is unknown. */
export class OutboundTimeoutError extends Error {
  override readonly name = 'OutboundTimeoutError';
  readonly code = 'ERR_OUTBOUND_TIMEOUT';
  constructor(
    readonly host: string,
    readonly timeoutMs: number,
  ) {
    super(`${host} did not answer within ${timeoutMs} ms`);
  }
}

/** No connection, or it broke. `code` is the system's (`ECONNREFUSED`, `ENOTFOUND`, `ECONNRESET`, `CERT_HAS_EXPIRED`). */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  constructor(
    readonly host: string,
    readonly code: string,
  ) {
    super(`${host} cannot be reached (${code})`);
  }
}

/** The answer is larger than is good for us. The request may have had its effect. */
export class ResponseTooLargeError extends Error {
  override readonly name = 'ResponseTooLargeError';
  readonly code = 'ERR_RESPONSE_TOO_LARGE';
  constructor(
    readonly host: string,
    readonly maxBytes: number,
  ) {
    super(`${host} answered with more than ${maxBytes} bytes`);
  }
}

/** A redirect that is not followed: of a request that sends something, or one too many. */
export class RedirectRefusedError extends Error {
  override readonly name = 'RedirectRefusedError';
  readonly code = 'ERR_REDIRECT_REFUSED';
  constructor(
    readonly host: string,
    readonly status: number,
    reason: string,
  ) {
    super(`${host} answered with a redirect (HTTP ${status}), ${reason}`);
  }
}
