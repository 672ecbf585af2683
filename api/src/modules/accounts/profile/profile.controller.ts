import { Body, Controller, HttpCode, Patch, Post } from '@nestjs/common';
import { type Actor, CurrentActor, NeedsProof, Public, Require } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { MembersQueries } from '../../auth';
import { ConfirmEmailDto, EmailChangeDto, ProfileChangeDto, ProfileDto } from './profile.dto';
import { LetterLimits } from '../letter-limits';
import { Profile } from './profile.service';

@Controller('api')
export class ProfileController {
  constructor(
    private readonly profile: Profile,
    private readonly work: UnitOfWork,
    private readonly queries: MembersQueries,
    private readonly limits: LetterLimits,
  ) {}

  /**
   * Changes how colleagues see the caller, in all their workspaces. 403 `proof_required` when there are further ones, and
   * only an identity provider vouches for the caller.
   */
  @Patch('user/profile')
  @Require('signed-in')
  async change(@CurrentActor() actor: Actor, @Body() { name }: ProfileChangeDto): Promise<ProfileDto> {
    if (name !== undefined) return this.profile.rename(actor, name);
    return this.work.read(actor, async (tx) => (await this.queries.me(tx)).user);
  }

  /**
   * Asks for another address to sign in with: a link goes to the new one. The answer is always the same. 401
   * `invalid_credentials` when the caller has a password and it is not the one that came along, 429 `too_many_requests`
   * after five that were not within five minutes.
   */
  @Post('user/email')
  @HttpCode(202)
  @Require('signed-in')
  @NeedsProof('account')
  async askForEmail(@CurrentActor() actor: Actor, @Body() { email, password }: EmailChangeDto): Promise<void> {
    await this.limits.admit(actor.userId, email);
    return this.profile.askForEmail(actor, email, password);
  }

  /** Confirms an address by the link that was mailed to it. 400 `invalid_token`, whatever is wrong with it. */
  @Post('auth/confirm-email')
  @HttpCode(204)
  @Public()
  confirmEmail(@Body() { token }: ConfirmEmailDto): Promise<void> {
    return this.profile.confirmEmail(token);
  }
}
