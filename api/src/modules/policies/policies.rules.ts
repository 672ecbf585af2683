import { DEFAULT_POLICIES, type WorkspacePolicies } from '@threadline/contracts';

/** What has to be known before policies may change. */
export interface Circumstances {
  /** Where the request comes from. */
  ip: string;
  /** Whether that address lies in the networks that are asked for. */
  ipAllowed: boolean;
  /** Networks that are none. */
  notNetworks: readonly string[];
  /** Whether whoever asks has a second factor. */
  ownSecondFactor: boolean;
  /** Whether an identity provider is set up and switched on. */
  provider: boolean;
  /** Whether an owner may still sign in by password when it is down. */
  breakGlass: boolean;
}

/** What stands against these policies, by field, in words for people; empty when nothing does. */
export function objections(
  before: WorkspacePolicies,
  wanted: WorkspacePolicies,
  now: Circumstances,
): { path: keyof WorkspacePolicies; message: string }[] {
  const found: { path: keyof WorkspacePolicies; message: string }[] = [];
  const begins = (name: 'secondFactorRequired' | 'ssoOnly') => wanted[name] && !before[name];
  for (const network of now.notNetworks) {
    found.push({
      path: 'allowedNetworks',
      message: `“${network}” is not a network such as 192.0.2.0/24 or 2001:db8::/32.`,
    });
  }
  if (found.length === 0 && !now.ipAllowed) {
    found.push({
      path: 'allowedNetworks',
      message: `Your own address, ${now.ip}, is in none of these networks: you would lock yourself out. Add it first.`,
    });
  }
  if (begins('secondFactorRequired') && !now.ownSecondFactor) {
    found.push({
      path: 'secondFactorRequired',
      message: 'Add a second factor to your own account first: you would lock yourself out.',
    });
  }
  if (begins('ssoOnly') && !now.provider) {
    found.push({
      path: 'ssoOnly',
      message: 'Set up an identity provider and switch it on first: nobody could sign in.',
    });
  } else if (begins('ssoOnly') && !now.breakGlass) {
    found.push({
      path: 'ssoOnly',
      message: 'Mark an owner with a password as break-glass first: nobody could sign in while the provider is down.',
    });
  }
  return found;
}

/** The policies that differ, in the order they are listed. */
export function changedPolicies(before: WorkspacePolicies, after: WorkspacePolicies): (keyof WorkspacePolicies)[] {
  const names = Object.keys(DEFAULT_POLICIES) as (keyof WorkspacePolicies)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
