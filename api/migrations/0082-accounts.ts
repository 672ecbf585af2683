import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails of the product itself, the links in them, and invitations. */
export class Accounts1764000000082 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A ledger: one row a mail, written with what it tells of. The body is sealed, because it may hold a link that
      -- opens an account, and goes once the mail has left.
      CREATE TABLE account_mails (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        kind text NOT NULL,
        to_address text NOT NULL,
        to_name text NOT NULL,
        body text,
        message_id_header text NOT NULL,
        state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'claimed', 'handed', 'failed', 'unknown')),
        attempts int NOT NULL DEFAULT 0,
        next_at timestamptz(3) NOT NULL,
        claim_token uuid,
        outcome text,
        created_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3),
        PRIMARY KEY (workspace_id, id)
      );
      COMMENT ON COLUMN account_mails.next_at IS 'queued: when it is tried; claimed: until when it is in hand';
      CREATE UNIQUE INDEX account_mails_header ON account_mails (message_id_header, workspace_id);
      CREATE INDEX account_mails_due ON account_mails (next_at) WHERE state IN ('queued', 'claimed');
      SELECT isolate('account_mails');
      GRANT SELECT, INSERT, UPDATE ON account_mails TO threadline_app;
      GRANT SELECT (workspace_id, id, state, next_at, message_id_header) ON account_mails TO threadline_system;
      CREATE POLICY sweep ON account_mails FOR SELECT TO threadline_system USING (true);

      -- A mail in the built-in mailbox is of a message, or one of the product itself.
      ALTER TABLE mailbox_mails ALTER COLUMN message_id DROP NOT NULL;

      -- What a link in a mail stands for. Only its hash is kept; it works once.
      CREATE TABLE account_links (
        workspace_id uuid NOT NULL,
        token_hash bytea NOT NULL,
        purpose text NOT NULL CHECK (purpose IN ('password_reset', 'email_change')),
        user_id uuid NOT NULL REFERENCES users,
        email text,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        used_at timestamptz(3),
        PRIMARY KEY (workspace_id, token_hash),
        FOREIGN KEY (workspace_id, user_id) REFERENCES memberships (workspace_id, user_id)
      );
      CREATE INDEX account_links_hash ON account_links (token_hash);
      CREATE INDEX account_links_of_user ON account_links (user_id, purpose, created_at);
      SELECT isolate('account_links');
      GRANT SELECT, INSERT, UPDATE ON account_links TO threadline_app;
      GRANT SELECT, UPDATE (used_at) ON account_links TO threadline_system;
      CREATE POLICY sign_in ON account_links TO threadline_system USING (true);

      CREATE TABLE invitations (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        email text NOT NULL,
        role_id uuid NOT NULL,
        role_name text NOT NULL,
        team_ids uuid[] NOT NULL DEFAULT '{}',
        token_hash bytea NOT NULL,
        invited_by uuid REFERENCES users,
        created_at timestamptz(3) NOT NULL,
        sent_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        accepted_at timestamptz(3),
        revoked_at timestamptz(3),
        -- A role that an open invitation gives cannot be deleted; what became of it afterwards does not matter.
        open_role_id uuid GENERATED ALWAYS AS
          (CASE WHEN accepted_at IS NULL AND revoked_at IS NULL THEN role_id END) STORED,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, open_role_id) REFERENCES roles (workspace_id, id)
      );
      CREATE UNIQUE INDEX invitations_pending ON invitations (workspace_id, lower(email))
        WHERE accepted_at IS NULL AND revoked_at IS NULL;
      CREATE INDEX invitations_hash ON invitations (token_hash);
      CREATE INDEX invitations_of_role ON invitations (workspace_id, open_role_id);
      SELECT isolate('invitations');
      GRANT SELECT, INSERT, UPDATE ON invitations TO threadline_app;
      GRANT SELECT ON invitations TO threadline_system;
      CREATE POLICY sign_in ON invitations FOR SELECT TO threadline_system USING (true);

      -- Signing in leads to the workspace that was used last.
      CREATE INDEX sessions_last_used ON sessions (workspace_id, user_id, last_used_at DESC);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Invitations and mails of the product cannot be taken out; restore a backup instead.');
  }
}
