import { isIP, type LookupFunction } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { buildConnector, Client } from 'undici';
import { Config } from '../config';
import { Refusal } from '../refusal';
import { AddressGuard, orAborted } from './address.guard';
import { sameAddress } from './address.rules';
import { type Exchanged, exchange } from './exchange';
import { KeptClients } from './kept-clients';
import { NameResolver } from './name-resolver';
import { blocked, failureOf, OutboundFailure } from './outbound.failure';
import type { OutboundAnswer, OutboundRequest } from './outbound.request';
import { OwnReceivers } from './own-receivers';
import { type Destination, destinationOf, fitForPublic, mayBeSent } from './url.rules';

const CONNECT_MS = 10_000;

/**
 * The one client for addresses that people type: webhooks, identity providers, media. Parses once, resolves once, judges
 * every address the name has, connects to one of exactly those, and checks the peer again. No redirect is followed, no
 * proxy of the environment is used, no connection is kept unless the caller says so.
 */
@Injectable()
export class OutboundHttp implements OnApplicationShutdown {
  private readonly kept = new KeptClients();
  private readonly guard: AddressGuard;
  /** Threadline by its public name. */
  private readonly own: Destination | null;

  constructor(
    config: Config,
    names: NameResolver,
    private readonly receivers: OwnReceivers,
  ) {
    this.guard = new AddressGuard(config, names);
    this.own = destinationOf(config.publicUrl);
  }

  /**
   * Calls an address; any status is an answer.
   * @throws Refusal `address_not_allowed`, always with the same words; `invalid_input` for a header that is not the
   * caller's to set; OutboundFailure when no whole answer came.
   */
  async request(request: OutboundRequest): Promise<OutboundAnswer> {
    const headers = sendable(request.headers ?? {});
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(new DOMException('It took too long', 'TimeoutError')),
      request.deadlineMs,
    );
    try {
      return await this.answered({ ...request, headers }, deadline.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.kept.close();
  }

  private async answered(request: Sendable, signal: AbortSignal): Promise<OutboundAnswer> {
    const startedAt = performance.now();
    const destination = destinationOf(request.url);
    const own = this.ownReceiver(destination);
    if (own) return this.inProcess(own, request, signal);
    const call = { ...(await this.judged(destination, startedAt, signal)), signal };
    try {
      const client = request.keep ? this.kept.take(call.place) : undefined;
      const answer = await this.call(request, call, client).catch((error: unknown) => {
        if (!client || signal.aborted || !isClosed(error)) throw error;
        return this.call(request, call, undefined);
      });
      return { ...answer, tookMs: performance.now() - startedAt };
    } catch (error) {
      if (error instanceof PeerChanged) throw await blocked(startedAt);
      throw failureOf(error, signal);
    }
  }

  private async call(request: Sendable, call: Call, known: Client | undefined): Promise<Exchanged> {
    const { url } = call.destination;
    const client = known ?? clientFor(url.origin, call.addresses, request);
    let kept = false;
    try {
      const { method, headers, body = null, maxBytes } = request;
      const path = `${url.pathname}${url.search}`;
      const answer = await exchange(client, { path, method, headers, body }, maxBytes, call.signal);
      kept = request.keep === true && !answer.cut && this.kept.keep(call.place, client);
      return answer;
    } finally {
      if (!kept) await client.destroy();
    }
  }

  /**
   * Whether an address may be called, without calling it: for forms that save one.
   * @throws Refusal `address_not_allowed`; OutboundFailure when the name could not be looked up.
   */
  async check(url: string, deadlineMs = CONNECT_MS): Promise<void> {
    const destination = destinationOf(url);
    if (this.ownReceiver(destination)) return;
    await this.judged(destination, performance.now(), AbortSignal.timeout(deadlineMs));
  }

  private async judged(destination: Destination | null, startedAt: number, signal: AbortSignal) {
    if (!destination || this.isOurselves(destination)) throw await blocked(startedAt);
    const addresses = await this.resolve(destination, signal);
    if (!addresses) throw await blocked(startedAt);
    return { destination, addresses, place: `${destination.url.origin} ${addresses.toSorted().join()}` };
  }

  private async resolve(destination: Destination, signal: AbortSignal): Promise<string[] | null> {
    try {
      return await this.guard.addressesOf(destination.hostname, destination.port, fitForPublic(destination), signal);
    } catch (error) {
      if (signal.aborted) throw failureOf(error, signal);
      throw new OutboundFailure('unresolved', 'The name of the server could not be looked up.');
    }
  }

  /** A receiver of ours, by its exact address: nothing else of this server is ever called. */
  private ownReceiver(destination: Destination | null) {
    if (!destination || destination.url.origin !== this.own?.url.origin) return null;
    return this.receivers.at(destination.url);
  }

  private async inProcess(
    { token, receive }: NonNullable<ReturnType<OwnReceivers['at']>>,
    request: OutboundRequest,
    signal: AbortSignal,
  ): Promise<OutboundAnswer> {
    try {
      return await orAborted(receive(token, request, signal), signal);
    } catch (error) {
      throw failureOf(error, signal);
    }
  }

  /** Threadline by its public name: a loop, and a way past the door of what only this machine may ask. */
  private isOurselves({ hostname, port }: Destination): boolean {
    return this.own?.hostname === hostname.replace(/\.$/, '') && this.own.port === port;
  }
}

type Sendable = OutboundRequest & { headers: Record<string, string> };

/** A call that may be made. */
interface Call {
  destination: Destination;
  addresses: readonly string[];
  /** What a kept connection has to have been made for. */
  place: string;
  signal: AbortSignal;
}

class PeerChanged extends Error {}

function clientFor(origin: string, addresses: readonly string[], { deadlineMs, keep }: OutboundRequest): Client {
  return new Client(origin, {
    connect: pinned(addresses),
    allowH2: false,
    pipelining: keep ? 1 : 0,
    headersTimeout: deadlineMs,
    bodyTimeout: deadlineMs,
  });
}

/** The other side had closed the connection, or did as the call was made. */
function isClosed(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

/** Connects to the addresses that were judged and to nothing else; the name stays for TLS and the Host header. */
function pinned(addresses: readonly string[]): buildConnector.connector {
  const lookup: LookupFunction = (_hostname, options, answer) => {
    const list = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = list;
    if (!first) answer(new Error('nothing was resolved'), '', 0);
    else if (options.all) answer(null, list);
    else answer(null, first.address, first.family);
  };
  const connect = buildConnector({
    lookup,
    timeout: CONNECT_MS,
    allowH2: false,
    maxCachedSessions: 0,
    minVersion: 'TLSv1.2',
  });
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error) return callback(error, null);
      const peer = socket.remoteAddress;
      if (peer && addresses.some((address) => sameAddress(address, peer))) return callback(null, socket);
      socket.destroy();
      callback(new PeerChanged('the connection went somewhere else'), null);
    });
}

function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  const wrong = Object.entries(headers).find(([name, value]) => !mayBeSent(name, value));
  if (wrong) throw new Refusal('invalid_input', { detail: `The header ${JSON.stringify(wrong[0])} cannot be set.` });
  return { ...headers };
}
