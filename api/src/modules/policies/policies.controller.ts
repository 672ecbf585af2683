import { Body, Controller, Get, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, NeedsProof, Require } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { WorkspacePoliciesDto } from './policies.dto';
import { Policies } from './policies.service';

@Controller('api/workspace/policies')
export class PoliciesController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly policies: Policies,
  ) {}

  /** What the workspace asks of everybody who uses it. */
  @Get()
  @Require('policies:read')
  read(@CurrentActor() actor: Actor): Promise<WorkspacePoliciesDto> {
    return this.work.read(actor, (tx) => this.policies.of(tx));
  }

  /**
   * Replaces the policies; they hold within seconds, on every request and every open screen. 400 for one that would lock
   * the caller out: networks without their own address, a second factor that they do not have, single sign-on only
   * without a provider that is switched on and an owner who could still sign in.
   */
  @Put()
  @Require('policies:write')
  @NeedsProof()
  replace(
    @CurrentActor() actor: Actor,
    @Body() body: WorkspacePoliciesDto,
    @Req() request: FastifyRequest,
  ): Promise<WorkspacePoliciesDto> {
    return this.work.run(actor, (tx) => this.policies.replace(tx, { ...body }, request.ip));
  }
}
