import { Module, type OnModuleInit } from '@nestjs/common';
import { RegistrationDoor } from '../auth';
import { PeopleModule } from '../people';
import { AccountLinks } from './account-links';
import { AccountsQueries } from './accounts.queries';
import { AccountMoves } from './addresses/account-moves';
import { AddressConfirmation } from './addresses/address-confirmation';
import { AddressLinks } from './addresses/address-links';
import { AddressesController } from './addresses/addresses.controller';
import { LetterLimits } from './letter-limits';
import { InvitationLinks } from './invitations/invitation-links';
import { InvitationsController } from './invitations/invitations.controller';
import { InvitationsQueries } from './invitations/invitations.queries';
import { InvitationsService } from './invitations/invitations.service';
import { Inviters } from './invitations/inviters';
import { Joining } from './invitations/joining.service';
import { Newcomers } from './invitations/newcomers.service';
import { OutlivedInvitationsReaction } from './invitations/outlived-invitations.reaction';
import { ForgottenPasswords } from './passwords/forgotten-passwords';
import { NewPasswords } from './passwords/new-passwords';
import { PasswordAftermath } from './passwords/password-aftermath';
import { PasswordChanges } from './passwords/password-changes';
import { PasswordResets } from './passwords/password-resets';
import { PasswordsController } from './passwords/passwords.controller';
import { ResetLetters } from './passwords/reset-letters';
import { WaysIn } from './passwords/ways-in';
import { ProfileController } from './profile/profile.controller';
import { Profile } from './profile/profile.service';
import { Crossing } from './workspaces/crossing.service';
import { WorkspacesController } from './workspaces/workspaces.controller';
import { Workspaces } from './workspaces/workspaces.service';

/** What people do about their own accounts, and how they come into workspaces. */
@Module({
  imports: [PeopleModule],
  controllers: [
    AddressesController,
    InvitationsController,
    PasswordsController,
    ProfileController,
    WorkspacesController,
  ],
  providers: [
    AccountLinks,
    AccountMoves,
    AccountsQueries,
    AddressConfirmation,
    AddressLinks,
    Crossing,
    ForgottenPasswords,
    InvitationLinks,
    InvitationsQueries,
    InvitationsService,
    Inviters,
    Joining,
    LetterLimits,
    Newcomers,
    NewPasswords,
    OutlivedInvitationsReaction,
    PasswordAftermath,
    PasswordChanges,
    PasswordResets,
    Profile,
    ResetLetters,
    WaysIn,
    Workspaces,
  ],
  exports: [AccountsQueries, AddressLinks, WaysIn],
})
export class AccountsModule implements OnModuleInit {
  constructor(
    private readonly registration: RegistrationDoor,
    private readonly links: AddressLinks,
  ) {}

  onModuleInit(): void {
    this.registration.tellBy((user, workspace, answered) => this.links.mail(user.id, workspace.id, answered));
  }
}
