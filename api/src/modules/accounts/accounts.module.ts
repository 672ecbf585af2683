import { Module } from '@nestjs/common';
import { PeopleModule } from '../people';
import { AccountLinks } from './account-links';
import { AccountsQueries } from './accounts.queries';
import { InvitationsController } from './invitations/invitations.controller';
import { InvitationsQueries } from './invitations/invitations.queries';
import { InvitationsService } from './invitations/invitations.service';
import { Joining } from './invitations/joining.service';
import { Newcomers } from './invitations/newcomers.service';
import { ForgottenPasswords } from './passwords/forgotten-passwords';
import { PasswordAftermath } from './passwords/password-aftermath';
import { PasswordChanges } from './passwords/password-changes';
import { PasswordsController } from './passwords/passwords.controller';
import { ProfileController } from './profile/profile.controller';
import { Profile } from './profile/profile.service';
import { Crossing } from './workspaces/crossing.service';
import { WorkspacesController } from './workspaces/workspaces.controller';
import { Workspaces } from './workspaces/workspaces.service';

/** What people do about their own accounts, and how they come into workspaces. */
@Module({
  imports: [PeopleModule],
  controllers: [InvitationsController, PasswordsController, ProfileController, WorkspacesController],
  providers: [
    AccountLinks,
    AccountsQueries,
    Crossing,
    ForgottenPasswords,
    InvitationsQueries,
    InvitationsService,
    Joining,
    Newcomers,
    PasswordAftermath,
    PasswordChanges,
    Profile,
    Workspaces,
  ],
})
export class AccountsModule {}
