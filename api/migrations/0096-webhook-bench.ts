import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The webhook workbench: receivers to try webhooks on, and what came to them; figures of attempts by their time. */
export class WebhookBench1764000000096 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_receivers (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        -- The unguessable end of its address: it lets one put something in, and read nothing.
        token text NOT NULL,
        answer text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, id)
      );
      CREATE UNIQUE INDEX webhook_receivers_token ON webhook_receivers (token);
      SELECT isolate('webhook_receivers');
      GRANT SELECT, INSERT, UPDATE (answer), DELETE ON webhook_receivers TO threadline_app;
      GRANT SELECT ON webhook_receivers TO threadline_system;
      CREATE POLICY by_address ON webhook_receivers FOR SELECT TO threadline_system USING (true);

      -- The newest 100 of a receiver, for a day.
      CREATE TABLE webhook_receptions (
        workspace_id uuid NOT NULL,
        receiver_id uuid NOT NULL,
        id uuid NOT NULL,
        received_at timestamptz(3) NOT NULL,
        method text NOT NULL,
        webhook_id text,
        headers jsonb NOT NULL,
        body bytea NOT NULL,
        -- Of the whole body, which may have been longer than what is kept of it.
        bytes int NOT NULL,
        answered_status int NOT NULL,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, receiver_id) REFERENCES webhook_receivers (workspace_id, id) ON DELETE CASCADE
      );
      CREATE INDEX webhook_receptions_newest ON webhook_receptions (workspace_id, receiver_id, id);
      CREATE INDEX webhook_receptions_by_age ON webhook_receptions (received_at);
      SELECT isolate('webhook_receptions');
      GRANT SELECT, INSERT, DELETE ON webhook_receptions TO threadline_app;
      GRANT SELECT (received_at), DELETE ON webhook_receptions TO threadline_system;
      CREATE POLICY tidy ON webhook_receptions TO threadline_system USING (true);

      CREATE INDEX webhook_attempts_by_time ON webhook_attempts (workspace_id, at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Drop webhook_receptions, webhook_receivers and the index webhook_attempts_by_time by hand.');
  }
}
