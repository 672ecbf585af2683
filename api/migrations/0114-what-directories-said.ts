import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Roles follow what a directory said of its groups, and not what was done by hand to the teams that they are. */
export class WhatDirectoriesSaid1764000000114 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE scim_groups ADD COLUMN name text, ADD COLUMN member_ids uuid[];
      COMMENT ON COLUMN scim_groups.name IS 'as the directory calls the group; its team may have another name by now';
      COMMENT ON COLUMN scim_groups.member_ids IS 'whom the directory said to be in the group; not those put into the team by hand';
      -- The owner of the tables is bound by their policies too, and has to see all rows.
      ALTER TABLE scim_groups NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE teams NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE team_members NO FORCE ROW LEVEL SECURITY;
      UPDATE scim_groups s SET name = t.name, member_ids = ARRAY(
          SELECT g.user_id FROM team_members g WHERE g.workspace_id = s.workspace_id AND g.team_id = s.team_id)
        FROM teams t WHERE t.workspace_id = s.workspace_id AND t.id = s.team_id;
      ALTER TABLE team_members FORCE ROW LEVEL SECURITY;
      ALTER TABLE teams FORCE ROW LEVEL SECURITY;
      ALTER TABLE scim_groups FORCE ROW LEVEL SECURITY;
      ALTER TABLE scim_groups ALTER COLUMN name SET NOT NULL, ALTER COLUMN member_ids SET NOT NULL;

      -- Who deletes teams by hand does not take roles from the people of a group.
      ALTER TABLE scim_groups
        DROP CONSTRAINT scim_groups_workspace_id_team_id_fkey,
        ADD FOREIGN KEY (workspace_id, team_id) REFERENCES teams (workspace_id, id);
      GRANT DELETE ON scim_groups TO threadline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('What directories said cannot be taken out; restore a backup instead.');
  }
}
