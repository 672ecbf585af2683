export type { Counted, Owned } from './members.api';
export { reduceMembers } from './members.rules';
export { MembersStore } from './members.store';
