import { describe, expect, it } from '@jest/globals';
import type { Invitation } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { openInvitations, reduceInvitations } from './invitations.rules';

const invitation = (id: string, more: Partial<Invitation> = {}): Invitation => ({
  id,
  email: `${id}@example.com`,
  roleId: 'r',
  role: 'agent',
  teamIds: [],
  status: 'pending',
  invitedBy: null,
  createdAt: '2026-11-01T00:00:00.000Z',
  sentAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2026-11-08T00:00:00.000Z',
  ...more,
});
const event = (type: string, data: object) => ({ type, data }) as EventOfStore<'activity'>;

describe('the invitations', () => {
  it('follow what happens to them', () => {
    const [first, second] = [invitation('a'), invitation('b', { sentAt: '2026-11-02T00:00:00.000Z' })];
    const both = reduceInvitations([first], event('invitation.created', { invitation: second }));
    expect(both.map(({ id }) => id)).toEqual(['b', 'a']);
    const revoked = { ...second, status: 'revoked' as const };
    expect(reduceInvitations(both, event('invitation.revoked', { invitation: revoked }))).toEqual([revoked, first]);
    expect(reduceInvitations(both, event('member.joined', {}))).toBe(both);
  });

  it('are open until they are accepted or taken back, and end by themselves', () => {
    const all = [invitation('a'), invitation('b', { status: 'revoked' }), invitation('c', { status: 'accepted' })];
    expect(openInvitations(all, Date.parse('2026-11-07T00:00:00.000Z'))).toMatchObject([
      { id: 'a', status: 'pending' },
    ]);
    expect(openInvitations(all, Date.parse('2026-11-08T00:00:00.000Z'))).toMatchObject([
      { id: 'a', status: 'expired' },
    ]);
  });
});
