import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { AddressPolicy } from './address.js';
import { BlockedAddressError } from './errors.js';

/** Resolves a name to all of its addresses. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true });

/** Where requests go out: connections are kept and shared, and none was ever made to an address that was not checked. */
export class Outlet {
  private readonly policy: AddressPolicy;
  private readonly guarded: Dispatcher;

  constructor(allow: readonly string[], resolve: Resolve = resolveBySystem) {
    this.policy = new AddressPolicy(allow);
    this.guarded = new Agent({ connect: { lookup: guardedLookup(this.policy, resolve) } });
  }

  /**
   * The connections to use for this address.
   * @param exempt whether it is the origin of the practice networks
   * @throws BlockedAddressError
   */
  dispatcherFor(url: URL, exempt: boolean): Dispatcher {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new BlockedAddressError(url.protocol, 'addresses cannot be reached; use https');
    }
    if (url.username || url.password) {
      throw new BlockedAddressError(url.host, 'was given with a user name or password in the address; leave them out');
    }
    if (exempt) return unguarded;
    // A socket is opened to a literal address without a lookup. The URL parser has already turned 0x7f.1 into 127.0.0.1.
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) && !this.policy.permits(literal)) throw blocked(literal);
    return this.guarded;
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await this.guarded.destroy();
  }
}

/** Only ever used for origins that the installation itself names. */
const unguarded = new Agent();

const outlets = new Map<string, Outlet>();

/** One outlet for each list of allowed networks, so that connections are used again. */
export function sharedOutlet(allow: readonly string[]): Outlet {
  const key = allow.join();
  const outlet = outlets.get(key) ?? new Outlet(allow);
  outlets.set(key, outlet);
  return outlet;
}

/** Checks at the moment of connecting, and hands the socket the checked addresses: a name cannot change its mind in between. */
function guardedLookup(policy: AddressPolicy, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const permitted = found.filter(({ address }) => policy.permits(address));
        const first = permitted[0];
        if (first === undefined) callback(blocked(hostname), '', 0);
        else if (options.all) callback(null, permitted);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

function blocked(host: string): BlockedAddressError {
  return new BlockedAddressError(
    host,
    'is not on the public internet. If it belongs to you, the operator can allow its network with OUTBOUND_ALLOW',
  );
}
