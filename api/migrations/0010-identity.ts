import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, workspaces, memberships, sessions. */
export class Identity1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE users (
        id uuid PRIMARY KEY,
        email text NOT NULL,
        name text NOT NULL,
        password_hash text NOT NULL,
        operator boolean NOT NULL DEFAULT false,
        created_at timestamptz(3) NOT NULL
      );
      COMMENT ON TABLE users IS 'global: a person can be a member of several workspaces';
      CREATE UNIQUE INDEX users_email ON users (lower(email));
      ALTER TABLE users ENABLE ROW LEVEL SECURITY;
      ALTER TABLE users FORCE ROW LEVEL SECURITY;
      GRANT SELECT (id, email, name, created_at), INSERT ON users TO threadline_app;
      GRANT SELECT, UPDATE ON users TO threadline_system;
      CREATE POLICY sign_in ON users TO threadline_system USING (true);
      CREATE POLICY sign_up ON users FOR INSERT TO threadline_app WITH CHECK (true);

      CREATE TABLE workspaces (
        workspace_id uuid PRIMARY KEY,
        name text NOT NULL,
        demo boolean NOT NULL DEFAULT false,
        created_at timestamptz(3) NOT NULL
      );
      SELECT isolate('workspaces');
      GRANT SELECT, INSERT, UPDATE ON workspaces TO threadline_app;
      GRANT SELECT ON workspaces TO threadline_system;
      CREATE POLICY sign_in ON workspaces FOR SELECT TO threadline_system USING (true);

      CREATE TABLE memberships (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        user_id uuid NOT NULL REFERENCES users,
        role text NOT NULL,
        joined_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3),
        PRIMARY KEY (workspace_id, id),
        CONSTRAINT memberships_user UNIQUE (workspace_id, user_id)
      );
      CREATE INDEX memberships_of_user ON memberships (user_id);
      SELECT isolate('memberships');
      GRANT SELECT, INSERT, UPDATE ON memberships TO threadline_app;
      GRANT SELECT ON memberships TO threadline_system;
      CREATE POLICY sign_in ON memberships FOR SELECT TO threadline_system USING (true);
      -- Colleagues see each other; nobody else.
      CREATE POLICY colleagues ON users FOR SELECT TO threadline_app
        USING (EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = users.id));

      CREATE TABLE sessions (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        user_id uuid NOT NULL REFERENCES users,
        created_at timestamptz(3) NOT NULL,
        last_used_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3),
        ended_reason text,
        user_agent text,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, user_id) REFERENCES memberships (workspace_id, user_id)
      );
      CREATE INDEX sessions_id ON sessions (id);
      SELECT isolate('sessions');
      GRANT SELECT, INSERT, UPDATE ON sessions TO threadline_app;
      GRANT SELECT ON sessions TO threadline_system;
      CREATE POLICY sign_in ON sessions FOR SELECT TO threadline_system USING (true);

      -- One row per generation of a session's refresh token; only hashes are kept.
      CREATE TABLE refresh_tokens (
        workspace_id uuid NOT NULL,
        token_hash bytea NOT NULL,
        session_id uuid NOT NULL,
        generation int NOT NULL,
        created_at timestamptz(3) NOT NULL,
        used_at timestamptz(3),
        PRIMARY KEY (workspace_id, token_hash),
        FOREIGN KEY (workspace_id, session_id) REFERENCES sessions (workspace_id, id)
      );
      CREATE UNIQUE INDEX refresh_tokens_generation ON refresh_tokens (workspace_id, session_id, generation);
      SELECT isolate('refresh_tokens');
      GRANT SELECT, INSERT, UPDATE ON refresh_tokens TO threadline_app;

      CREATE TABLE user_settings (
        workspace_id uuid NOT NULL,
        user_id uuid NOT NULL,
        settings jsonb NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, user_id),
        FOREIGN KEY (workspace_id, user_id) REFERENCES memberships (workspace_id, user_id)
      );
      SELECT isolate('user_settings');
      GRANT SELECT, INSERT, UPDATE ON user_settings TO threadline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('People and workspaces cannot be taken out; restore a backup instead.');
  }
}
