export { InvitationsSection } from './invitations.section';
