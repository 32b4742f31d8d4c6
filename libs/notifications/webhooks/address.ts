import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { AddressPolicy, type Config, type FieldError, Problem } from '#kernel';

/** A name server that takes longer is not waited for: what it would have said is checked again when something is sent. */
const LOOKUP_MS = 3_000;

type Resolve = (hostname: string) => Promise<readonly string[]>;

const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/**
 * Refuses an address to which nothing could be sent: what is no web address, what is not on the public internet, and in
 * production what is not encrypted. When something is sent, the name is looked up and checked again.
 * @throws Problem 422 that names the field
 */
export async function requireAddress(
  text: string,
  config: Pick<Config, 'outboundAllow' | 'production'>,
  resolve: Resolve = resolveBySystem,
): Promise<void> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') throw refused(NO_ADDRESS);
  if (url.username !== '' || url.password !== '') throw refused(WITH_PASSWORD);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) ? [host] : await addressesOf(host, resolve);
  const everywhere = new AddressPolicy([]);
  const here = new AddressPolicy(config.outboundAllow);
  if (found !== undefined && !found.some((address) => here.permits(address))) throw refused(NOT_PUBLIC);
  if (url.protocol === 'https:' || !config.production) return;
  const ours = found?.every((address) => here.permits(address) && !everywhere.permits(address)) ?? false;
  if (!ours) throw refused(NOT_ENCRYPTED);
}

/** Undefined where nobody knows at the moment. @throws Problem 422 where there is no such name */
async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[] | undefined> {
  const ending = new AbortController();
  try {
    return await Promise.race([resolve(host), wait(LOOKUP_MS, undefined, { signal: ending.signal })]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTFOUND') throw refused(NO_SUCH_NAME);
    return undefined;
  } finally {
    ending.abort();
  }
}

type Why = Omit<FieldError, 'field'>;

function refused(why: Why): Problem {
  return Problem.validation([{ field: 'url', ...why }]);
}

const NO_ADDRESS: Why = {
  rule: 'address',
  message: 'This is not a web address.',
  remedy: 'Enter an address like https://example.com/webhooks.',
};

const WITH_PASSWORD: Why = {
  rule: 'password',
  message: 'The address holds a user name or a password.',
  remedy: 'Leave them out: receivers know a message by its signature.',
};

const NOT_PUBLIC: Why = {
  rule: 'not-public',
  message: 'The address is not on the public internet.',
  remedy:
    'Use an address that can be reached from outside. If it belongs to you, the operator can allow its network with OUTBOUND_ALLOW.',
};

const NOT_ENCRYPTED: Why = {
  rule: 'https',
  message: 'What is sent to this address could be read on its way.',
  remedy: 'Use an address that begins with https://.',
};

const NO_SUCH_NAME: Why = {
  rule: 'unknown-name',
  message: 'There is no machine of this name.',
  remedy: 'Look at the address for a slip, or publish the name first.',
};
