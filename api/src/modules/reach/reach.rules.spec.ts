import { describe, expect, it } from '@jest/globals';
import { type Permission, SCOPES } from '@threadline/contracts';
import { ownerOfNew, reachesEverything, reachOf } from './reach.rules';

const READING: ReadonlySet<Permission> = new Set(['leads:read', 'conversations:read']);

describe('how far somebody reaches', () => {
  it.each(SCOPES.flatMap((leads) => SCOPES.map((conversations) => ({ leads, conversations }))))(
    'a member reaches as far as their scopes say: $leads, $conversations',
    (scopes) => {
      expect(reachOf({ userId: 'me', scopes, permissions: READING })).toEqual({
        ...{ me: 'me', ...scopes },
        throughConversations: scopes.conversations,
      });
      expect(reachesEverything({ scopes })).toBe(scopes.leads === 'all' && scopes.conversations === 'all');
    },
  );

  it.each(SCOPES)('what acts for no member owns nothing, and so reaches nothing but everything: %s', (scope) => {
    const reach = reachOf({ userId: null, scopes: { leads: scope, conversations: scope }, permissions: READING });
    expect(reach).toMatchObject({ leads: scope === 'all' ? 'all' : 'nothing' });
    expect(reach.conversations).toBe(reach.leads);
  });

  it('who may not read conversations sees no lead through them', () => {
    const scopes = { leads: 'own', conversations: 'all' } as const;
    const reach = reachOf({ userId: 'me', scopes, permissions: new Set(['leads:read']) });
    expect(reach).toMatchObject({ conversations: 'all', throughConversations: 'nothing' });
  });

  it.each([
    { leads: 'own', named: null, owner: 'me' },
    { leads: 'team', named: undefined, owner: 'me' },
    { leads: 'own', named: 'mia', owner: 'mia' },
    { leads: 'all', named: null, owner: null },
    { leads: 'all', named: 'mia', owner: 'mia' },
  ] as const)('with scope $leads a new lead for $named belongs to $owner', ({ leads, named, owner }) => {
    expect(ownerOfNew({ userId: 'me', scopes: { leads, conversations: 'all' } }, named)).toBe(owner);
  });
});
