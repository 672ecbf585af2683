import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks: where events are delivered to, and the ledger of their deliveries. */
export class Webhooks1764000000095 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhooks (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        kind text NOT NULL,
        url text NOT NULL,
        description text,
        event_types text[] NOT NULL,
        filters jsonb NOT NULL,
        header_names text[] NOT NULL,
        -- Their values may be credentials of the receiver.
        headers text,
        ordered boolean NOT NULL,
        signs_asymmetric boolean NOT NULL,
        -- With whose rights, and no more than these where it was made by an API key.
        maker_id uuid NOT NULL,
        granted text[],
        -- Only events after this one: those before it were made, or while it was disabled, are replayed by hand.
        since_seq bigint NOT NULL,
        failing_since timestamptz(3),
        told_failing_at timestamptz(3),
        disabled_at timestamptz(3),
        disabled_reason text,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, maker_id) REFERENCES memberships (workspace_id, user_id)
      );
      CREATE INDEX webhooks_of_maker ON webhooks (workspace_id, maker_id);
      SELECT isolate('webhooks');
      GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO threadline_app;
      GRANT SELECT, UPDATE (failing_since, headers) ON webhooks TO threadline_system;
      CREATE POLICY deliver ON webhooks TO threadline_system USING (true);

      CREATE TABLE webhook_secrets (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        webhook_id uuid NOT NULL,
        -- The HMAC secret and the seed of the Ed25519 key, sealed.
        sealed text NOT NULL,
        public_key text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        -- Until when a replaced one signs too; null: the present one.
        retires_at timestamptz(3),
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, webhook_id) REFERENCES webhooks (workspace_id, id) ON DELETE CASCADE
      );
      CREATE UNIQUE INDEX webhook_secrets_present ON webhook_secrets (workspace_id, webhook_id) WHERE retires_at IS NULL;
      CREATE INDEX webhook_secrets_of_webhook ON webhook_secrets (workspace_id, webhook_id);
      SELECT isolate('webhook_secrets');
      GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_secrets TO threadline_app;
      GRANT SELECT, UPDATE (sealed) ON webhook_secrets TO threadline_system;
      CREATE POLICY deliver ON webhook_secrets TO threadline_system USING (true);

      -- What is sent, byte for byte: once for an event and a kind of endpoint.
      CREATE TABLE webhook_payloads (
        workspace_id uuid NOT NULL,
        event_id uuid NOT NULL,
        kind text NOT NULL,
        body text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, event_id, kind)
      );
      CREATE INDEX webhook_payloads_by_age ON webhook_payloads (created_at);
      SELECT isolate('webhook_payloads');
      GRANT SELECT, INSERT ON webhook_payloads TO threadline_app;
      GRANT SELECT, DELETE ON webhook_payloads TO threadline_system;
      CREATE POLICY deliver ON webhook_payloads TO threadline_system USING (true);

      CREATE TABLE webhook_deliveries (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        webhook_id uuid NOT NULL,
        event_id uuid NOT NULL,
        seq bigint NOT NULL,
        event_type text NOT NULL,
        kind text NOT NULL,
        -- Of ordered endpoints: what it must not overtake.
        order_key text,
        status text NOT NULL,
        -- Attempts altogether; tries since it was last begun, by which the schedule goes.
        attempts int NOT NULL DEFAULT 0,
        tries int NOT NULL DEFAULT 0,
        -- Sent again by hand: one try and no more.
        once boolean NOT NULL DEFAULT false,
        next_at timestamptz(3),
        claim uuid,
        lease_until timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        finished_at timestamptz(3),
        PRIMARY KEY (workspace_id, id),
        CONSTRAINT webhook_deliveries_once UNIQUE (workspace_id, webhook_id, seq),
        FOREIGN KEY (workspace_id, webhook_id) REFERENCES webhooks (workspace_id, id) ON DELETE CASCADE
      ) WITH (fillfactor = 80);
      CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_at, seq) WHERE status = 'pending';
      CREATE INDEX webhook_deliveries_heads ON webhook_deliveries (webhook_id, order_key, seq)
        WHERE status = 'pending' AND order_key IS NOT NULL;
      CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at) WHERE status <> 'pending';
      SELECT isolate('webhook_deliveries');
      GRANT SELECT, INSERT, UPDATE ON webhook_deliveries TO threadline_app;
      GRANT SELECT, UPDATE, DELETE ON webhook_deliveries TO threadline_system;
      CREATE POLICY deliver ON webhook_deliveries TO threadline_system USING (true);

      CREATE TABLE webhook_attempts (
        workspace_id uuid NOT NULL,
        delivery_id uuid NOT NULL,
        n int NOT NULL,
        at timestamptz(3) NOT NULL,
        response_status int,
        duration_ms int NOT NULL,
        error text,
        response_body text NOT NULL,
        request_headers jsonb NOT NULL,
        PRIMARY KEY (workspace_id, delivery_id, n),
        FOREIGN KEY (workspace_id, delivery_id) REFERENCES webhook_deliveries (workspace_id, id) ON DELETE CASCADE
      );
      SELECT isolate('webhook_attempts');
      GRANT SELECT ON webhook_attempts TO threadline_app;
      GRANT SELECT, INSERT ON webhook_attempts TO threadline_system;
      CREATE POLICY deliver ON webhook_attempts TO threadline_system USING (true);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Webhooks cannot be taken out; restore a backup instead.');
  }
}
