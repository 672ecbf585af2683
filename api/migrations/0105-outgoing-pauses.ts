import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was restored from a backup sends nothing until somebody has decided what becomes of what waited in it. */
export class OutgoingPauses1764000000105 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When a process was last known to run on this database.
      ALTER TABLE installation ADD COLUMN alive_at timestamptz(3);

      CREATE TABLE outgoing_pauses (
        workspace_id uuid PRIMARY KEY REFERENCES workspaces,
        since timestamptz(3) NOT NULL,
        -- The log's head then: what belongs to events up to it may have been sent after the backup was made.
        seq bigint NOT NULL,
        told_at timestamptz(3)
      );
      SELECT isolate('outgoing_pauses');
      GRANT SELECT, UPDATE, DELETE ON outgoing_pauses TO threadline_app;
      GRANT SELECT ON outgoing_pauses TO threadline_system;
      CREATE POLICY sweep ON outgoing_pauses FOR SELECT TO threadline_system USING (true);
      CREATE POLICY restoring ON outgoing_pauses TO threadline_owner USING (true);
      CREATE POLICY restoring ON workspace_heads FOR SELECT TO threadline_owner USING (true);
      GRANT SELECT (created_at) ON account_mails TO threadline_system;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Pauses cannot be taken out; restore a backup instead.');
  }
}
