import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../access';
import { Config } from '../config';
import { Refusal } from '../refusal';
import { Metrics } from './metrics';

@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly config: Config,
  ) {}

  /**
   * Prometheus text, for who runs the installation: with METRICS_TOKEN as the bearer token; without one set, from this
   * machine only. No right in a workspace opens it: the figures are of all workspaces together, and what the process was
   * at work on would tell who has an account. 401 `unauthenticated`.
   */
  @Get()
  @Public()
  @ApiExcludeEndpoint()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  prometheus(@Req() request: FastifyRequest): Promise<string> {
    const { metricsToken } = this.config;
    const [, shown = ''] = (request.headers.authorization ?? '').split(' ');
    const may = metricsToken === null ? isLocal(request) : timingSafeEqual(digest(shown), digest(metricsToken));
    if (!may) throw new Refusal('unauthenticated', { detail: 'Metrics are for who runs this installation.' });
    return this.metrics.registry.metrics();
  }
}

/** A request that a proxy passed on came from elsewhere, even if the proxy runs here. */
function isLocal(request: FastifyRequest): boolean {
  const peer = request.socket.remoteAddress ?? '';
  const loopback = peer === '::1' || peer.replace('::ffff:', '').startsWith('127.');
  return loopback && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
