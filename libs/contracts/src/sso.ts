/** Identity providers the web knows words for; `custom` is any other that speaks OpenID Connect. */
export const SSO_PRESETS = ['google', 'microsoft', 'linkedin', 'keycloak', 'custom'] as const;
export type SsoPreset = (typeof SSO_PRESETS)[number];

/** Members of a group of the provider get this role. */
export interface GroupRole {
  /** As the provider writes it in its claim. */
  group: string;
  roleId: string;
}

/** GET /api/sso/providers. The client secret is never in an answer. */
export interface SsoProvider {
  id: string;
  name: string;
  preset: SsoPreset;
  /** Exactly as the provider's discovery document says it. */
  issuer: string;
  clientId: string;
  /** What a new member becomes. */
  defaultRoleId: string;
  /** Mail domains of the people who sign in with it; by them the sign-in page finds it. */
  domains: string[];
  /** True: whoever the provider vouches for may join, whatever their mail domain. Only without `domains`. */
  anyDomain: boolean;
  /** The claim that lists a person's groups; null: groups give no roles. */
  groupsClaim: string | null;
  /** The first group of this list that a person is in decides their role at each sign-in; in none: the default role. */
  groupRoles: GroupRole[];
  enabled: boolean;
  createdAt: string;
  updatedAt: string;
}

/** POST /api/sso/providers/:id/test. */
export interface SsoTest {
  ok: boolean;
  /** What was looked at, in order, until something was wrong. */
  steps: { name: string; ok: boolean; detail: string }[];
}

/** An enabled provider, for somebody who is about to sign in. */
export interface SsoChoice {
  providerId: string;
  name: string;
  preset: SsoPreset;
  workspaceName: string;
}

/** POST /api/auth/sso/start: where to go, or which provider to choose first. */
export interface SsoStart {
  /** The provider's page; null when there is a choice. */
  url: string | null;
  choices: SsoChoice[];
}

/** GET /api/auth/identities: what signs the person in besides a password. */
export interface LinkedIdentity {
  id: string;
  providerId: string;
  /** The provider's name in this workspace, or its issuer's host. */
  name: string;
  /** The address the provider knows them by; null when it did not say. */
  email: string | null;
  linkedAt: string;
  lastUsedAt: string | null;
}

/** How a visit to a provider ended, as /sign-in?sso= and the page that links an identity say it. */
export const SSO_OUTCOMES = [
  'linked',
  'denied',
  'expired',
  'failed',
  'unreachable',
  'provider_off',
  'email_unverified',
  'domain_not_allowed',
  'link_required',
  'confirm_first',
  'not_a_member',
  'already_linked',
] as const;
export type SsoOutcome = (typeof SSO_OUTCOMES)[number];
