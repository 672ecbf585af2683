import { connect as connectPlain, isIP, type LookupFunction, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { connect as connectTls, rootCertificates } from 'node:tls';
import { Injectable } from '@nestjs/common';
import { Config } from '../config';
import { sameAddress } from './address.rules';
import { AddressGuard } from './address.guard';
import { NameResolver } from './name-resolver';
import { blocked, failureOf, OutboundFailure } from './outbound.failure';
import { destinationOf } from './url.rules';

/** Where bytes go that are no HTTP: a collector of logs. */
export interface SocketTarget {
  /** A name or an address. */
  host: string;
  port: number;
  tls: boolean;
  /** PEM: trusted beside the well-known ones. */
  certificate: string | null;
}

/** What collectors listen on; below 1024 nothing else. */
const COLLECTORS: readonly number[] = [443, 514, 601];
const HOST = /^(?!-)[a-z0-9.:-]{1,253}$/i;

/**
 * The one client for collectors that people type: one connection, everything written, an orderly end. Addresses are
 * judged as for HTTP; towards the public only by TLS.
 */
@Injectable()
export class OutboundSocket {
  private readonly guard: AddressGuard;

  constructor(
    private readonly config: Config,
    names: NameResolver,
  ) {
    this.guard = new AddressGuard(config, names);
  }

  /**
   * Writes all of it and ends. Resolves when the receiver has ended its side too: it reads to our end before it sees
   * it, so that is the only word TCP has for "taken". Answers how many milliseconds that took.
   * @throws Refusal `address_not_allowed`, always with the same words; OutboundFailure when it was not taken.
   */
  async deliver(target: SocketTarget, bytes: Uint8Array, deadlineMs: number): Promise<number> {
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(deadlineMs);
    const addresses = await this.judged(target, startedAt, signal);
    try {
      await handOver(open(target, addresses), target.tls, addresses, bytes, signal);
      return performance.now() - startedAt;
    } catch (error) {
      if (error instanceof OutboundFailure) throw error;
      if (error instanceof PeerChanged) throw await blocked(startedAt);
      throw failureOf(error, signal);
    }
  }

  /** Whether it may be reached, without reaching it. @throws Refusal `address_not_allowed`; OutboundFailure */
  async check(target: SocketTarget, deadlineMs = 10_000): Promise<void> {
    await this.judged(target, performance.now(), AbortSignal.timeout(deadlineMs));
  }

  private async judged(target: SocketTarget, startedAt: number, signal: AbortSignal): Promise<string[]> {
    const host = target.host.replace(/^\[|\]$/g, '');
    if (!HOST.test(host) || this.isOurselves(host, target.port)) throw await blocked(startedAt);
    const fit = target.tls && (target.port >= 1024 || COLLECTORS.includes(target.port));
    let addresses: string[] | null;
    try {
      addresses = await this.guard.addressesOf(host, target.port, fit, signal);
    } catch (error) {
      if (signal.aborted) throw failureOf(error, signal);
      throw new OutboundFailure('unresolved', 'The name of the server could not be looked up.');
    }
    if (!addresses) throw await blocked(startedAt);
    return addresses;
  }

  /** Threadline by its public name; by its addresses it is known to the guard. */
  private isOurselves(host: string, port: number): boolean {
    const own = destinationOf(this.config.publicUrl);
    return own !== null && own.hostname === host.toLowerCase().replace(/\.$/, '') && own.port === port;
  }
}

class PeerChanged extends Error {}

function open({ host, port, tls, certificate }: SocketTarget, addresses: readonly string[]): Socket {
  const name = host.replace(/^\[|\]$/g, '');
  const lookup: LookupFunction = (_hostname, options, answer) => {
    const list = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = list;
    if (!first) answer(new Error('nothing was resolved'), '', 0);
    else if (options.all) answer(null, list);
    else answer(null, first.address, first.family);
  };
  if (!tls) return connectPlain({ host: name, port, lookup });
  return connectTls({
    host: name,
    port,
    lookup,
    minVersion: 'TLSv1.2',
    ...(isIP(name) ? {} : { servername: name }),
    ...(certificate ? { ca: [...rootCertificates, certificate] } : {}),
  });
}

function handOver(
  socket: Socket,
  tls: boolean,
  addresses: readonly string[],
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    let written = false;
    const stop = () => socket.destroy(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      const peer = socket.remoteAddress;
      if (!peer || !addresses.some((address) => sameAddress(address, peer))) {
        socket.destroy(new PeerChanged('the connection went somewhere else'));
      } else {
        socket.end(bytes, () => (written = true));
      }
    });
    // What a collector says is not for us; unread, its end would never be seen.
    socket.resume();
    let ended = false;
    socket.once('end', () => (ended = true));
    socket.once('error', reject);
    socket.once('close', () => {
      signal.removeEventListener('abort', stop);
      if (written && ended) resolve();
      else reject(new OutboundFailure('broken', 'The connection was closed before everything was taken.'));
    });
  });
}
