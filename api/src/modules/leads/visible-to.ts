import type { Actor } from '../../platform/access';
import { visibleTo } from '../reach';

export interface Shelf {
  /** The alias of `leads` in the query; `l` when absent. */
  lead?: string;
  /** Deleted leads too. */
  deleted?: boolean;
}

/**
 * The condition for the leads that an actor may see, for every query that reads leads or what belongs to them: of the
 * workspace, not deleted, and within the actor's reach. Values it needs are pushed onto `parameters`.
 */
export function leadsVisibleTo(
  actor: Actor,
  parameters: unknown[],
  { lead = 'l', deleted = false }: Shelf = {},
): string {
  const within = visibleTo(actor, parameters).lead(lead);
  return `${inWorkspace(actor, parameters, { lead, deleted })} AND ${within}`;
}

/** The same, whoever asks: for a query that says itself how it asks for what is within reach. */
export function inWorkspace(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  parameters: unknown[],
  { lead = 'l', deleted = false }: Shelf = {},
): string {
  const own = `${lead}.workspace_id = $${parameters.push(workspaceId)}`;
  return deleted ? own : `${own} AND ${lead}.deleted_at IS NULL`;
}
