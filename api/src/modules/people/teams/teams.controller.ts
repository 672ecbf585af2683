import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../../platform/access';
import { readHead } from '../../../platform/log';
import { UnitOfWork } from '../../../platform/work';
import { ChangeTeamDto, CreateTeamDto, TeamDto, TeamListDto, TeamParams } from './teams.dto';
import { TeamsQueries } from './teams.queries';
import { TeamsService } from './teams.service';

@Controller('api/teams')
export class TeamsController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly teams: TeamsService,
    private readonly queries: TeamsQueries,
  ) {}

  /** Every team, by name. */
  @Get()
  @Require('members:read')
  list(@CurrentActor() actor: Actor): Promise<TeamListDto> {
    return this.work.read(actor, async (tx) => ({
      items: await this.queries.list(tx),
      nextCursor: null,
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }

  /** Makes a team. 409 `duplicate` when another one has its name. */
  @Post()
  @Require('teams:write')
  create(@CurrentActor() actor: Actor, @Body() body: CreateTeamDto): Promise<TeamDto> {
    return this.work.run(actor, (tx) => this.teams.create(tx, body));
  }

  /** Changes the given fields and leaves the others. 409 `duplicate` when another team has the name. */
  @Patch(':id')
  @Require('teams:write')
  change(@CurrentActor() actor: Actor, @Param() { id }: TeamParams, @Body() body: ChangeTeamDto): Promise<TeamDto> {
    return this.work.run(actor, (tx) => this.teams.change(tx, id, body));
  }

  /** Deletes a team; its members stay in the workspace. 409 `conflict` while something is still assigned to it. */
  @Delete(':id')
  @HttpCode(204)
  @Require('teams:write')
  delete(@CurrentActor() actor: Actor, @Param() { id }: TeamParams): Promise<void> {
    return this.work.run(actor, (tx) => this.teams.delete(tx, id));
  }
}
