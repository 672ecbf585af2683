import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Authenticator, Public } from '../access';
import { Refusal } from '../refusal';
import { Metrics } from './metrics';
import { Readiness } from './readiness';

export class HealthDto {
  status: 'ok';
}

@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    private readonly authenticator: Authenticator,
  ) {}

  /** The process runs. */
  @Get('health/live')
  @Public()
  live(): HealthDto {
    return { status: 'ok' };
  }

  /** The process should get traffic. 503 while it starts, stops, or its database does not answer. */
  @Get('health/ready')
  @Public()
  async ready(): Promise<HealthDto> {
    await this.readiness.check();
    return { status: 'ok' };
  }

  /** Prometheus text. Open to this machine; from elsewhere it needs a bearer token with `events:read`. */
  @Get('metrics')
  @Public()
  @ApiExcludeEndpoint()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async prometheus(@Req() request: FastifyRequest): Promise<string> {
    if (!isLocal(request)) {
      const [, token = ''] = (request.headers.authorization ?? '').split(' ');
      const actor = await this.authenticator.authenticate(token, { ip: request.ip });
      if (!actor.permissions.has('events:read')) throw new Refusal('forbidden');
    }
    return this.metrics.registry.metrics();
  }
}

/** A request that a proxy passed on came from elsewhere, even if the proxy runs here. */
function isLocal(request: FastifyRequest): boolean {
  const peer = request.socket.remoteAddress ?? '';
  const loopback = peer === '::1' || peer.replace('::ffff:', '').startsWith('127.');
  return loopback && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined;
}
