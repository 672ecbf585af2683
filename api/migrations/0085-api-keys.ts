import type { MigrationInterface, QueryRunner } from 'typeorm';

/** API keys: what programs sign in with. */
export class ApiKeys1764000000085 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE api_keys (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        secret_hash bytea NOT NULL,
        permissions text[] NOT NULL,
        allowed_networks text[] NOT NULL DEFAULT '{}',
        created_by uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3),
        last_used_at timestamptz(3),
        last_used_ip text,
        exposed_at timestamptz(3),
        revoked_at timestamptz(3),
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, created_by) REFERENCES memberships (workspace_id, user_id)
      );
      CREATE INDEX api_keys_id ON api_keys (id);
      CREATE INDEX api_keys_of_maker ON api_keys (workspace_id, created_by) WHERE revoked_at IS NULL;
      SELECT isolate('api_keys');
      GRANT SELECT, INSERT, UPDATE (revoked_at, exposed_at) ON api_keys TO threadline_app;
      -- A key says by itself which one it is; its workspace is learnt from it. When it was used is noted beside the request.
      GRANT SELECT, UPDATE (last_used_at, last_used_ip) ON api_keys TO threadline_system;
      CREATE POLICY sign_in ON api_keys TO threadline_system USING (true);
    `);
  }

  async down(): Promise<void> {
    throw new Error('API keys cannot be taken out; restore a backup instead.');
  }
}
