import { FormArray, FormControl, FormGroup, Validators } from '@angular/forms';
import type { GroupRole, SsoPreset, SsoProvider } from '@threadline/contracts';
import type { ProviderFields } from '../../../data/sso';

/** Who may join by the provider, without an invitation. */
export type Joining = 'domains' | 'anybody' | 'nobody';

const text = (value: string, ...more: Parameters<typeof Validators.compose>[0] & object) =>
  new FormControl(value, { nonNullable: true, validators: more as never });

/** The row that gives a group a role. */
export function groupForm({ group, roleId }: GroupRole) {
  return new FormGroup({
    group: text(group, Validators.required, Validators.maxLength(200)),
    roleId: text(roleId, Validators.required),
  });
}

/** The form of a provider, as it is or as a new one begins. */
export function providerForm(provider: SsoProvider | null, defaultRoleId = '') {
  const joining: Joining = provider?.anyDomain
    ? 'anybody'
    : provider && provider.domains.length === 0
      ? 'nobody'
      : 'domains';
  return new FormGroup({
    preset: new FormControl<SsoPreset>(provider?.preset ?? 'google', { nonNullable: true }),
    name: text(provider?.name ?? '', Validators.required, Validators.maxLength(60)),
    issuer: text(provider?.issuer ?? '', Validators.required, Validators.maxLength(500)),
    clientId: text(provider?.clientId ?? '', Validators.required, Validators.maxLength(300)),
    clientSecret: text('', Validators.maxLength(1_000), ...(provider ? [] : [Validators.required])),
    defaultRoleId: text(provider?.defaultRoleId ?? defaultRoleId, Validators.required),
    joining: new FormControl<Joining>(joining, { nonNullable: true }),
    domains: text(provider?.domains.join(', ') ?? ''),
    groupsClaim: text(provider?.groupsClaim ?? '', Validators.maxLength(200)),
    groupRoles: new FormArray((provider?.groupRoles ?? []).map(groupForm)),
  });
}
export type ProviderForm = ReturnType<typeof providerForm>;

/** The domains of a line, divided by commas, spaces or lines. */
export function domainsOf(line: string): string[] {
  const parts = line.split(/[\s,;]+/u).map((part) => part.replace(/^@/u, '').toLowerCase());
  return [...new Set(parts.filter(Boolean))];
}

/** What the form says, for the API; an empty secret of a provider that exists is left as it is. */
export function fieldsOf(
  form: ProviderForm,
): Omit<ProviderFields, 'enabled' | 'clientSecret'> & { clientSecret?: string } {
  const { joining, domains, clientSecret, groupsClaim, groupRoles, ...rest } = form.getRawValue();
  const groups = groupRoles.map(({ group, roleId }) => ({ group: group.trim(), roleId }));
  return {
    ...rest,
    name: rest.name.trim(),
    issuer: rest.issuer.trim(),
    clientId: rest.clientId.trim(),
    domains: joining === 'domains' ? domainsOf(domains) : [],
    anyDomain: joining === 'anybody',
    groupsClaim: groups.length > 0 ? groupsClaim.trim() || null : null,
    groupRoles: groups,
    ...(clientSecret ? { clientSecret } : {}),
  };
}
