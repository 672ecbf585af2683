import { isIP, SocketAddress } from 'node:net';

/**
 * What counts as one address: an IPv4 address, or the /64 that a single connection of IPv6 is given and can walk through
 * as it likes.
 */
export function sourceOf(ip: string): string {
  const plain = /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(ip) ? ip.slice(7) : ip;
  if (isIP(plain) !== 6) return plain;
  const { address } = new SocketAddress({ address: plain, family: 'ipv6' });
  const [head = '', tail] = address.split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  return `${[...before, ...Array<string>(gap).fill('0'), ...after].slice(0, 4).join(':')}::/64`;
}
