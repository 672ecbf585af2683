import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, NeedsProof, OpenWhileEnrolling, Public, Require } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { cameFrom, RefreshCookie, SignedInDto } from '../auth';
import { Challenge } from './challenge.service';
import {
  ChallengeDto,
  CodeDto,
  MfaTokenDto,
  PasskeyOptionsDto,
  RecoveryCodesDto,
  SecondFactorsDto,
  TotpProposalDto,
} from './mfa.dto';
import { Totp } from './totp.service';

@Controller('api/auth/mfa')
export class MfaController {
  constructor(
    private readonly totp: Totp,
    private readonly challenge: Challenge,
    private readonly work: UnitOfWork,
    private readonly cookie: RefreshCookie,
  ) {}

  /** How the caller's account is secured. */
  @Get()
  @Require('signed-in')
  @OpenWhileEnrolling()
  state(@CurrentActor() actor: Actor): Promise<SecondFactorsDto> {
    return this.work.read(actor, (tx) => this.totp.state(tx));
  }

  /** A new seed for an authenticator app; it is no factor until a code of it was shown. 409 `wrong_state`. */
  @Post('totp')
  @Require('signed-in')
  @OpenWhileEnrolling()
  @NeedsProof('account')
  propose(@CurrentActor() actor: Actor): Promise<TotpProposalDto> {
    return this.totp.propose(actor);
  }

  /**
   * Shows the first code, within ten minutes. Recovery codes come with it; all other sessions of the person end. 401
   * `invalid_code`, 409 `wrong_state` after that time, 429 after five wrong ones.
   */
  @Post('totp/confirm')
  @HttpCode(200)
  @Require('signed-in')
  @OpenWhileEnrolling()
  @NeedsProof('account')
  confirm(@CurrentActor() actor: Actor, @Body() { code }: CodeDto): Promise<RecoveryCodesDto> {
    return this.totp.confirm(actor, code);
  }

  /** Takes the authenticator app away, by a code of it or a recovery code. 401 `invalid_code`. */
  @Delete('totp')
  @HttpCode(204)
  @Require('signed-in')
  @NeedsProof('account')
  async remove(@CurrentActor() actor: Actor, @Body() { code }: CodeDto): Promise<void> {
    await this.totp.remove(actor, code);
  }

  /** New recovery codes in place of the old ones. 409 `wrong_state` without a second factor. */
  @Post('recovery-codes')
  @Require('signed-in')
  @NeedsProof('account')
  renewRecoveryCodes(@CurrentActor() actor: Actor): Promise<RecoveryCodesDto> {
    return this.totp.renewRecoveryCodes(actor);
  }

  /** What a passkey has to sign as the second step of a sign-in. Public: who asks is not signed in yet. */
  @Post('passkey/options')
  @HttpCode(200)
  @Public()
  async passkeyOptions(@Body() { mfaToken }: MfaTokenDto): Promise<PasskeyOptionsDto> {
    return { options: await this.challenge.askPasskey(mfaToken) };
  }

  /**
   * The second step of a sign-in, by a code or a passkey; answered as the first would have been. Public: who answers is
   * not signed in yet. 401 `invalid_code`, `invalid_passkey`; 401 `session_ended` when the sign-in has to begin again.
   */
  @Post('challenge')
  @HttpCode(200)
  @Public()
  async answer(
    @Body() body: ChallengeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    this.cookie.refuseOtherSites(request);
    const { mfaToken, code, response } = body;
    const { user, workspace, tokens } = await this.challenge.answer(mfaToken, { code, response }, cameFrom(request));
    this.cookie.set(reply, tokens.refreshToken);
    return { accessToken: tokens.accessToken, expiresIn: tokens.expiresIn, user, workspace };
  }
}
