import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mail from outside, kept before it is read. */
export class InboundMail1764000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row a mail, written before its sender is told that we have it. States: pending → reply | automatic |
      -- bounce | unmatched | unreadable | duplicate.
      CREATE TABLE inbound_mails (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        state text NOT NULL,
        received_at timestamptz(3) NOT NULL,
        -- SHA-256 of the bytes: the same mail handed in twice is one.
        digest bytea NOT NULL,
        envelope_from text NOT NULL,
        envelope_to text NOT NULL,
        -- The message of ours that the address it came to, or its References, name.
        answers_id uuid,
        -- True when a signed token named it, and not a header that anybody can write.
        proven boolean NOT NULL,
        from_name text,
        from_address text,
        subject text,
        -- The message it became.
        message_id uuid,
        -- Why it became nothing.
        reason text,
        attempts int NOT NULL DEFAULT 0,
        raw bytea NOT NULL,
        PRIMARY KEY (workspace_id, id),
        CONSTRAINT inbound_mails_once UNIQUE (workspace_id, digest)
      );
      ALTER TABLE inbound_mails ALTER COLUMN raw SET STORAGE EXTERNAL;
      CREATE INDEX inbound_mails_by_state ON inbound_mails (workspace_id, state, received_at DESC, id DESC);
      CREATE INDEX inbound_mails_pending ON inbound_mails (received_at) WHERE state = 'pending';
      SELECT isolate('inbound_mails');
      GRANT SELECT, INSERT, UPDATE ON inbound_mails TO threadline_app;
      GRANT SELECT (workspace_id, id, state, received_at) ON inbound_mails TO threadline_system;
      CREATE POLICY sweep ON inbound_mails FOR SELECT TO threadline_system USING (true);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Mail that came in cannot be taken out; restore a backup instead.');
  }
}
