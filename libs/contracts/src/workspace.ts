import type { BuiltInRole, Permission, RoleScopes } from './permissions';

export interface User {
  id: string;
  email: string;
  name: string;
}

export interface Workspace {
  id: string;
  name: string;
  createdAt: string;
  /** True for the workspace with made-up leads that an installation on the embedded database starts with. */
  demo: boolean;
}

export interface Member {
  id: string;
  userId: string;
  name: string;
  email: string;
  roleId: string;
  /** The built-in role's word, or the custom role's name. */
  role: string;
  /** The teams they belong to. */
  teamIds: string[];
  /** True when they have a second factor. */
  secondFactor: boolean;
  joinedAt: string;
}

/** GET /api/roles. Built-in roles come first. */
export interface Role {
  id: string;
  name: string;
  description: string;
  /** Its word when it is built in, and so cannot be changed; null for a custom role. */
  builtIn: BuiltInRole | null;
  permissions: Permission[];
  scopes: RoleScopes;
  /** How many have it. */
  members: number;
}

/** GET /api/teams. */
export interface Team {
  id: string;
  name: string;
  /** User ids. */
  memberIds: string[];
  createdAt: string;
}

/** GET /api/invitations. */
export interface Invitation {
  id: string;
  email: string;
  roleId: string;
  role: string;
  teamIds: string[];
  status: 'pending' | 'accepted' | 'expired' | 'revoked';
  invitedBy: { id: string; name: string } | null;
  createdAt: string;
  sentAt: string;
  expiresAt: string;
}

/** POST /api/invitations/preview (public): what the holder of the link is told. */
export interface InvitationPreview {
  workspaceName: string;
  email: string;
  role: string;
  invitedBy: string | null;
  expiresAt: string;
}

/** GET /api/workspaces: those the signed-in person is a member of. */
export interface OwnWorkspace {
  id: string;
  name: string;
  role: string;
  demo: boolean;
  current: boolean;
}

/** GET /api/auth/sessions. */
export interface Device {
  id: string;
  /** For people: `Firefox on Linux`. */
  name: string;
  ip: string | null;
  /** How they signed in. */
  method: SignInMethod;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  current: boolean;
}

export const SIGN_IN_METHODS = ['password', 'passkey', 'sso', 'invitation'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** GET and PUT /api/workspace/policies. */
export interface WorkspacePolicies {
  /** Every member needs a second factor; passwords may then be 8 characters long. */
  secondFactorRequired: boolean;
  /** Passwords are not taken; owners marked as break-glass keep theirs. */
  ssoOnly: boolean;
  /** Days after which an unused session ends, 1 to 30. */
  sessionIdleDays: number;
  /** Days after which any session ends, 1 to 90. */
  sessionMaxDays: number;
  /** Mail domains invited people may have; empty for any. */
  allowedEmailDomains: string[];
  /** Networks (CIDR) from which the workspace can be used; empty for any. */
  allowedNetworks: string[];
}

export const DEFAULT_POLICIES: WorkspacePolicies = {
  secondFactorRequired: false,
  ssoOnly: false,
  sessionIdleDays: 7,
  sessionMaxDays: 30,
  allowedEmailDomains: [],
  allowedNetworks: [],
};

/** GET /api/api-keys. `key` is in the answer to POST alone. */
export interface ApiKey {
  id: string;
  name: string;
  /** The visible beginning of the key, to recognise it by. */
  prefix: string;
  permissions: Permission[];
  createdBy: { id: string; name: string };
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
  /** Networks (CIDR) it may be used from; empty for any. */
  allowedNetworks: string[];
  /** When it was first sent where others can read it, such as in an address; null: never. */
  exposedAt: string | null;
  revokedAt: string | null;
}

/** The beginning of every API key, and of the token of a directory. */
export const API_KEY_PREFIX = 'tl_';
export const SCIM_TOKEN_PREFIX = 'tlscim_';

/** The kinds of second factor, and what else proves who one is. */
export const FACTOR_KINDS = ['totp', 'passkey', 'recovery_codes'] as const;
export type FactorKind = (typeof FACTOR_KINDS)[number];

/** What an account with a second factor can show as one. */
export const SECOND_STEPS = ['totp', 'passkey', 'recovery_code'] as const;
export type SecondStepMethod = (typeof SECOND_STEPS)[number];

/**
 * POST /api/auth/login of an account with a second factor: not signed in yet. `mfaToken` stands for this sign-in for
 * five minutes and goes with the code to POST /api/auth/mfa/challenge.
 */
export interface SecondStepDue {
  mfaRequired: true;
  mfaToken: string;
  methods: SecondStepMethod[];
}

/** GET /api/auth/mfa: how the signed-in person's account is secured. */
export interface SecondFactors {
  totp: { confirmedAt: string } | null;
  passkeys: Passkey[];
  /** Recovery codes that are still good. */
  recoveryCodesLeft: number;
}

/** GET /api/auth/passkeys. */
export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
  /** True when it is kept in step between devices by a password manager. */
  backedUp: boolean;
}

/** GET /api/auth/passkey (public): whether passkeys work here. */
export interface PasskeyOffer {
  offered: boolean;
  /** The one address at which they do. */
  origin: string;
  /** Why not; null when they are offered. */
  reason: 'address_is_a_number' | 'not_encrypted' | null;
}

/** POST /api/auth/prove/options: with what the person can prove who they are now; empty: by signing in again only. */
export type ProofMethod = 'password' | SecondStepMethod;

/** POST /api/auth/register and /login. `expiresIn` in seconds. */
export interface SignedIn {
  accessToken: string;
  expiresIn: number;
  user: User;
  workspace: Workspace;
}

/** GET /api/auth/me. */
export interface Me {
  user: User;
  /** Whether the address is confirmed to be theirs, by a link that was mailed there. */
  addressConfirmed: boolean;
  workspace: Workspace;
  roleId: string;
  /** The built-in role's word, or the custom role's name. */
  role: string;
  permissions: Permission[];
  scopes: RoleScopes;
  /** True while the workspace asks for a second factor that this person has not added; little else is open then. */
  secondFactorMissing: boolean;
  /** What this installation offers, so that the web shows only what works. */
  installation: { mailbox: boolean };
}

/** POST /api/auth/confirm-address. */
export interface AddressConfirmed {
  /** `moved` where another account had proved the address before: it has taken the place of the new one. */
  outcome: 'confirmed' | 'moved';
  /** The name of the workspace that the account was made with. */
  workspace: string;
}

/** GET and PUT /api/user/settings. */
export interface UserSettings {
  autonomousMode: boolean;
  notifications: { replies: boolean; opens: boolean; clicks: boolean; assignments: boolean; desktop: boolean };
  /** IANA name. */
  timezone: string;
  theme: 'system' | 'light' | 'dark';
  /** Seconds a sent message can be taken back, 0 to 30. */
  undoSeconds: number;
  /**
   * In answers: false while these are the defaults, because the person has never saved any; their time zone is anybody's
   * guess then. A PUT may repeat it, and always saves.
   */
  saved?: boolean;
}

export const DEFAULT_USER_SETTINGS: UserSettings = {
  autonomousMode: false,
  notifications: { replies: true, opens: true, clicks: true, assignments: true, desktop: false },
  timezone: 'UTC',
  theme: 'system',
  undoSeconds: 10,
};
