import type { Type } from '@angular/core';
import type { SettingsPath } from '../../core/screens';

/** Where the pages of the settings are loaded from. */
export const SETTINGS_PAGES: Record<SettingsPath, () => Promise<Type<unknown>>> = {
  profile: () => import('./profile/profile.page').then((file) => file.ProfilePage),
  security: () => import('./security/security.page').then((file) => file.SecurityPage),
  general: () => import('./general/general.page').then((file) => file.GeneralPage),
  members: () => import('./members/members.page').then((file) => file.MembersPage),
  teams: () => import('./teams/teams.page').then((file) => file.TeamsPage),
  roles: () => import('./roles/roles.page').then((file) => file.RolesPage),
  'single-sign-on': () => import('./single-sign-on/single-sign-on.page').then((file) => file.SingleSignOnPage),
  'api-keys': () => import('./api-keys/api-keys.page').then((file) => file.ApiKeysPage),
  providers: () => import('./providers/providers.page').then((file) => file.ProvidersPage),
  policies: () => import('./policies/policies.page').then((file) => file.PoliciesPage),
  'audit-trail': () => import('./audit-trail/audit-trail.page').then((file) => file.AuditTrailPage),
  retention: () => import('./retention/retention.page').then((file) => file.RetentionPage),
  privacy: () => import('./privacy/privacy.page').then((file) => file.PrivacyPage),
};
