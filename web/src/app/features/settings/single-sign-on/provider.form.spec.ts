import { describe, expect, it } from '@jest/globals';
import { SSO_PRESETS } from '@threadline/contracts';
import { PRESETS, presetOf } from './presets';
import { domainsOf, fieldsOf, groupForm, providerForm } from './provider.form';

describe('the form of a provider', () => {
  it('reads domains however they were divided', () => {
    expect(domainsOf(' Example.com, @two.test;three.test\nexample.com ')).toEqual([
      'example.com',
      'two.test',
      'three.test',
    ]);
    expect(domainsOf('  ')).toEqual([]);
  });

  it('says one of three things about who may join', () => {
    const form = providerForm(null, 'agent');
    form.patchValue({ domains: 'example.com', joining: 'domains' });
    expect(fieldsOf(form)).toMatchObject({ domains: ['example.com'], anyDomain: false });
    form.patchValue({ joining: 'anybody' });
    expect(fieldsOf(form)).toMatchObject({ domains: [], anyDomain: true });
    form.patchValue({ joining: 'nobody' });
    expect(fieldsOf(form)).toMatchObject({ domains: [], anyDomain: false });
  });

  it('leaves the kept secret alone, and names no claim without groups', () => {
    const form = providerForm(null, 'agent');
    form.patchValue({ groupsClaim: 'groups' });
    expect(fieldsOf(form)).toMatchObject({ groupsClaim: null, groupRoles: [] });
    expect('clientSecret' in fieldsOf(form)).toBe(false);
    form.controls.groupRoles.push(groupForm({ group: ' leads ', roleId: 'manager' }));
    form.patchValue({ clientSecret: 'new' });
    expect(fieldsOf(form)).toMatchObject({
      groupsClaim: 'groups',
      groupRoles: [{ group: 'leads', roleId: 'manager' }],
      clientSecret: 'new',
    });
  });

  it('has words for every kind of provider', () => {
    expect(PRESETS.map(({ preset }) => preset)).toEqual([...SSO_PRESETS]);
    for (const preset of SSO_PRESETS) expect(presetOf(preset).steps.length).toBeGreaterThan(1);
  });
});
