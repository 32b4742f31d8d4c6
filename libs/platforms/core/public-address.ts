const PRIVATE_HOST =
  /^(localhost|.*\.(localhost|local|internal|test|example)|0\.0\.0\.0|127(\.\d+){3}|10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|169\.254(\.\d+){2}|\[.*\])$/i;

/** Whether a network on the internet can fetch this address, as far as the address tells: https, and no private host. */
export function isPublicAddress(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' && hostname.includes('.') && !PRIVATE_HOST.test(hostname);
}
