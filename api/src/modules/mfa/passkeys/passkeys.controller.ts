import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  type Actor,
  CurrentActor,
  memberBehind,
  NeedsProof,
  OpenWhileEnrolling,
  Require,
} from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import {
  AddedPasskeyDto,
  AddPasskeyDto,
  IdParams,
  PasskeyDto,
  PasskeyListDto,
  PasskeyNameDto,
  PasskeyOptionsDto,
} from '../mfa.dto';
import { passkeysOf } from './passkey-rows';
import { Passkeys } from './passkeys.service';

@Controller('api/auth/passkeys')
export class PasskeysController {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly work: UnitOfWork,
  ) {}

  /** The caller's passkeys. */
  @Get()
  @Require('signed-in')
  @OpenWhileEnrolling()
  async list(@CurrentActor() actor: Actor): Promise<PasskeyListDto> {
    const items = await this.work.read(actor, (tx) => passkeysOf(tx, memberBehind(actor)));
    return { items, nextCursor: null };
  }

  /** What the browser needs to make a passkey. 409 `wrong_state` at an address where browsers make none. */
  @Post('options')
  @HttpCode(200)
  @Require('signed-in')
  @OpenWhileEnrolling()
  @NeedsProof('account')
  async options(@CurrentActor() actor: Actor): Promise<PasskeyOptionsDto> {
    return { options: await this.passkeys.askToAdd(actor) };
  }

  /** Adds the passkey that the browser made; all other sessions of the person end. 401 `invalid_passkey`. */
  @Post()
  @Require('signed-in')
  @OpenWhileEnrolling()
  @NeedsProof('account')
  add(@CurrentActor() actor: Actor, @Body() { response, name }: AddPasskeyDto): Promise<AddedPasskeyDto> {
    return this.passkeys.add(actor, response, name);
  }

  /** Renames a passkey of the caller. */
  @Patch(':id')
  @Require('signed-in')
  rename(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdParams,
    @Body() { name }: PasskeyNameDto,
  ): Promise<PasskeyDto> {
    return this.passkeys.rename(actor, id, name);
  }

  /** Removes a passkey of the caller; it opens nothing any more, and all other sessions end. */
  @Delete(':id')
  @HttpCode(204)
  @Require('signed-in')
  @NeedsProof('account')
  async remove(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<void> {
    await this.passkeys.remove(actor, id);
  }
}
