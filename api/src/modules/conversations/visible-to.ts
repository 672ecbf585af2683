import type { Actor } from '../../platform/access';

/**
 * The shelf: which conversations and messages an actor may see, as a condition on the table's alias. Today everybody
 * in the workspace sees all of it, which row-level security has already cut out; narrower scopes come in here.
 */
export function visibleTo(_actor: Actor, alias: 'c' | 'm'): string {
  return `${alias}.workspace_id IS NOT NULL`;
}
