import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ClientAddress } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { HitIntake } from './hit-intake';
import { answerBrokenLink, answerPixel, answerRedirect, answerWrongMethod } from './intake.answers';

const PIXEL_PATH = '/api/outreach/track/';
const CLICK_PATH = '/api/outreach/click/';
/** As the rest of the server understands it. */
const SANE_ID = /^[\w.:-]{8,100}$/;

/**
 * The busiest path there is, so it is answered where requests come in, before the framework: pixel and links. It stands
 * in front of the server the same way Socket.IO does. The routes themselves, with their door (@Public), are
 * IntakeController's, which gives the same answers by the same functions.
 */
@Injectable()
export class IntakeDoor implements OnApplicationBootstrap {
  private readonly addresses: ClientAddress;

  constructor(
    private readonly adapters: HttpAdapterHost,
    private readonly intake: HitIntake,
    config: Config,
  ) {
    this.addresses = new ClientAddress(config.trustedProxies);
  }

  onApplicationBootstrap(): void {
    const server = this.adapters.httpAdapter?.getHttpServer() as Server | undefined;
    if (!server?.listeners) return;
    const others = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (this.takes(request, response)) return;
      for (const other of others) other.call(server, request, response);
    });
  }

  /** Answers the pixel. `requestId` is echoed; without one the hit's own id serves. */
  pixel(request: IncomingMessage, response: ServerResponse, trackingId: string, requestId: string | null): void {
    const withBody = request.method !== 'HEAD';
    this.intake.open(this.taken(request, trackingId), (id) => answerPixel(response, requestId ?? id, withBody));
  }

  /** Answers a click. `sealed` is `l` as it came. */
  click(
    request: IncomingMessage,
    response: ServerResponse,
    trackingId: string,
    sealed: string | null,
    requestId: string | null,
  ): void {
    const link = this.intake.destination(trackingId, sealed);
    if (!link) return answerBrokenLink(response, requestId ?? this.intake.newId(), request.method !== 'HEAD');
    this.intake.click(this.taken(request, trackingId), link, (id) => {
      answerRedirect(response, requestId ?? id, link.url);
    });
  }

  private takes(request: IncomingMessage, response: ServerResponse): boolean {
    const { url = '', method } = request;
    const isPixel = url.startsWith(PIXEL_PATH);
    if (!isPixel && !url.startsWith(CLICK_PATH)) return false;
    const mark = url.indexOf('?');
    const trackingId = url.slice((isPixel ? PIXEL_PATH : CLICK_PATH).length, mark < 0 ? undefined : mark);
    // Anything deeper is not ours; anything escaped or odd is no tracking id, and answered as such.
    if (trackingId === '' || trackingId.includes('/')) return false;
    const requestId = requestIdOf(request);
    if (method !== 'GET' && method !== 'HEAD')
      answerWrongMethod(response, requestId ?? this.intake.newId(), url.split('?')[0] ?? '');
    else if (isPixel) this.pixel(request, response, trackingId, requestId);
    else this.click(request, response, trackingId, mark < 0 ? null : sealedOf(url.slice(mark + 1)), requestId);
    return true;
  }

  private taken(request: IncomingMessage, trackingId: string) {
    return {
      method: request.method ?? '',
      trackingId,
      address: this.addresses.of(request.socket.remoteAddress, request.headers['x-forwarded-for']),
      headers: request.headers,
    };
  }
}

function sealedOf(query: string): string | null {
  return new URLSearchParams(query).get('l');
}

function requestIdOf(request: IncomingMessage): string | null {
  const asked = request.headers['x-request-id'];
  return typeof asked === 'string' && SANE_ID.test(asked) ? asked : null;
}
