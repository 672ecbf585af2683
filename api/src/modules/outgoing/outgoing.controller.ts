import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { OutgoingDto, ResumeOutgoingDto } from './outgoing.dto';
import { OutgoingPauses } from './outgoing-pauses.service';

@Controller('api/workspace/outgoing')
export class OutgoingController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly pauses: OutgoingPauses,
  ) {}

  /**
   * Whether webhooks and messages leave the workspace. After a restore from a backup they wait, so that nothing is sent
   * twice, until somebody has said what becomes of what waited in it.
   */
  @Get()
  @Require('workspace:read')
  read(@CurrentActor() actor: Actor): Promise<OutgoingDto> {
    return this.work.read(actor, (tx) => this.pauses.of(tx));
  }

  /**
   * Lets webhooks and messages leave again, and says what becomes of what waited in the backup; what came since the
   * restore is sent in any case. 409 `wrong_state` when nothing is paused.
   */
  @Post('resume')
  @HttpCode(200)
  @Require('workspace:write')
  resume(@CurrentActor() actor: Actor, @Body() { waiting }: ResumeOutgoingDto): Promise<OutgoingDto> {
    return this.work.run(actor, (tx) => this.pauses.resume(tx, waiting));
  }
}
