import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The built-in mailbox: what it plays the recipient of. */
export class Mailbox1764000000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The newest 500 a workspace; older ones go.
      CREATE TABLE mailbox_mails (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        message_id uuid NOT NULL,
        message_id_header text NOT NULL,
        envelope_from text NOT NULL,
        envelope_to text NOT NULL,
        from_name text NOT NULL,
        from_address text NOT NULL,
        to_name text NOT NULL,
        to_address text NOT NULL,
        subject text NOT NULL,
        preview text NOT NULL,
        received_at timestamptz(3) NOT NULL,
        opened_at timestamptz(3),
        answered_at timestamptz(3),
        bounced_at timestamptz(3),
        raw bytea NOT NULL,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, message_id) REFERENCES messages (workspace_id, id)
      );
      ALTER TABLE mailbox_mails ALTER COLUMN raw SET STORAGE EXTERNAL;
      CREATE INDEX mailbox_mails_newest ON mailbox_mails (workspace_id, received_at DESC, id DESC);
      CREATE INDEX mailbox_mails_of_message ON mailbox_mails (workspace_id, message_id);
      SELECT isolate('mailbox_mails');
      GRANT SELECT, INSERT, UPDATE, DELETE ON mailbox_mails TO threadline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Drop the table mailbox_mails by hand: it holds what the built-in mailbox received.');
  }
}
