export { MembersService } from './members/members.service';
export { PeopleModule } from './people.module';
export { beyond, beyondWords, type Reach, type RoleShape } from './role.rules';
export { RolesQueries } from './roles/roles.queries';
export { RolesService } from './roles/roles.service';
export { type Standing, Standings } from './standings';
export { TeamsQueries } from './teams/teams.queries';
export { TeamsService } from './teams/teams.service';
