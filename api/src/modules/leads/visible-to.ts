import type { Actor } from '../../platform/access';

export interface Shelf {
  /** The alias of `leads` in the query; `l` when absent. */
  lead?: string;
  /** Deleted leads too. */
  deleted?: boolean;
}

/**
 * The shelf: the SQL condition for the leads that an actor may see, for every query that reads leads or what belongs
 * to them. Values it needs are pushed onto `parameters`. Today everybody sees all leads of the workspace that are not
 * deleted; when that changes, it changes here.
 */
export function visibleTo(actor: Actor, parameters: unknown[], { lead = 'l', deleted = false }: Shelf = {}): string {
  parameters.push(actor.workspaceId);
  const own = `${lead}.workspace_id = $${parameters.length}`;
  return deleted ? own : `${own} AND ${lead}.deleted_at IS NULL`;
}
