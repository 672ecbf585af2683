export { further, permissionWords, type Reach, SCOPE_WORDS, whyNotGiven, whyNotTouched, within } from './reach.rules';
export type { RoleFields } from './roles.api';
export { reduceRoles } from './roles.rules';
export { RolesStore } from './roles.store';
