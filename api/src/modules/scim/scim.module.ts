import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { PeopleModule } from '../people';
import { MergedPeopleReaction } from './merged-people.reaction';
import { ScimAccounts } from './resources/scim-accounts';
import { ScimBodies } from './resources/scim-bodies';
import { ScimDiscoveryController } from './resources/scim-discovery.controller';
import { ScimGroupsController } from './resources/scim-groups.controller';
import { ScimGroups } from './resources/scim-groups.service';
import { ScimRoles } from './resources/scim-roles';
import { ScimUsersController } from './resources/scim-users.controller';
import { ScimUsersQueries } from './resources/scim-users.queries';
import { ScimUsers } from './resources/scim-users.service';
import { ScimMakersReaction } from './tokens/makers.reaction';
import { ScimTokenAuthenticator } from './tokens/scim-token.authenticator';
import { ScimTokenDirectory } from './tokens/scim-token.directory';
import { ScimTokensController } from './tokens/scim-tokens.controller';
import { ScimTokens } from './tokens/scim-tokens.service';

/** Provisioning by a directory: SCIM 2.0, and the tokens it takes. */
@Module({
  imports: [AccountsModule, PeopleModule],
  controllers: [ScimDiscoveryController, ScimGroupsController, ScimTokensController, ScimUsersController],
  providers: [
    MergedPeopleReaction,
    ScimAccounts,
    ScimBodies,
    ScimGroups,
    ScimMakersReaction,
    ScimRoles,
    ScimTokenAuthenticator,
    ScimTokenDirectory,
    ScimTokens,
    ScimUsers,
    ScimUsersQueries,
  ],
})
export class ScimModule {}
