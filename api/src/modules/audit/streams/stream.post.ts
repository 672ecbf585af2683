import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock';
import { OutboundFailure, OutboundHttp, OutboundSocket, type SocketTarget } from '../../../platform/outbound';
import { Refusal } from '../../../platform/refusal';
import { SecretBox } from '../../../platform/secrets';
import { signedHeaders } from './stream-signature.rules';
import { sealedAbout, type StreamRow } from './streams.queries';

/** For all of one delivery, in milliseconds. */
const DEADLINE_MS = 15_000;

/** What is delivered at once. */
export interface Parcel {
  /** The same on every try. */
  id: string;
  /** Of a webhook. */
  body: string;
  /** Of syslog: framed messages. */
  frames: Buffer;
}

/** How a try ended. `retryIn`: seconds the receiver asked for; `gone`: it does not want to be asked again. */
export type Posted =
  { ok: true; tookMs: number } | { ok: false; tookMs: number; error: string; retryIn: number | null; gone: boolean };

/** Hands parcels to receivers, whatever their kind. Never throws for what a receiver does. */
@Injectable()
export class StreamPost {
  constructor(
    private readonly http: OutboundHttp,
    private readonly socket: OutboundSocket,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  async send(stream: StreamRow, parcel: Parcel): Promise<Posted> {
    const startedAt = performance.now();
    try {
      if (stream.kind === 'webhook') return await this.post(stream, parcel);
      const tookMs = await this.socket.deliver(targetOf(stream), parcel.frames, DEADLINE_MS);
      return { ok: true, tookMs };
    } catch (error) {
      const failed = { ok: false as const, tookMs: performance.now() - startedAt, retryIn: null, gone: false };
      if (error instanceof OutboundFailure || error instanceof Refusal) return { ...failed, error: error.message };
      throw error;
    }
  }

  /** Whether a stream may go there. @throws Refusal `address_not_allowed`, `invalid_input` */
  async check(where: { url: string | null } & Partial<SocketTarget>): Promise<void> {
    try {
      if (where.url !== null) return await this.http.check(where.url);
      const { host = '', port = 0, tls = true, certificate = null } = where;
      await this.socket.check({ host, port, tls, certificate });
    } catch (error) {
      if (!(error instanceof OutboundFailure)) throw error;
      const path = where.url === null ? 'host' : 'url';
      throw new Refusal('invalid_input', { errors: [{ path, message: error.message }] });
    }
  }

  private async post(stream: StreamRow, { id, body }: Parcel): Promise<Posted> {
    const secret = this.secrets.open(stream.secret ?? '', sealedAbout(stream.id));
    const { status, headers, tookMs } = await this.http.request({
      url: stream.url ?? '',
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Threadline-Audit/1',
        ...signedHeaders(secret, id, this.clock.now(), body),
      },
      body,
      deadlineMs: DEADLINE_MS,
      maxBytes: 1_024,
    });
    if (status >= 200 && status < 300) return { ok: true, tookMs };
    return {
      ok: false,
      tookMs,
      error: `The receiver answered ${status}.`,
      gone: status === 410,
      retryIn: status === 429 || status >= 502 ? secondsOf(headers['retry-after']) : null,
    };
  }
}

function targetOf({ host, port, tls, certificate }: StreamRow): SocketTarget {
  return { host: host ?? '', port: port ?? 0, tls, certificate };
}

function secondsOf(header: string | string[] | undefined): number {
  const seconds = Number([header].flat()[0] ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}
