import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether following a link shows that one has the address it was sent to. */
export class LinksThatProve1764000000107 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Those of before did, and a node of the version before goes on making such.
      ALTER TABLE account_links ADD COLUMN proves_address boolean NOT NULL DEFAULT true;
      ALTER TABLE invitations ADD COLUMN proves_address boolean NOT NULL DEFAULT true;
    `);
  }

  async down(): Promise<void> {
    throw new Error('What a link proves cannot be taken out; restore a backup instead.');
  }
}
