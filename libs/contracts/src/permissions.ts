/** Every right there is: `nouns:verb`. The web hides what the API refuses, from this one list. */
export const PERMISSIONS = [
  'workspace:read',
  'workspace:write',
  'members:read',
  'members:write',
  'teams:write',
  'roles:write',
  'policies:read',
  'policies:write',
  'sso:read',
  'sso:write',
  'api_keys:read',
  'api_keys:write',
  'audit:read',
  'audit:write',
  'privacy:write',
  'webhooks:read',
  'webhooks:write',
  'leads:read',
  'leads:write',
  'leads:delete',
  'conversations:read',
  'conversations:write',
  'messages:read',
  'messages:send',
  'drafts:read',
  'drafts:write',
  'tracking:read',
  'analytics:read',
  'events:read',
  'mailbox:use',
  'settings:write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What each right lets one do, in the words of the roles screen, by the thing it is about. */
export const PERMISSION_GROUPS = [
  {
    name: 'Leads',
    permissions: {
      'leads:read': 'See leads',
      'leads:write': 'Add and edit leads',
      'leads:delete': 'Delete and restore leads',
    },
  },
  {
    name: 'Conversations',
    permissions: {
      'conversations:read': 'See conversations',
      'conversations:write': 'Assign, tag, snooze and resolve',
      'messages:read': 'Read messages',
      'messages:send': 'Send messages',
      'drafts:read': 'See drafts',
      'drafts:write': 'Write drafts',
      'tracking:read': 'See the evidence of opens and clicks',
    },
  },
  {
    name: 'Numbers and events',
    permissions: {
      'analytics:read': 'See the dashboard and analytics',
      'events:read': 'Follow the live stream and the event log',
      'audit:read': 'Read the audit log',
      'audit:write': 'Set what becomes of the audit log: streams, schedules, retention, holds',
    },
  },
  {
    name: 'People',
    permissions: {
      'members:read': 'See who is in the workspace',
      'members:write': 'Invite, change and remove members',
      'teams:write': 'Make and change teams',
      'roles:write': 'Make and change roles',
    },
  },
  {
    name: 'Workspace',
    permissions: {
      'workspace:read': 'See the workspace',
      'workspace:write': 'Change the workspace',
      'policies:read': 'See security policies',
      'policies:write': 'Change security policies',
      'sso:read': 'See single sign-on',
      'sso:write': 'Set up single sign-on and provisioning',
      'api_keys:read': 'See API keys',
      'api_keys:write': 'Create and revoke API keys',
      'webhooks:read': 'See webhooks and what was delivered',
      'webhooks:write': 'Set up webhooks, test and replay them',
      'privacy:write': 'Answer data subject requests: export and erase',
      'settings:write': 'Change one’s own settings',
      'mailbox:use': 'Use the built-in mailbox',
    },
  },
] as const satisfies readonly { name: string; permissions: Partial<Record<Permission, string>> }[];

type Described = keyof UnionToIntersection<(typeof PERMISSION_GROUPS)[number]['permissions']>;
type UnionToIntersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;
/** Fails to compile when a permission has no words. */
export const ALL_PERMISSIONS_DESCRIBED: Exclude<Permission, Described> extends never ? true : never = true;

/** How far a role reaches among leads and conversations: what is one's own, also the teams', or all of them. */
export const SCOPES = ['own', 'team', 'all'] as const;
export type Scope = (typeof SCOPES)[number];

/** What a scope is set for. */
export interface RoleScopes {
  leads: Scope;
  conversations: Scope;
}
export const EVERYTHING: RoleScopes = { leads: 'all', conversations: 'all' };

/**
 * Rights that reach the whole workspace, whosever its leads and conversations are: numbers, the audit log, what goes to
 * webhooks, data subjects' requests, and who is in which team, by hand or by a directory, which decides whose leads are
 * seen. A role with a narrower scope goes without them.
 */
export const WHOLE_WORKSPACE: readonly Permission[] = [
  'analytics:read',
  'audit:read',
  'audit:write',
  'webhooks:read',
  'webhooks:write',
  'teams:write',
  'sso:write',
  'privacy:write',
];

/** Whether a role reaches a part of the leads and conversations only. */
export function isNarrow({ leads, conversations }: RoleScopes): boolean {
  return leads !== 'all' || conversations !== 'all';
}

/**
 * Whether a role has `sso:write` without all the rights of an admin. There is none such: who says which identity provider
 * counts can come in as anybody.
 */
export function hasSsoAlone(permissions: ReadonlySet<Permission>): boolean {
  return permissions.has('sso:write') && ROLE_PERMISSIONS.admin.some((each) => !permissions.has(each));
}

/** The roles every workspace has; they cannot be changed or deleted. */
export const BUILT_IN_ROLES = ['owner', 'admin', 'manager', 'agent', 'analyst', 'auditor'] as const;
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

const WORK: readonly Permission[] = [
  'workspace:read',
  'members:read',
  'leads:read',
  'leads:write',
  'leads:delete',
  'conversations:read',
  'conversations:write',
  'messages:read',
  'messages:send',
  'drafts:read',
  'drafts:write',
  'tracking:read',
  'analytics:read',
  'events:read',
  'mailbox:use',
  'settings:write',
];

/** What each built-in role may do. Only an owner may hand the workspace on, or touch another owner. */
export const ROLE_PERMISSIONS: Record<BuiltInRole, readonly Permission[]> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  manager: [...WORK, 'members:write', 'teams:write', 'policies:read', 'api_keys:read', 'webhooks:read'],
  agent: WORK,
  analyst: [
    'workspace:read',
    'members:read',
    'leads:read',
    'conversations:read',
    'messages:read',
    'tracking:read',
    'analytics:read',
    'events:read',
    'settings:write',
  ],
  auditor: ['workspace:read', 'members:read', 'audit:read', 'settings:write'],
};

/** One sentence for each built-in role, for people who choose one. */
export const ROLE_DESCRIPTIONS: Record<BuiltInRole, string> = {
  owner: 'Everything, and the only one who can hand the workspace on.',
  admin: 'Everything but the ownership.',
  manager: 'Works with leads and conversations, and looks after people and teams.',
  agent: 'Works with leads and conversations.',
  analyst: 'Reads leads, conversations and numbers; changes nothing.',
  auditor: 'Reads the audit log only.',
};
