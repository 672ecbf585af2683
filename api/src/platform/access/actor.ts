import { type EventActor, PERMISSIONS, type Permission } from '@threadline/contracts';

/** On whose behalf something is done, and what they may do. Every unit of work has exactly one. */
export interface Actor extends EventActor {
  workspaceId: string;
  permissions: ReadonlySet<Permission>;
  /** The session it came through, for people. */
  sessionId?: string;
  /** For people: how colleagues see them. */
  name?: string;
}

const ALL: ReadonlySet<Permission> = new Set(PERMISSIONS);
const NONE: ReadonlySet<Permission> = new Set();

/** Threadline itself; `part` names which part, for example `sending`. */
export function systemActor(workspaceId: string, part: string): Actor {
  return { type: 'system', id: part, workspaceId, permissions: ALL };
}

/** The lead on the other side: opens, clicks and replies happen on their behalf. */
export function contactActor(workspaceId: string, leadId: string): Actor {
  return { type: 'contact', id: leadId, workspaceId, permissions: NONE };
}

/** The part of an actor that events show. */
export function eventActor(actor: Actor): EventActor {
  return { type: actor.type, id: actor.id };
}
