/**
 * SQL that holds for rows of workspaces which may send: their database was not restored from a backup, or somebody has
 * decided since.
 * @param row a table or alias that has a `workspace_id`
 */
export function mayGoOut(row: string): string {
  return `NOT EXISTS (SELECT 1 FROM outgoing_pauses op WHERE op.workspace_id = ${row}.workspace_id)`;
}
