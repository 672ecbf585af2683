import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that came into several workspaces before a person had made them theirs are no directory's to change. */
export class AccountsOfSeveralWorkspaces1764000000112 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The owner of the tables is bound by their policies too, and has to see all rows.
      ALTER TABLE scim_users NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE memberships NO FORCE ROW LEVEL SECURITY;
      UPDATE scim_users s SET made_here = false
       WHERE EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = s.user_id AND m.workspace_id <> s.workspace_id);
      ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
      ALTER TABLE scim_users FORCE ROW LEVEL SECURITY;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Whose these accounts were cannot be told any more; restore a backup instead.');
  }
}
