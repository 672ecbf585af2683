import type { Me, Permission } from '@threadline/contracts';
import { Inbox, LayoutDashboard, Mailbox, ScrollText, Settings, UsersRound, Webhook, type IconNode } from 'lucide';

/** A place that can be gone to: what it is called, who sees it. */
export interface Place {
  path: string;
  label: string;
  /** Null: everybody has it. */
  permission: Permission | null;
  /** What the installation must offer. */
  offered?: (me: Me) => boolean;
  /** Other words it is looked for by, separated by blanks. */
  words?: string;
}

/** A place in the rail, and how it is reached. */
export interface Screen extends Place {
  icon: IconNode;
  /** Its shortcut, after `g`. */
  keys: string;
  /** Stands at the foot of the rail. */
  below?: boolean;
}

/** The screens there are, in the order of the rail. A screen is listed on the day it exists. */
export const SCREENS: readonly Screen[] = [
  { path: 'dashboard', label: 'Dashboard', icon: LayoutDashboard, keys: 'g d', permission: 'analytics:read' },
  { path: 'inbox', label: 'Inbox', icon: Inbox, keys: 'g i', permission: 'conversations:read' },
  { path: 'leads', label: 'Leads', icon: UsersRound, keys: 'g l', permission: 'leads:read' },
  {
    path: 'mailbox',
    label: 'Mailbox',
    icon: Mailbox,
    keys: 'g m',
    permission: 'mailbox:use',
    offered: (me) => me.installation.mailbox,
    below: true,
  },
  { path: 'audit', label: 'Audit log', icon: ScrollText, keys: 'g u', permission: 'audit:read', below: true },
  { path: 'developers', label: 'Developers', icon: Webhook, keys: 'g w', permission: 'webhooks:read', below: true },
  { path: 'settings', label: 'Settings', icon: Settings, keys: 'g s', permission: null, below: true },
];

/** Those of the places that this person has. */
export function placesOf<T extends Place>(me: Me | null, places: readonly T[]): T[] {
  if (!me) return [];
  return places.filter(
    ({ permission, offered }) =>
      (permission === null || me.permissions.includes(permission)) && (offered?.(me) ?? true),
  );
}

/** The screens this person has. */
export function screensOf(me: Me | null): Screen[] {
  return placesOf(me, SCREENS);
}
