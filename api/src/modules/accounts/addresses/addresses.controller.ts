import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Actor, CurrentActor, memberBehind, OpenWhileEnrolling, Public, Require } from '../../../platform/access';
import { answerOf } from '../../auth';
import { AddressConfirmation } from './address-confirmation';
import { AddressLinks } from './address-links';
import { AddressConfirmedDto, ConfirmAddressDto } from './addresses.dto';

@Controller('api')
export class AddressesController {
  constructor(
    private readonly links: AddressLinks,
    private readonly confirmation: AddressConfirmation,
  ) {}

  /**
   * Mails the link that confirms the caller's address once more: at most three an hour, and none when it is confirmed.
   * The answer is always the same.
   */
  @Post('user/email/confirmation')
  @HttpCode(202)
  @Require('signed-in')
  @OpenWhileEnrolling()
  ask(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): void {
    this.links.mail(memberBehind(actor), actor.workspaceId, answerOf(reply));
  }

  /**
   * Confirms the address of a new account by the link that was mailed to it. If the address has an account already, that
   * one takes the place of the new one in its workspaces, and the sessions of the new one end. 400 `invalid_token`,
   * whatever is wrong with the link.
   */
  @Post('auth/confirm-address')
  @HttpCode(200)
  @Public()
  confirm(@Body() { token }: ConfirmAddressDto): Promise<AddressConfirmedDto> {
    return this.confirmation.confirm(token);
  }
}
