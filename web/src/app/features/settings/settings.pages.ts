import type { Type } from '@angular/core';
import type { Me, Permission } from '@threadline/contracts';
import {
  Archive,
  Building2,
  CircleUserRound,
  HardDriveDownload,
  KeyRound,
  PlugZap,
  Scale,
  ShieldCheck,
  SquareCheckBig,
  Terminal,
  UserRoundX,
  UserRound,
  UsersRound,
  type IconNode,
} from 'lucide';

/** A page of the settings: what it is called, who sees it, where it is loaded from. */
export interface SettingsPage {
  path: string;
  label: string;
  group: SettingsGroup;
  icon: IconNode;
  /** Null: everybody has it. */
  permission: Permission | null;
  /** What the installation must offer. */
  offered?: (me: Me) => boolean;
  load: () => Promise<Type<unknown>>;
}

/** What is about oneself, and what is about everybody. */
export const SETTINGS_GROUPS = ['You', 'Workspace'] as const;
export type SettingsGroup = (typeof SETTINGS_GROUPS)[number];

/** The pages there are, in the order of the list. A page is listed on the day it exists. */
export const SETTINGS_PAGES: readonly SettingsPage[] = [
  {
    path: 'profile',
    label: 'Profile',
    group: 'You',
    icon: CircleUserRound,
    permission: null,
    load: () => import('./profile/profile.page').then((file) => file.ProfilePage),
  },
  {
    path: 'security',
    label: 'Security',
    group: 'You',
    icon: ShieldCheck,
    permission: null,
    load: () => import('./security/security.page').then((file) => file.SecurityPage),
  },
  {
    path: 'general',
    label: 'General',
    group: 'Workspace',
    icon: Building2,
    permission: 'workspace:read',
    load: () => import('./general/general.page').then((file) => file.GeneralPage),
  },
  {
    path: 'members',
    label: 'Members',
    group: 'Workspace',
    icon: UserRound,
    permission: 'members:read',
    load: () => import('./members/members.page').then((file) => file.MembersPage),
  },
  {
    path: 'teams',
    label: 'Teams',
    group: 'Workspace',
    icon: UsersRound,
    permission: 'members:read',
    load: () => import('./teams/teams.page').then((file) => file.TeamsPage),
  },
  {
    path: 'roles',
    label: 'Roles',
    group: 'Workspace',
    icon: SquareCheckBig,
    permission: 'members:read',
    load: () => import('./roles/roles.page').then((file) => file.RolesPage),
  },
  {
    path: 'single-sign-on',
    label: 'Single sign-on',
    group: 'Workspace',
    icon: KeyRound,
    permission: 'sso:read',
    load: () => import('./single-sign-on/single-sign-on.page').then((file) => file.SingleSignOnPage),
  },
  {
    path: 'api-keys',
    label: 'API keys',
    group: 'Workspace',
    icon: Terminal,
    permission: 'api_keys:read',
    load: () => import('./api-keys/api-keys.page').then((file) => file.ApiKeysPage),
  },
  {
    path: 'providers',
    label: 'Providers',
    group: 'Workspace',
    icon: PlugZap,
    permission: 'webhooks:read',
    load: () => import('./providers/providers.page').then((file) => file.ProvidersPage),
  },
  {
    path: 'policies',
    label: 'Policies',
    group: 'Workspace',
    icon: Scale,
    permission: 'policies:read',
    load: () => import('./policies/policies.page').then((file) => file.PoliciesPage),
  },
  {
    path: 'audit-trail',
    label: 'Audit exports',
    group: 'Workspace',
    icon: HardDriveDownload,
    permission: 'audit:read',
    load: () => import('./audit-trail/audit-trail.page').then((file) => file.AuditTrailPage),
  },
  {
    path: 'retention',
    label: 'Retention',
    group: 'Workspace',
    icon: Archive,
    permission: 'audit:read',
    load: () => import('./retention/retention.page').then((file) => file.RetentionPage),
  },
  {
    path: 'privacy',
    label: 'Privacy requests',
    group: 'Workspace',
    icon: UserRoundX,
    permission: 'privacy:write',
    load: () => import('./privacy/privacy.page').then((file) => file.PrivacyPage),
  },
];

/** The pages this person has. */
export function settingsPagesOf(me: Me | null): SettingsPage[] {
  if (!me) return [];
  return SETTINGS_PAGES.filter(
    ({ permission, offered }) =>
      (permission === null || me.permissions.includes(permission)) && (offered?.(me) ?? true),
  );
}
