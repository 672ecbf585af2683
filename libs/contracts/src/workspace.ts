import type { BuiltInRole, Permission } from './permissions';

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
  role: BuiltInRole;
  joinedAt: string;
}

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
  workspace: Workspace;
  role: BuiltInRole;
  permissions: Permission[];
  /** What this installation offers, so that the web shows only what works. */
  installation: { mailbox: boolean };
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
}

export const DEFAULT_USER_SETTINGS: UserSettings = {
  autonomousMode: false,
  notifications: { replies: true, opens: true, clicks: true, assignments: true, desktop: false },
  timezone: 'UTC',
  theme: 'system',
  undoSeconds: 10,
};

/** Shortest password where no second factor is enforced, and longest (NIST SP 800-63B-4; taken exactly as typed). */
export const MIN_PASSWORD = 15;
export const MAX_PASSWORD = 256;
