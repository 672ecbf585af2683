import type { Member } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';

/** Pure: the members after an event. */
export function reduceMembers(members: readonly Member[], event: EventOfStore<'activity'>): readonly Member[] {
  switch (event.type) {
    case 'member.joined':
    case 'member.role_changed':
      return withMember(members, event.data.member);
    case 'member.removed': {
      const { memberId } = event.data;
      return members.some(({ id }) => id === memberId) ? members.filter(({ id }) => id !== memberId) : members;
    }
    case 'user.profile_changed': {
      const { userId, name, email } = event.data;
      const member = members.find((each) => each.userId === userId);
      return member ? withMember(members, { ...member, name, email }) : members;
    }
    case 'role.updated': {
      const { id, name } = event.data.role;
      return changed(members, (member) => (member.roleId === id && member.role !== name ? { role: name } : null));
    }
    case 'team.created':
    case 'team.updated': {
      const { id, memberIds } = event.data.team;
      return changed(members, (member) => inTeam(member, id, memberIds.includes(member.userId)));
    }
    case 'team.deleted': {
      const { teamId } = event.data;
      return changed(members, (member) => inTeam(member, teamId, false));
    }
    default:
      return members;
  }
}

/** Pure: the members with one of them as they are now, by name. */
export function withMember(members: readonly Member[], member: Member): readonly Member[] {
  const others = members.filter(({ id }) => id !== member.id);
  return [...others, member].sort((a, b) => a.name.localeCompare(b.name));
}

function inTeam(member: Member, teamId: string, is: boolean): Partial<Member> | null {
  if (member.teamIds.includes(teamId) === is) return null;
  return { teamIds: is ? [...member.teamIds, teamId] : member.teamIds.filter((id) => id !== teamId) };
}

function changed(members: readonly Member[], change: (member: Member) => Partial<Member> | null): readonly Member[] {
  let any = false;
  const after = members.map((member) => {
    const difference = change(member);
    if (!difference) return member;
    any = true;
    return { ...member, ...difference };
  });
  return any ? after : members;
}
