export const ACTOR_TYPES = ['user', 'api_key', 'system', 'contact'] as const;

/**
 * Who did it. `contact` is the person on the other side (an open, a click, a reply);
 * `system` is Threadline itself, `id` then names the part, for example `sending`.
 */
export interface EventActor {
  type: (typeof ACTOR_TYPES)[number];
  id: string;
}
