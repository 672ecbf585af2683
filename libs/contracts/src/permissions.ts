/** Every right there is: `nouns:verb`. The web hides what the API refuses, from this one list. */
export const PERMISSIONS = [
  'workspace:read',
  'workspace:write',
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
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const BUILT_IN_ROLES = ['owner', 'agent'] as const;
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

/** What each built-in role may do. */
export const ROLE_PERMISSIONS: Record<BuiltInRole, readonly Permission[]> = {
  owner: PERMISSIONS,
  agent: PERMISSIONS.filter((permission) => permission !== 'workspace:write'),
};
