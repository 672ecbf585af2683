import { EVENT_TYPES, type EventType, type Permission } from '@threadline/contracts';

type Noun = EventType extends infer T ? (T extends `${infer N}.${string}` ? N : never) : never;

/** What one must be allowed to read to see events of a kind on a lead's timeline; null: they never stand there. */
const RIGHTS = {
  lead: 'leads:read',
  conversation: 'conversations:read',
  message: 'messages:read',
  engagement: 'tracking:read',
  // A draft is saved twice a second; its events are not about the lead, but about the draft.
  draft: null,
  // The rest is about people and the workspace.
} as const satisfies Partial<Record<Noun, Permission | null>>;

/** The types of events that somebody with these permissions sees on a lead's timeline. */
export function timelineTypes(permissions: ReadonlySet<Permission>): EventType[] {
  return EVENT_TYPES.filter((type) => {
    const rights: Partial<Record<string, Permission | null>> = RIGHTS;
    const right = rights[type.slice(0, type.indexOf('.'))];
    return right !== null && right !== undefined && permissions.has(right);
  });
}
