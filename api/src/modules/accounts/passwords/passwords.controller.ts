import { Body, Controller, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, Public, Require } from '../../../platform/access';
import { answerOf, cameFrom, RefreshCookie } from '../../auth';
import { ForgottenPasswords } from './forgotten-passwords';
import { PasswordChanges } from './password-changes';
import { PasswordResets } from './password-resets';
import { ChangePasswordDto, ForgotPasswordDto, ResetPasswordDto } from './passwords.dto';

@Controller('api/auth')
export class PasswordsController {
  constructor(
    private readonly changes: PasswordChanges,
    private readonly forgotten: ForgottenPasswords,
    private readonly resets: PasswordResets,
    private readonly cookie: RefreshCookie,
  ) {}

  /**
   * Changes the caller's password and ends their other sessions, everywhere. 401 `invalid_credentials` when the present
   * one is not right, 429 `too_many_requests` after five that were not within five minutes; 400 `invalid_input` at
   * `password` when the new one is too short, leaked or guessed at once.
   */
  @Put('password')
  @HttpCode(204)
  @Require('signed-in')
  change(@CurrentActor() actor: Actor, @Body() body: ChangePasswordDto): Promise<void> {
    return this.changes.change(actor, body.current, body.password);
  }

  /**
   * Mails a link to a new password, if there is such an account: at most three an hour. Of an address that nobody has
   * proved to be theirs, one for each of its accounts. The answer is always the same. 429 `too_many_requests` for who
   * asks for hundreds of addresses.
   */
  @Post('forgot-password')
  @HttpCode(202)
  @Public()
  forgot(
    @Body() { email }: ForgotPasswordDto,
    @Req() { ip }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    return this.forgotten.mailLinks(email, ip, answerOf(reply));
  }

  /**
   * Sets a new password by the link that was mailed, and ends all sessions of the person. Signs nobody in.
   * 400 `invalid_token`, whatever is wrong with the link; 429 `too_many_requests` after ten new passwords within an hour
   * for accounts of an address that nobody has proved.
   */
  @Post('reset-password')
  @HttpCode(204)
  @Public()
  async reset(
    @Body() body: ResetPasswordDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.cookie.refuseOtherSites(request);
    const { browserKnown } = await this.resets.reset(body.token, body.password, cameFrom(request).browser);
    if (browserKnown) this.cookie.knowAgain(reply);
  }
}
