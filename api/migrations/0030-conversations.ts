import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conversations, messages and the send ledger. */
export class Conversations1764000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE conversations (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        lead_id uuid NOT NULL,
        channel text NOT NULL,
        subject text,
        status text NOT NULL,
        priority text NOT NULL,
        assignee_id uuid,
        team_id uuid,
        tags text[] NOT NULL DEFAULT '{}',
        snoozed_until timestamptz(3),
        last_message_id uuid,
        last_message_preview text,
        last_message_direction text,
        last_message_at timestamptz(3),
        unread_count int NOT NULL DEFAULT 0,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, id),
        CONSTRAINT conversations_of_lead UNIQUE (workspace_id, lead_id, channel),
        FOREIGN KEY (workspace_id, lead_id) REFERENCES leads (workspace_id, id),
        FOREIGN KEY (workspace_id, assignee_id) REFERENCES memberships (workspace_id, user_id)
      );
      CREATE INDEX conversations_newest ON conversations (workspace_id, coalesce(last_message_at, created_at) DESC, id DESC);
      CREATE INDEX conversations_by_status ON conversations (workspace_id, status, coalesce(last_message_at, created_at) DESC, id DESC);
      CREATE INDEX conversations_snoozed ON conversations (snoozed_until) WHERE status = 'snoozed';
      SELECT isolate('conversations');
      GRANT SELECT, INSERT, UPDATE ON conversations TO threadline_app;
      GRANT SELECT (workspace_id, id, status, snoozed_until) ON conversations TO threadline_system;
      CREATE POLICY sweep ON conversations FOR SELECT TO threadline_system USING (true);

      CREATE TABLE messages (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        lead_id uuid NOT NULL,
        conversation_id uuid NOT NULL,
        channel text NOT NULL,
        direction text NOT NULL,
        status text NOT NULL,
        subject text,
        content text NOT NULL,
        tracking_id text,
        author_id uuid,
        message_id_header text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        undo_until timestamptz(3),
        sent_at timestamptz(3),
        delivered_at timestamptz(3),
        opened_at timestamptz(3),
        clicked_at timestamptz(3),
        replied_at timestamptz(3),
        failure text,
        PRIMARY KEY (workspace_id, id),
        CONSTRAINT messages_header UNIQUE (workspace_id, message_id_header),
        CONSTRAINT messages_tracking UNIQUE (workspace_id, tracking_id),
        FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations (workspace_id, id),
        FOREIGN KEY (workspace_id, lead_id) REFERENCES leads (workspace_id, id)
      );
      CREATE INDEX messages_of_conversation ON messages (workspace_id, conversation_id, created_at, id);
      CREATE INDEX messages_sent ON messages (workspace_id, sent_at, id) WHERE sent_at IS NOT NULL;
      CREATE INDEX messages_by_tracking ON messages (tracking_id) WHERE tracking_id IS NOT NULL;
      CREATE INDEX messages_by_header ON messages (message_id_header);
      SELECT isolate('messages');
      GRANT SELECT, INSERT, UPDATE ON messages TO threadline_app;
      -- Hits and answers come in by a ticket or a Message-ID and no workspace: those columns tell which it is.
      GRANT SELECT (workspace_id, id, lead_id, conversation_id, direction, tracking_id, message_id_header, sent_at)
        ON messages TO threadline_system;
      CREATE POLICY attribute ON messages FOR SELECT TO threadline_system USING (true);

      -- One row a message: what was done to hand it over, and how sure we are.
      CREATE TABLE message_sends (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        state text NOT NULL,
        due_at timestamptz(3) NOT NULL,
        attempts int NOT NULL DEFAULT 0,
        claim_token uuid,
        lease_until timestamptz(3),
        reply text,
        handed_at timestamptz(3),
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, id) REFERENCES messages (workspace_id, id)
      );
      CREATE INDEX message_sends_due ON message_sends (due_at) WHERE state = 'queued';
      CREATE INDEX message_sends_claimed ON message_sends (lease_until) WHERE state = 'claimed';
      SELECT isolate('message_sends');
      GRANT SELECT, INSERT, UPDATE ON message_sends TO threadline_app;
      GRANT SELECT ON message_sends TO threadline_system;
      CREATE POLICY sweep ON message_sends FOR SELECT TO threadline_system USING (true);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Conversations cannot be taken out; restore a backup instead.');
  }
}
