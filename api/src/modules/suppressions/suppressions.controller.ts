import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { readHead } from '../../platform/log';
import { type ReadTx, UnitOfWork } from '../../platform/work';
import { LeadsService } from '../leads';
import { LeadSuppressionDto, LiftSuppressionDto, SuppressedLeadParams } from './suppressions.dto';
import { Suppressions } from './suppressions.service';

@Controller('api/leads/:id/suppression')
export class SuppressionsController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly leads: LeadsService,
    private readonly suppressions: Suppressions,
  ) {}

  /** Whether anything may be sent to the lead's address, and if not, why. */
  @Get()
  @Require('leads:read')
  read(@CurrentActor() actor: Actor, @Param() { id }: SuppressedLeadParams): Promise<LeadSuppressionDto> {
    return this.work.read(actor, (tx) => this.of(tx, id));
  }

  /**
   * Lets mail go to the lead's address again, and says why. 409 `wrong_state` when nothing is suppressed, or when its
   * owner asked to be forgotten, which nobody can lift.
   */
  @Post('lift')
  @HttpCode(200)
  @Require('privacy:write')
  lift(
    @CurrentActor() actor: Actor,
    @Param() { id }: SuppressedLeadParams,
    @Body() { reason }: LiftSuppressionDto,
  ): Promise<LeadSuppressionDto> {
    return this.work.run(actor, async (tx) => {
      await this.suppressions.lift(tx, await this.leads.find(tx, id), reason);
      return this.of(tx, id);
    });
  }

  private async of(tx: ReadTx, id: string): Promise<LeadSuppressionDto> {
    const asOf = await readHead(tx.query, tx.workspaceId);
    const { email } = await this.leads.find(tx, id);
    return { asOf, suppression: email ? await this.suppressions.of(tx, email) : null };
  }
}
