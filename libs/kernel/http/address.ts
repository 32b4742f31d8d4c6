import ipaddr from 'ipaddr.js';

type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** The only IPv6 block in which addresses of the internet are given out: https://www.iana.org/assignments/ipv6-address-space */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Public by its number, and yet answered by the machine that the installation runs on: Azure's platform services, secrets of
 * the machine among them. https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const SERVED_BY_THE_HOST = new Set(['168.63.129.16']);

/** Which addresses may be reached: the public internet and the networks that the operator allows. */
export class AddressPolicy {
  private readonly allowed: readonly Network[];

  /** @param allow CIDR blocks */
  constructor(allow: readonly string[]) {
    this.allowed = allow.map((cidr) => ipaddr.parseCIDR(cidr));
  }

  permits(address: string): boolean {
    // An IPv4 address in IPv6 clothes (::ffff:10.0.0.1) is judged as what it is.
    const ip = ipaddr.process(address);
    return (
      isPublic(ip) || this.allowed.some(([network, bits]) => ip.kind() === network.kind() && ip.match(network, bits))
    );
  }
}

/** Loopback, private, link-local, carrier-grade NAT, multicast, reserved, tunnels and translations are not. */
function isPublic(ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ip.range() !== 'unicast' || SERVED_BY_THE_HOST.has(ip.toString())) return false;
  return ip instanceof ipaddr.IPv4 || ip.match(GLOBAL_IPV6);
}
