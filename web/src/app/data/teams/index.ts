export type { TeamFields } from './teams.api';
export { reduceTeams } from './teams.rules';
export { TeamsStore } from './teams.store';
