import { describe, expect, it } from '@jest/globals';
import type { Member } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { reduceMembers } from './members.rules';

type Happened = EventOfStore<'activity'>;

const member = (name: string, part: Partial<Member> = {}): Member => ({
  id: `m-${name}`,
  userId: `u-${name}`,
  name,
  email: `${name}@example.com`,
  roleId: 'r-agent',
  role: 'agent',
  teamIds: [],
  secondFactor: false,
  joinedAt: '2026-01-01T00:00:00.000Z',
  ...part,
});
const event = (type: string, data: object) => ({ type, data }) as unknown as Happened;
const names = (members: readonly Member[]) => members.map(({ name }) => name);

describe('the members of a workspace', () => {
  const both = [member('Ada'), member('Cy')];

  it('who joins stands at their place by name', () => {
    expect(names(reduceMembers(both, event('member.joined', { member: member('Ben') })))).toEqual(['Ada', 'Ben', 'Cy']);
  });

  it('a new role shows, and who is removed is gone', () => {
    const after = member('Cy', { roleId: 'r-admin', role: 'admin' });
    expect(reduceMembers(both, event('member.role_changed', { member: after, from: 'agent', to: 'admin' }))[1]).toBe(
      after,
    );
    expect(names(reduceMembers(both, event('member.removed', { memberId: 'm-Cy' })))).toEqual(['Ada']);
    expect(reduceMembers(both, event('member.removed', { memberId: 'm-Zoe' }))).toBe(both);
  });

  it('a role that is renamed is renamed for those who have it', () => {
    const night = member('Cy', { roleId: 'r-1', role: 'Night' });
    const after = reduceMembers([member('Ada'), night], event('role.updated', { role: { id: 'r-1', name: 'Late' } }));
    expect(after.map(({ role }) => role)).toEqual(['agent', 'Late']);
  });

  it('a new name or address shows, at its place', () => {
    const data = { userId: 'u-Ada', name: 'Zoe', email: 'zoe@example.com' };
    const after = reduceMembers(both, event('user.profile_changed', data));
    expect(after.map(({ name, email }) => [name, email])).toEqual([
      ['Cy', 'Cy@example.com'],
      ['Zoe', 'zoe@example.com'],
    ]);
  });

  it('teams come and go with their events', () => {
    const created = event('team.created', { team: { id: 't', name: 'North', memberIds: ['u-Ada'] } });
    const inTeam = reduceMembers(both, created);
    expect(inTeam.map(({ teamIds }) => teamIds)).toEqual([['t'], []]);
    expect(reduceMembers(inTeam, created)).toBe(inTeam);
    const moved = reduceMembers(inTeam, event('team.updated', { team: { id: 't', memberIds: ['u-Cy'] } }));
    expect(moved.map(({ teamIds }) => teamIds)).toEqual([[], ['t']]);
    expect(reduceMembers(moved, event('team.deleted', { teamId: 't' })).flatMap(({ teamIds }) => teamIds)).toEqual([]);
  });

  it('anything else changes nothing', () => {
    expect(reduceMembers(both, event('lead.created', { lead: {} }))).toBe(both);
  });
});
