import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/**
 * What no URL that a person types may reach: this machine, its networks, metadata services, and every way to write an
 * IPv4 address inside an IPv6 one. IPv4-mapped addresses are judged as the IPv4 address they are.
 */
export const DENIED_NETWORKS = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32', // the metadata service of a cloud that lies on a public address
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96', // unspecified, loopback, IPv4-compatible
  '64:ff9b::/96', // NAT64
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/32', // Teredo
  '2001:db8::/32',
  '2002::/16', // 6to4
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
] as const;

const DENIED = DENIED_NETWORKS.map((network) => ipaddr.parseCIDR(network));
/** Only this part of IPv6 is given out to the public at all. */
const PUBLIC_IPV6 = ipaddr.parseCIDR('2000::/3');

/** `allowed`: one the operator opened; `public`: one anybody may reach; `denied`: everything else. */
export type AddressVerdict = 'allowed' | 'public' | 'denied';

/** Networks of the operator's list; a bare address is a network of one. */
export function networksOf(cidrs: readonly string[]): Network[] {
  return cidrs.map((each) => {
    if (each.includes('/')) return ipaddr.parseCIDR(each);
    const address = ipaddr.parse(each);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  });
}

/** Judges one IP address, as a resolver or a socket gives it. What is no address is denied. */
export function judgeAddress(text: string, allowed: readonly Network[]): AddressVerdict {
  const address = plain(text);
  if (!address) return 'denied';
  if (allowed.some((network) => within(address, network))) return 'allowed';
  if (DENIED.some((network) => within(address, network))) return 'denied';
  return address.kind() === 'ipv4' || within(address, PUBLIC_IPV6) ? 'public' : 'denied';
}

/** Whether two spellings are the same address. */
export function sameAddress(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)];
  return a !== null && b !== null && a.toNormalizedString() === b.toNormalizedString();
}

/** The address without brackets and zone; an IPv4-mapped one as IPv4. */
function plain(text: string): Address | null {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!isIP(bare)) return null;
  return ipaddr.process(bare);
}

function within(address: Address, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}
