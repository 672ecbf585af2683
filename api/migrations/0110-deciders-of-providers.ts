import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who last decided whose word counts at an identity provider. */
export class DecidersOfProviders1764000000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Null for nobody that is known: such a provider opens no account of a directory until somebody decides anew.
      ALTER TABLE sso_providers
        ADD COLUMN decided_by uuid,
        ADD FOREIGN KEY (workspace_id, decided_by) REFERENCES memberships (workspace_id, user_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Who decided about providers cannot be taken out; restore a backup instead.');
  }
}
