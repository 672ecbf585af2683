import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Saved views of the audit log. */
export class AuditViews1764000000092 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_views (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        owner_id uuid NOT NULL,
        name text NOT NULL,
        filters jsonb NOT NULL,
        shared boolean NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, owner_id) REFERENCES memberships (workspace_id, user_id)
      );
      CREATE UNIQUE INDEX audit_views_name ON audit_views (workspace_id, owner_id, lower(name));
      SELECT isolate('audit_views');
      GRANT SELECT, INSERT, DELETE, UPDATE (name, filters, shared, updated_at) ON audit_views TO threadline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Saved views cannot be taken out; restore a backup instead.');
  }
}
