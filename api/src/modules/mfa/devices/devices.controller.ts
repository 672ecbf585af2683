import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { type Actor, CurrentActor, OpenWhileEnrolling, Require } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { MembersService } from '../../people';
import { IdParams } from '../mfa.dto';
import { DeviceListDto } from './devices.dto';
import { Devices } from './devices.service';

@Controller('api')
export class DevicesController {
  constructor(
    private readonly devices: Devices,
    private readonly members: MembersService,
    private readonly work: UnitOfWork,
  ) {}

  /** Where the caller is signed in to this workspace: this device first. */
  @Get('auth/sessions')
  @Require('signed-in')
  @OpenWhileEnrolling()
  async list(@CurrentActor() actor: Actor): Promise<DeviceListDto> {
    return { items: await this.work.read(actor, (tx) => this.devices.list(tx)), nextCursor: null };
  }

  /** Signs one device of the caller out, at once. */
  @Delete('auth/sessions/:id')
  @HttpCode(204)
  @Require('signed-in')
  @OpenWhileEnrolling()
  async end(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<void> {
    await this.devices.end(actor, id);
  }

  /** Signs the caller out everywhere but here. */
  @Delete('auth/sessions')
  @HttpCode(204)
  @Require('signed-in')
  @OpenWhileEnrolling()
  async endOthers(@CurrentActor() actor: Actor): Promise<void> {
    await this.devices.endOthers(actor);
  }

  /** Signs a member out everywhere in this workspace. 403 `forbidden` for who may do more than the caller. */
  @Delete('members/:id/sessions')
  @HttpCode(204)
  @Require('members:write')
  async endOfMember(@CurrentActor() actor: Actor, @Param() { id }: IdParams): Promise<void> {
    await this.work.run(actor, (tx) => this.members.signOut(tx, id));
  }
}
