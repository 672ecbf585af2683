import { describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICIES, type WorkspacePolicies } from '@threadline/contracts';
import { changedPolicies, type Circumstances, objections } from './policies.rules';

const FINE: Circumstances = {
  ip: '192.0.2.7',
  ipAllowed: true,
  notNetworks: [],
  ownSecondFactor: true,
  provider: true,
  breakGlass: true,
};

describe('policies', () => {
  const against = (wanted: Partial<WorkspacePolicies>, now: Partial<Circumstances> = {}, before = DEFAULT_POLICIES) =>
    objections(before, { ...before, ...wanted }, { ...FINE, ...now }).map(({ path, message }) => `${path}: ${message}`);

  it('change when nothing stands against them', () => {
    expect(against({ secondFactorRequired: true, ssoOnly: true, allowedNetworks: ['192.0.2.0/24'] })).toEqual([]);
  });

  it('do not lock out the address they are set from', () => {
    const [words] = against({ allowedNetworks: ['10.0.0.0/8'] }, { ipAllowed: false });
    expect(words).toContain('allowedNetworks: Your own address, 192.0.2.7, is in none of these networks');
  });

  it('name each network that is none', () => {
    const words = against({ allowedNetworks: ['a', 'b'] }, { notNetworks: ['a', 'b'], ipAllowed: false });
    expect(words).toHaveLength(2);
    expect(words[0]).toContain('“a” is not a network');
  });

  it.each<[string, Partial<WorkspacePolicies>, Partial<Circumstances>, string]>([
    [
      'a second factor from who has none',
      { secondFactorRequired: true },
      { ownSecondFactor: false },
      'your own account',
    ],
    ['single sign-on only without a provider', { ssoOnly: true }, { provider: false }, 'identity provider'],
    ['single sign-on only with no way back', { ssoOnly: true }, { breakGlass: false }, 'break-glass'],
  ])('do not ask for %s', (_, wanted, now, words) => {
    expect(against(wanted, now).join()).toContain(words);
    // What holds already is not asked about again: another policy can still be changed.
    expect(against(wanted, now, { ...DEFAULT_POLICIES, ...wanted })).toEqual([]);
  });

  it('are told apart by name', () => {
    const after = { ...DEFAULT_POLICIES, sessionIdleDays: 1, allowedEmailDomains: ['example.com'] };
    expect(changedPolicies(DEFAULT_POLICIES, after)).toEqual(['sessionIdleDays', 'allowedEmailDomains']);
    expect(changedPolicies(after, { ...after })).toEqual([]);
  });
});
