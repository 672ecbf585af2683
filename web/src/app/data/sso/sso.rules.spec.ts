import { describe, expect, it } from '@jest/globals';
import type { SsoProvider } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { reduceSso, type SsoSetUp } from './sso.rules';

const provider = (id: string, name: string): SsoProvider => ({
  id,
  name,
  preset: 'custom',
  issuer: 'https://id.test',
  clientId: 'c',
  defaultRoleId: 'r',
  domains: [],
  anyDomain: false,
  groupsClaim: null,
  groupRoles: [],
  enabled: true,
  createdAt: '',
  updatedAt: '',
});
const state: SsoSetUp = { providers: [provider('1', 'Beta')], redirectUri: 'x', breakGlass: [] };
const after = (type: string, data: object) => reduceSso(state, { type, data } as unknown as EventOfStore<'activity'>);
const names = ({ providers }: SsoSetUp) => providers.map(({ name }) => name);

describe('the screen of single sign-on', () => {
  it('follows what others do', () => {
    expect(names(after('sso_provider.created', { provider: provider('2', 'Alpha') }))).toEqual(['Alpha', 'Beta']);
    expect(names(after('sso_provider.updated', { provider: provider('1', 'Gamma') }))).toEqual(['Gamma']);
    expect(names(after('sso_provider.deleted', { providerId: '1' }))).toEqual([]);
    expect(after('workspace.break_glass_changed', { userIds: ['u'] }).breakGlass).toEqual(['u']);
    expect(after('lead.created', {})).toBe(state);
  });
});
