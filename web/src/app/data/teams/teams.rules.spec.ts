import { describe, expect, it } from '@jest/globals';
import type { Team } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { reduceTeams } from './teams.rules';

const team = (name: string, memberIds: string[] = []): Team => ({
  id: name,
  name,
  memberIds,
  createdAt: '2026-01-01T00:00:00.000Z',
});
const event = (type: string, data: object) => ({ type, data }) as unknown as EventOfStore<'activity'>;

describe('the teams of a workspace', () => {
  const teams = [team('East'), team('West')];

  it('a new one stands at its place by name, a change shows, a deleted one is gone', () => {
    const north = reduceTeams(teams, event('team.created', { team: team('North') }));
    expect(north.map(({ name }) => name)).toEqual(['East', 'North', 'West']);
    expect(reduceTeams(teams, event('team.updated', { team: team('West', ['u']) }))[1]?.memberIds).toEqual(['u']);
    expect(reduceTeams(teams, event('team.deleted', { teamId: 'East' }))).toEqual([team('West')]);
    expect(reduceTeams(teams, event('team.deleted', { teamId: 'Gone' }))).toBe(teams);
    expect(reduceTeams(teams, event('lead.created', {}))).toBe(teams);
  });
});
