import { Controller, Get, Header, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { SIGNED_HEADERS } from '../providers/provider-book';
import { HookIntake } from './hook-intake.service';
import { HookParams } from './hooks.dto';

/** Where providers call: open to the world, because what counts is that a call is signed. */
@Controller('api/hooks')
export class ProviderHooksController {
  constructor(
    private readonly intake: HookIntake,
    private readonly config: Config,
  ) {}

  /**
   * Takes what a provider tells. The answer is empty, and given when all of it is on disk; the same event again is
   * answered alike and counts once. 403 `forbidden` for what the provider has not signed, without a word why; 404 for an
   * address that is nobody's; 503 when it cannot be kept or checked now, and should be sent again.
   */
  @Post(':provider/:token')
  @Public()
  @HttpCode(200)
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiConsumes('application/json', 'application/x-www-form-urlencoded', 'text/plain')
  async take(@Param() { provider, token }: HookParams, @Req() request: FastifyRequest): Promise<string> {
    await this.intake.take(provider, token, request.ip, {
      raw: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      headers: signedHeaders(request),
      url: `${this.config.publicUrl}${request.url}`,
    });
    return '';
  }

  /** Answers Meta's question whether the address is ours with its own challenge. 403 `forbidden` for any other. */
  @Get(':provider/:token')
  @Public()
  @Header('content-type', 'text/plain; charset=utf-8')
  async confirm(
    @Param() { provider, token }: HookParams,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    return this.intake.confirm(provider, token, request.ip, query);
  }
}

function signedHeaders({ headers }: FastifyRequest): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of SIGNED_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value.slice(0, 2_000);
  }
  return kept;
}
