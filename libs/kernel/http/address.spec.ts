import { AddressPolicy } from './address.js';

describe('AddressPolicy', () => {
  it.each(['93.184.215.14', '1.1.1.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'])('permits %s', (address) => {
    expect(new AddressPolicy([]).permits(address)).toBe(true);
  });

  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['loopback', '::1'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '192.168.1.1'],
    ['unique local', 'fd12::1'],
    ['link-local, cloud metadata', '169.254.169.254'],
    ['link-local', 'fe80::1'],
    ['site-local', 'fec0::1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['unspecified', '0.0.0.0'],
    ['unspecified', '::'],
    ['this network', '0.1.2.3'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['benchmarking', '198.18.0.1'],
    ['documentation', '192.0.2.1'],
    ['documentation', '2001:db8::1'],
    ['IPv4-mapped', '::ffff:127.0.0.1'],
    ['IPv4-mapped in hex', '::ffff:a00:1'],
    ['IPv4-compatible', '::7f00:1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['local NAT64', '64:ff9b:1::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001::7f00:1'],
    ['IPv4-translated', '::ffff:0:7f00:1'],
    ['link-local with its interface', 'fe80::1%eth0'],
    ['metadata of AWS in IPv6', 'fd00:ec2::254'],
    ['metadata of AWS, IPv4-mapped', '::ffff:a9fe:a9fe'],
    ['metadata of AWS through NAT64', '64:ff9b::a9fe:a9fe'],
    ['metadata of Alibaba', '100.100.100.200'],
    ['metadata of Oracle', '192.0.0.192'],
    ['services of the machine at Azure', '168.63.129.16'],
    ['services of the machine at Azure, IPv4-mapped', '::ffff:168.63.129.16'],
    ['relays of 6to4', '192.88.99.1'],
    ['discarded', '100::1'],
    ['segment routing', '5f00::1'],
    ['documentation', '3fff::1'],
  ])('refuses %s (%s)', (_, address) => {
    expect(new AddressPolicy([]).permits(address)).toBe(false);
  });

  it('permits what the operator allows, and no more', () => {
    const policy = new AddressPolicy(['10.20.0.0/16', 'fd00:1::/32']);
    expect(policy.permits('10.20.255.1')).toBe(true);
    expect(policy.permits('::ffff:10.20.0.1')).toBe(true);
    expect(policy.permits('10.21.0.1')).toBe(false);
    expect(policy.permits('fd00:1::5')).toBe(true);
    expect(policy.permits('fd00:2::5')).toBe(false);
  });
});
