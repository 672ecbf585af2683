import { Module } from '@nestjs/common';
import { MembersController } from './members/members.controller';
import { MembersService } from './members/members.service';
import { RolesController } from './roles/roles.controller';
import { RolesQueries } from './roles/roles.queries';
import { RolesService } from './roles/roles.service';
import { Standings } from './standings';
import { TeamsController } from './teams/teams.controller';
import { TeamsQueries } from './teams/teams.queries';
import { TeamsService } from './teams/teams.service';

/** Who is in the workspace, in which teams, and what they may do. */
@Module({
  controllers: [MembersController, RolesController, TeamsController],
  providers: [MembersService, RolesQueries, RolesService, Standings, TeamsQueries, TeamsService],
  exports: [MembersService, RolesQueries, RolesService, Standings, TeamsQueries, TeamsService],
})
export class PeopleModule {}
