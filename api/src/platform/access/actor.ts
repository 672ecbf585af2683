import { EVERYTHING, type EventActor, PERMISSIONS, type Permission, type RoleScopes } from '@threadline/contracts';

/** What a caller showed to be let in. */
export interface Credential {
  kind: 'session' | 'api_key' | 'scim_token';
  id: string;
}

/** On whose behalf something is done, and what they may do. Every unit of work has exactly one. */
export interface Actor extends EventActor {
  workspaceId: string;
  permissions: ReadonlySet<Permission>;
  /** How far those permissions reach among leads and conversations. */
  scopes: RoleScopes;
  /** The member who acts: the person of a session, the maker of an API key; null for Threadline itself and for leads. */
  userId: string | null;
  /** The teams of that member. */
  teamIds: readonly string[];
  /** The member whose rights bound what acts without one: who made the token of a directory. */
  boundBy?: string;
  /** What it came in by; null for what Threadline does by itself. */
  credential: Credential | null;
  /** When the person last proved who they are by password, passkey or code. */
  provedAt?: Date;
  /**
   * True while an identity provider's word is all that stands behind the session: it holds for what is done in its
   * workspace, and proves nothing about the account.
   */
  vouchedOnly?: boolean;
  /** True while the workspace asks for a second factor that the person has not added: they hold no permission until then. */
  secondFactorMissing?: boolean;
  /** Networks (CIDR) from which the workspace may be used; absent or empty for any. The Authenticator keeps to it. */
  networks?: readonly string[];
  /** For people: how colleagues see them. */
  name?: string;
}

const ALL: ReadonlySet<Permission> = new Set(PERMISSIONS);
const NONE: ReadonlySet<Permission> = new Set();
const ALONE = { userId: null, teamIds: [], credential: null, scopes: EVERYTHING } as const;

/** No person and no workspace: for work that has to take as long where there is nothing to do. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Threadline itself; `part` names which part, for example `sending`. */
export function systemActor(workspaceId: string, part: string): Actor {
  return { ...ALONE, type: 'system', id: part, workspaceId, permissions: ALL };
}

/** The lead on the other side: opens, clicks and replies happen on their behalf. */
export function contactActor(workspaceId: string, leadId: string): Actor {
  return { ...ALONE, type: 'contact', id: leadId, workspaceId, permissions: NONE };
}

/** A member, for what is told of them without a request of theirs: joining, the history of the demo workspace. */
export function memberActor(workspaceId: string, user: { id: string; name: string }): Actor {
  return { ...ALONE, type: 'user', id: user.id, userId: user.id, name: user.name, workspaceId, permissions: ALL };
}

/** The part of an actor that events show. */
export function eventActor(actor: Actor): EventActor {
  return { type: actor.type, id: actor.id };
}
