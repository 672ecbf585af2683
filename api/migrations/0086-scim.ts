import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Provisioning by a directory: its tokens, and what it calls the people and teams it keeps. */
export class Scim1764000000086 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE scim_tokens (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        secret_hash bytea NOT NULL,
        created_by uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        last_used_at timestamptz(3),
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, created_by) REFERENCES memberships (workspace_id, user_id)
      );
      CREATE INDEX scim_tokens_id ON scim_tokens (id);
      SELECT isolate('scim_tokens');
      GRANT SELECT, INSERT, DELETE ON scim_tokens TO threadline_app;
      GRANT SELECT, UPDATE (last_used_at) ON scim_tokens TO threadline_system;
      CREATE POLICY sign_in ON scim_tokens TO threadline_system USING (true);

      -- A row for everybody a directory has said something about. Members without one are shown to it all the same.
      CREATE TABLE scim_users (
        workspace_id uuid NOT NULL,
        user_id uuid NOT NULL,
        user_name text NOT NULL,
        external_id text,
        -- The account was made by this directory, which may change its name and address while nobody else relies on it.
        made_here boolean NOT NULL,
        attributes jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        deleted_at timestamptz(3),
        PRIMARY KEY (workspace_id, user_id),
        FOREIGN KEY (workspace_id, user_id) REFERENCES memberships (workspace_id, user_id)
      );
      CREATE UNIQUE INDEX scim_users_name ON scim_users (workspace_id, lower(user_name)) WHERE deleted_at IS NULL;
      SELECT isolate('scim_users');
      GRANT SELECT, INSERT, UPDATE ON scim_users TO threadline_app;

      -- A group of a directory is a team; this is what the directory calls it.
      CREATE TABLE scim_groups (
        workspace_id uuid NOT NULL,
        team_id uuid NOT NULL,
        external_id text,
        updated_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, team_id),
        FOREIGN KEY (workspace_id, team_id) REFERENCES teams (workspace_id, id) ON DELETE CASCADE
      );
      SELECT isolate('scim_groups');
      GRANT SELECT, INSERT, UPDATE ON scim_groups TO threadline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Provisioning cannot be taken out; restore a backup instead.');
  }
}
