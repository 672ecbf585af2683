import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../platform/access';
import { cameFrom, RefreshCookie, SignedInDto } from '../../auth';
import { Challenge } from '../challenge.service';
import { PasskeyOfferDto, PasskeyOptionsDto, PasskeyResponseDto } from '../mfa.dto';
import { Passkeys } from './passkeys.service';
import { RelyingParty } from './relying-party';

/** Signing in without a password. Public: nobody is signed in yet. */
@Controller('api/auth/passkey')
export class PasskeySignInController {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly party: RelyingParty,
    private readonly challenge: Challenge,
    private readonly cookie: RefreshCookie,
  ) {}

  /** Whether passkeys work at this installation's address, and why not. */
  @Get()
  @Public()
  offer(): PasskeyOfferDto {
    return this.party.offer;
  }

  /** What a passkey has to sign to sign in. */
  @Post('options')
  @HttpCode(200)
  @Public()
  async options(): Promise<PasskeyOptionsDto> {
    return { options: await this.passkeys.ask('sign-in', null) };
  }

  /** Signs in by a passkey whose device knew its owner. 401 `invalid_passkey`, whatever was wrong with it. */
  @Post()
  @HttpCode(200)
  @Public()
  async signIn(
    @Body() { response }: PasskeyResponseDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    this.cookie.refuseOtherSites(request);
    const { user, workspace, tokens } = await this.challenge.withPasskey(response, cameFrom(request));
    this.cookie.set(reply, tokens.refreshToken);
    return { accessToken: tokens.accessToken, expiresIn: tokens.expiresIn, user, workspace };
  }
}
