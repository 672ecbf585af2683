import { BlockList, isIP } from 'node:net';

/** Lists that are kept ready; a workspace has one, an API key may have one of its own. */
const KEPT = 1_000;
const kept = new Map<string, BlockList>();

/** Whether a text is a network as policies name them: `10.0.0.0/8`, `2001:db8::/32`, or one address. */
export function isNetwork(text: string): boolean {
  const [address = '', width, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0 || address.includes('%')) return false;
  if (width === undefined) return true;
  return /^\d{1,3}$/.test(width) && Number(width) <= (family === 4 ? 32 : 128);
}

/** Whether an address lies in one of the networks (CIDR); every address does when none are named. */
export function inNetworks(networks: readonly string[], ip: string): boolean {
  if (networks.length === 0) return true;
  const plain = withoutMapping(ip);
  const family = isIP(plain);
  return family !== 0 && listOf(networks).check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

function listOf(networks: readonly string[]): BlockList {
  const key = networks.join();
  const known = kept.get(key);
  if (known) return known;
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', width] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, width === undefined ? (family === 'ipv6' ? 128 : 32) : Number(width), family);
  }
  if (kept.size >= KEPT) kept.clear();
  kept.set(key, list);
  return list;
}

/** A listener for both families sees IPv4 peers as `::ffff:192.0.2.1`. */
function withoutMapping(ip: string): string {
  return /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(ip) ? ip.slice(7) : ip;
}
