export { MembersStore } from './members.store';
