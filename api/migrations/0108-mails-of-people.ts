import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a mail of Threadline's own is for, and whether others could read a link. */
export class MailsOfPeople1764000000108 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who may read it in the built-in mailbox whatever the address is proved to be.
      ALTER TABLE account_mails ADD COLUMN user_id uuid;
      GRANT SELECT (user_id) ON account_mails TO threadline_system;
      ALTER TABLE mailbox_mails ADD COLUMN user_id uuid;

      -- Stood in the built-in mailbox for those who look after the workspace.
      ALTER TABLE account_links ADD COLUMN shown boolean NOT NULL DEFAULT false;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Whom mails are for cannot be taken out; restore a backup instead.');
  }
}
