import { BlockList, isIP } from 'node:net';

/** As long as a list of proxies can sensibly be; what is longer was made up. */
const MOST_HOPS = 20;

/**
 * Whose request it is: the peer, or what trusted proxies say of it. X-Forwarded-For is read from its end, as long as
 * the one who said it is trusted; the same rule by which the rest of the server finds `request.ip`.
 */
export class ClientAddress {
  private readonly trusted = new BlockList();
  private readonly trustsAny: boolean;

  /** `trustedProxies`: CIDRs or single addresses. */
  constructor(trustedProxies: readonly string[]) {
    this.trustsAny = trustedProxies.length > 0;
    for (const entry of trustedProxies) {
      const [address = '', width] = entry.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      this.trusted.addSubnet(address, width === undefined ? (family === 'ipv6' ? 128 : 32) : Number(width), family);
    }
  }

  of(peer: string | undefined, forwardedFor: string | string[] | undefined): string | undefined {
    if (!this.trustsAny || forwardedFor === undefined || peer === undefined) return peer;
    const hops = String(forwardedFor).split(',').slice(-MOST_HOPS);
    let address = peer;
    for (let hop = hops.pop()?.trim(); hop !== undefined && this.trusts(address); hop = hops.pop()?.trim()) {
      address = hop;
    }
    return address;
  }

  private trusts(address: string): boolean {
    const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
    const family = isIP(plain);
    return family !== 0 && this.trusted.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  }
}
