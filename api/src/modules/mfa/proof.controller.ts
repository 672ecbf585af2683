import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, OpenWhileEnrolling, Require } from '../../platform/access';
import { RefreshCookie, RefreshedDto } from '../auth';
import { ProofOptionsDto, ProveDto } from './mfa.dto';
import { Proof } from './proof.service';

@Controller('api/auth/prove')
export class ProofController {
  constructor(
    private readonly proof: Proof,
    private readonly cookie: RefreshCookie,
  ) {}

  /** With what the caller can prove who they are. */
  @Post('options')
  @HttpCode(200)
  @Require('signed-in')
  @OpenWhileEnrolling()
  options(@CurrentActor() actor: Actor): Promise<ProofOptionsDto> {
    return this.proof.options(actor);
  }

  /**
   * Proves who the caller is, by one of password, code or passkey, for what asks for it in the next fifteen minutes. The
   * session goes on under another id: new access token, new cookie. With a second factor a password alone does not do.
   * 401 `invalid_credentials`, `invalid_code`, `invalid_passkey`; 429 after five wrong tries.
   */
  @Post()
  @HttpCode(200)
  @Require('signed-in')
  @OpenWhileEnrolling()
  async prove(
    @CurrentActor() actor: Actor,
    @Body() body: ProveDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RefreshedDto> {
    this.cookie.refuseOtherSites(request);
    const { accessToken, expiresIn, refreshToken } = await this.proof.prove(actor, body);
    this.cookie.set(reply, refreshToken);
    return { accessToken, expiresIn };
  }
}
