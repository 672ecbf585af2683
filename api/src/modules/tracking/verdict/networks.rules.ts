import type { HitKind } from '@threadline/contracts';
import { SCANNER_NETWORKS, type ScannerNetwork } from './scanner-networks';

/** An address as a number, with the width of its family. */
interface Numeric {
  bits: 32 | 128;
  value: bigint;
}

/**
 * Addresses are kept as a prefix only: /24 for IPv4, /48 for IPv6 (privacy). Null for what is not an address.
 * An IPv4 address in IPv6 clothes (`::ffff:192.0.2.7`) is the IPv4 address.
 */
export function addressPrefix(address: string | undefined): string | null {
  if (!address) return null;
  if (!address.includes(':')) {
    const end = address.lastIndexOf('.');
    return IPV4.test(address) ? `${address.slice(0, end)}.0/24` : null;
  }
  const number = parseAddress(address);
  if (!number) return null;
  if (number.bits === 32) return `${dotted((number.value >> 8n) << 8n)}/24`;
  const groups = [112n, 96n, 80n].map((shift) => Number((number.value >> shift) & 0xffffn).toString(16));
  return `${groups.join(':')}::/48`;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;

/** Answers which known network an address belongs to, by the longest match. */
export class NetworkIndex {
  private readonly v4 = new Map<number, Map<number, ScannerNetwork>>();
  private readonly v4Widths: number[];
  private readonly v6: { first: bigint; last: bigint; width: number; network: ScannerNetwork }[] = [];
  private readonly byLabel = new Map<string, ScannerNetwork>();

  constructor(networks: readonly ScannerNetwork[] = SCANNER_NETWORKS) {
    for (const network of networks) this.add(network);
    this.v4Widths = [...this.v4.keys()].sort((a, b) => b - a);
    this.v6.sort((a, b) => b.width - a.width);
  }

  /** The network an address lies in, if it may be judged on this kind of hit. */
  find(address: string | undefined, kind: HitKind): ScannerNetwork | null {
    if (!address) return null;
    const number = parseAddress(address);
    const network = number === null ? null : number.bits === 32 ? this.findV4(number.value) : this.findV6(number.value);
    return network && (network.scope === 'both' || network.scope === kind) ? network : null;
  }

  /** The network of a label that was stored with a hit. */
  labelled(label: string | null): ScannerNetwork | null {
    return (label !== null && this.byLabel.get(label)) || null;
  }

  private add(network: ScannerNetwork): void {
    const [address = '', width = ''] = network.cidr.split('/');
    const number = parseAddress(address);
    if (!number) throw new Error(`${network.cidr} is not a network`);
    const bits = Number(width);
    const host = BigInt(number.bits - bits);
    const first = (number.value >> host) << host;
    this.byLabel.set(network.label, network);
    if (number.bits === 128) {
      this.v6.push({ first, last: first + (1n << host) - 1n, width: bits, network });
      return;
    }
    const ofWidth = this.v4.get(bits) ?? new Map<number, ScannerNetwork>();
    ofWidth.set(Number(first), network);
    this.v4.set(bits, ofWidth);
  }

  private findV4(value: bigint): ScannerNetwork | null {
    const number = Number(value);
    for (const width of this.v4Widths) {
      const size = 2 ** (32 - width);
      const found = this.v4.get(width)?.get(number - (number % size));
      if (found) return found;
    }
    return null;
  }

  private findV6(value: bigint): ScannerNetwork | null {
    return this.v6.find(({ first, last }) => value >= first && value <= last)?.network ?? null;
  }
}

function parseAddress(address: string): Numeric | null {
  if (!address.includes(':')) return IPV4.test(address) ? { bits: 32, value: ipv4(address) } : null;
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return IPV4.test(mapped) ? { bits: 32, value: ipv4(mapped) } : null;
  const [head = '', tail, ...rest] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const missing = 8 - left.length - right.length;
  if (rest.length > 0 || (tail === undefined ? missing !== 0 : missing < 1)) return null;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return null;
  return { bits: 128, value: groups.reduce((sum, group) => (sum << 16n) | BigInt(parseInt(group, 16)), 0n) };
}

function ipv4(address: string): bigint {
  return BigInt(address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0));
}

function dotted(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
}
