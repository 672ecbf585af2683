import type { Me } from '@threadline/contracts';
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
import { type Place, placesOf } from './screens';

/** A page of the settings. */
export interface SettingsPlace extends Place {
  group: SettingsGroup;
  icon: IconNode;
}

/** What is about oneself, and what is about everybody. */
export const SETTINGS_GROUPS = ['You', 'Workspace'] as const;
export type SettingsGroup = (typeof SETTINGS_GROUPS)[number];

/** The pages there are, in the order of the list. A page is listed on the day it exists. */
export const SETTINGS_PLACES = [
  {
    path: 'profile',
    label: 'Profile',
    group: 'You',
    icon: CircleUserRound,
    permission: null,
    words: 'account name email address me',
  },
  {
    path: 'security',
    label: 'Security',
    group: 'You',
    icon: ShieldCheck,
    permission: null,
    words: 'password passkey 2fa mfa totp two-factor second factor authenticator recovery devices sessions',
  },
  {
    path: 'general',
    label: 'General',
    group: 'Workspace',
    icon: Building2,
    permission: 'workspace:read',
    words: 'workspace name rename owner',
  },
  {
    path: 'members',
    label: 'Members',
    group: 'Workspace',
    icon: UserRound,
    permission: 'members:read',
    words: 'invite invitation people users colleagues join seats',
  },
  {
    path: 'teams',
    label: 'Teams',
    group: 'Workspace',
    icon: UsersRound,
    permission: 'members:read',
    words: 'groups people',
  },
  {
    path: 'roles',
    label: 'Roles',
    group: 'Workspace',
    icon: SquareCheckBig,
    permission: 'members:read',
    words: 'permissions rights access reach',
  },
  {
    path: 'single-sign-on',
    label: 'Single sign-on',
    group: 'Workspace',
    icon: KeyRound,
    permission: 'sso:read',
    words: 'sso saml oidc openid identity scim provisioning directory okta entra google',
  },
  {
    path: 'api-keys',
    label: 'API keys',
    group: 'Workspace',
    icon: Terminal,
    permission: 'api_keys:read',
    words: 'token access credentials program integration developer',
  },
  {
    path: 'providers',
    label: 'Providers',
    group: 'Workspace',
    icon: PlugZap,
    permission: 'webhooks:read',
    words: 'integrations email sms twilio sendgrid mailgun ses meta whatsapp',
  },
  {
    path: 'policies',
    label: 'Policies',
    group: 'Workspace',
    icon: Scale,
    permission: 'policies:read',
    words: 'security rules 2fa mfa second factor networks ip allowlist sessions domains',
  },
  {
    path: 'audit-trail',
    label: 'Audit exports',
    group: 'Workspace',
    icon: HardDriveDownload,
    permission: 'audit:read',
    words: 'log export schedule stream siem syslog download',
  },
  {
    path: 'retention',
    label: 'Retention',
    group: 'Workspace',
    icon: Archive,
    permission: 'audit:read',
    words: 'delete keep legal hold days',
  },
  {
    path: 'privacy',
    label: 'Privacy requests',
    group: 'Workspace',
    icon: UserRoundX,
    permission: 'privacy:write',
    words: 'gdpr erase export data subject dsar',
  },
] as const satisfies readonly SettingsPlace[];
export type SettingsPath = (typeof SETTINGS_PLACES)[number]['path'];

/** The pages this person has. */
export function settingsPlacesOf(me: Me | null): SettingsPlace[] {
  return placesOf<SettingsPlace>(me, SETTINGS_PLACES);
}
