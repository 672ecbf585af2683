import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which identity provider a session was begun by. */
export class IssuersOfSessions1764000000109 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Null for those of before: no other workspace takes their provider's word.
      ALTER TABLE sessions ADD COLUMN issuer text;
      GRANT SELECT (issuer) ON sso_providers TO threadline_system;
    `);
  }

  async down(): Promise<void> {
    throw new Error('What began sessions cannot be taken out; restore a backup instead.');
  }
}
