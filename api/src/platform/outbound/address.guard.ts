import { networkInterfaces } from 'node:os';
import { isIP } from 'node:net';
import type { Config } from '../config';
import { judgeAddress, networksOf, sameAddress } from './address.rules';
import type { NameResolver } from './name-resolver';

/** Whether a host that a person typed may be reached, and at which addresses. */
export class AddressGuard {
  private readonly allowed: ReturnType<typeof networksOf>;

  constructor(
    private readonly config: Config,
    private readonly names: NameResolver,
  ) {
    this.allowed = networksOf(config.outboundAllowCidrs);
  }

  /**
   * The addresses of a host, resolved once and each of them judged; null when one of them may not be reached.
   * @param fitForPublic whether it may go to an address of the public at all, as it is meant to
   * @throws what the resolver throws, and the signal's reason
   */
  async addressesOf(
    hostname: string,
    port: number,
    fitForPublic: boolean,
    signal: AbortSignal,
  ): Promise<string[] | null> {
    const addresses = isIP(hostname) ? [hostname] : await orAborted(this.names.resolve(hostname), signal);
    const verdicts = addresses.map((address) => judgeAddress(address, this.allowed));
    const inside = verdicts.length > 0 && verdicts.every((verdict) => verdict === 'allowed');
    const outside = verdicts.length > 0 && !verdicts.includes('denied') && fitForPublic;
    if (!inside && !outside) return null;
    return addresses.some((address) => this.isOurs(address, port)) ? null : addresses;
  }

  private isOurs(address: string, port: number): boolean {
    if (port !== this.config.port) return false;
    return Object.values(networkInterfaces()).some((list) => list?.some((each) => sameAddress(each.address, address)));
  }
}

/** The work's result, or the signal's reason when that comes first. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
