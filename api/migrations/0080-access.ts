import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Roles, teams, policies, and what a session was begun with. */
export class Access1764000000080 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The owner of the tables is bound by their policies too, and has to see all rows to fill the new columns.
      ALTER TABLE workspaces NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE memberships NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE sessions NO FORCE ROW LEVEL SECURITY;

      -- A built-in role has its word and no permissions of its own: those stand in the code, and grow with it.
      CREATE TABLE roles (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        built_in text,
        name text NOT NULL,
        description text NOT NULL DEFAULT '',
        permissions text[] NOT NULL DEFAULT '{}',
        lead_scope text NOT NULL DEFAULT 'all' CHECK (lead_scope IN ('own', 'team', 'all')),
        conversation_scope text NOT NULL DEFAULT 'all' CHECK (conversation_scope IN ('own', 'team', 'all')),
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, id)
      );
      CREATE UNIQUE INDEX roles_name ON roles (workspace_id, lower(name));
      CREATE UNIQUE INDEX roles_built_in ON roles (workspace_id, built_in) WHERE built_in IS NOT NULL;
      INSERT INTO roles (workspace_id, id, built_in, name, created_at)
        SELECT w.workspace_id, gen_random_uuid(), r.word, initcap(r.word), w.created_at
          FROM workspaces w, unnest(ARRAY['owner', 'admin', 'manager', 'agent', 'analyst', 'auditor']) AS r (word);
      SELECT isolate('roles');
      GRANT SELECT, INSERT, UPDATE, DELETE ON roles TO threadline_app;
      GRANT SELECT ON roles TO threadline_system;
      CREATE POLICY sign_in ON roles FOR SELECT TO threadline_system USING (true);

      ALTER TABLE memberships ADD COLUMN role_id uuid;
      ALTER TABLE roles NO FORCE ROW LEVEL SECURITY;
      UPDATE memberships m SET role_id = r.id FROM roles r
        WHERE r.workspace_id = m.workspace_id AND r.built_in = m.role;
      ALTER TABLE memberships
        ALTER COLUMN role_id SET NOT NULL,
        DROP COLUMN role,
        ADD FOREIGN KEY (workspace_id, role_id) REFERENCES roles (workspace_id, id);
      -- Only now: the check of the foreign key reads both tables as their owner.
      ALTER TABLE roles FORCE ROW LEVEL SECURITY;
      CREATE INDEX memberships_of_role ON memberships (workspace_id, role_id);

      CREATE TABLE teams (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        name text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, id)
      );
      CREATE UNIQUE INDEX teams_name ON teams (workspace_id, lower(name));
      SELECT isolate('teams');
      GRANT SELECT, INSERT, UPDATE, DELETE ON teams TO threadline_app;
      GRANT SELECT ON teams TO threadline_system;
      CREATE POLICY sign_in ON teams FOR SELECT TO threadline_system USING (true);

      CREATE TABLE team_members (
        workspace_id uuid NOT NULL,
        team_id uuid NOT NULL,
        user_id uuid NOT NULL,
        PRIMARY KEY (workspace_id, team_id, user_id),
        FOREIGN KEY (workspace_id, team_id) REFERENCES teams (workspace_id, id) ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, user_id) REFERENCES memberships (workspace_id, user_id)
      );
      CREATE INDEX team_members_of_user ON team_members (workspace_id, user_id);
      SELECT isolate('team_members');
      GRANT SELECT, INSERT, DELETE ON team_members TO threadline_app;
      GRANT SELECT ON team_members TO threadline_system;
      CREATE POLICY sign_in ON team_members FOR SELECT TO threadline_system USING (true);

      ALTER TABLE workspaces ADD COLUMN policies jsonb NOT NULL DEFAULT '{}';

      ALTER TABLE sessions
        ADD COLUMN proved_at timestamptz(3),
        ADD COLUMN method text NOT NULL DEFAULT 'password',
        ADD COLUMN second_factor boolean NOT NULL DEFAULT false,
        ADD COLUMN ip text;
      UPDATE sessions SET proved_at = created_at;
      CREATE INDEX sessions_of_user ON sessions (workspace_id, user_id) WHERE ended_at IS NULL;

      -- A person who came through an identity provider or a directory may have no password.
      ALTER TABLE users
        ALTER COLUMN password_hash DROP NOT NULL,
        ADD COLUMN password_changed_at timestamptz(3),
        ADD COLUMN second_factor boolean NOT NULL DEFAULT false;
      GRANT SELECT (second_factor, password_changed_at) ON users TO threadline_app;
      GRANT UPDATE (name, email, password_hash, password_changed_at, second_factor) ON users TO threadline_app;
      CREATE POLICY colleagues_change ON users FOR UPDATE TO threadline_app
        USING (EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = users.id));

      ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
      ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
      ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Roles cannot be taken out; restore a backup instead.');
  }
}
