import type { Team } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';

/** Pure: the teams after an event, by name. */
export function reduceTeams(teams: readonly Team[], event: EventOfStore<'activity'>): readonly Team[] {
  switch (event.type) {
    case 'team.created':
    case 'team.updated': {
      const { team } = event.data;
      const others = teams.filter(({ id }) => id !== team.id);
      return [...others, team].sort((a, b) => a.name.localeCompare(b.name));
    }
    case 'team.deleted': {
      const { teamId } = event.data;
      return teams.some(({ id }) => id === teamId) ? teams.filter(({ id }) => id !== teamId) : teams;
    }
    default:
      return teams;
  }
}
