export type { Inviting } from './invitations.api';
export { openInvitations } from './invitations.rules';
export { InvitationsStore } from './invitations.store';
