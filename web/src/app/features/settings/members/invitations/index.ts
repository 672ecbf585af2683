export { InvitationsComponent } from './invitations.component';
