import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What providers call us with: their accounts, what they sent and what became of it. And webhooks made by programs. */
export class ProviderHooks1764000000097 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE provider_connections (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        provider text NOT NULL,
        name text NOT NULL,
        -- The unguessable end of its address. It lets nobody in: what comes there has to be signed.
        token text NOT NULL,
        settings jsonb NOT NULL,
        -- Sealed; null for providers that sign with a key of which we hold the public half.
        secret text,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        confirmed_at timestamptz(3),
        last_denied_at timestamptz(3),
        PRIMARY KEY (workspace_id, id)
      );
      CREATE UNIQUE INDEX provider_connections_token ON provider_connections (token);
      SELECT isolate('provider_connections');
      GRANT SELECT, INSERT, UPDATE, DELETE ON provider_connections TO threadline_app;
      GRANT SELECT (workspace_id, id, provider, token, settings, secret) ON provider_connections TO threadline_system;
      CREATE POLICY hook ON provider_connections FOR SELECT TO threadline_system USING (true);

      -- One row a request, written before it is answered: its bytes, and the headers that its signature is made of.
      CREATE TABLE provider_requests (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        connection_id uuid NOT NULL,
        received_at timestamptz(3) NOT NULL,
        headers jsonb NOT NULL,
        raw bytea NOT NULL,
        -- What may be used once only, where a signature does not cover the body (Mailgun's token).
        nonce text,
        PRIMARY KEY (workspace_id, id),
        CONSTRAINT provider_requests_nonce UNIQUE (workspace_id, connection_id, nonce),
        FOREIGN KEY (workspace_id, connection_id) REFERENCES provider_connections (workspace_id, id) ON DELETE CASCADE
      );
      ALTER TABLE provider_requests ALTER COLUMN raw SET STORAGE EXTERNAL;
      CREATE INDEX provider_requests_received ON provider_requests (received_at);
      SELECT isolate('provider_requests');
      GRANT SELECT, INSERT, DELETE ON provider_requests TO threadline_app;
      GRANT SELECT (workspace_id, id, received_at), DELETE ON provider_requests TO threadline_system;
      CREATE POLICY sweep ON provider_requests TO threadline_system USING (true);

      -- States: pending → applied | noted | outdated | unmatched | unreadable | failed.
      CREATE TABLE provider_events (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        connection_id uuid NOT NULL,
        request_id uuid NOT NULL,
        -- The provider's own id.
        event_id text NOT NULL,
        -- Which of the events of the request.
        item int NOT NULL,
        kind text NOT NULL,
        happened_at timestamptz(3),
        received_at timestamptz(3) NOT NULL,
        state text NOT NULL,
        -- The message of ours that it is about, or became.
        message_id uuid,
        reason text,
        attempts int NOT NULL DEFAULT 0,
        PRIMARY KEY (workspace_id, id),
        CONSTRAINT provider_events_once UNIQUE (workspace_id, connection_id, event_id),
        FOREIGN KEY (workspace_id, request_id) REFERENCES provider_requests (workspace_id, id) ON DELETE CASCADE
      );
      CREATE INDEX provider_events_request ON provider_events (workspace_id, request_id);
      CREATE INDEX provider_events_newest ON provider_events (workspace_id, connection_id, received_at DESC, id DESC);
      CREATE INDEX provider_events_pending ON provider_events (received_at) WHERE state = 'pending';
      SELECT isolate('provider_events');
      GRANT SELECT, INSERT, UPDATE ON provider_events TO threadline_app;
      GRANT SELECT (workspace_id, request_id, state, received_at) ON provider_events TO threadline_system;
      CREATE POLICY sweep ON provider_events FOR SELECT TO threadline_system USING (true);

      -- How far each message of a provider has come, with the provider's own times. It only ever moves forward.
      CREATE TABLE provider_messages (
        workspace_id uuid NOT NULL,
        connection_id uuid NOT NULL,
        provider_message_id text NOT NULL,
        status text NOT NULL,
        sent_at timestamptz(3),
        failed_at timestamptz(3),
        delivered_at timestamptz(3),
        read_at timestamptz(3),
        bounced_at timestamptz(3),
        PRIMARY KEY (workspace_id, connection_id, provider_message_id),
        FOREIGN KEY (workspace_id, connection_id) REFERENCES provider_connections (workspace_id, id) ON DELETE CASCADE
      );
      SELECT isolate('provider_messages');
      GRANT SELECT, INSERT, UPDATE ON provider_messages TO threadline_app;

      -- Webhooks that a program has subscribed (Zapier and its like), and when they end by themselves.
      CREATE TABLE rest_hooks (
        workspace_id uuid NOT NULL,
        webhook_id uuid NOT NULL,
        expires_at timestamptz(3),
        PRIMARY KEY (workspace_id, webhook_id),
        FOREIGN KEY (workspace_id, webhook_id) REFERENCES webhooks (workspace_id, id) ON DELETE CASCADE
      );
      CREATE INDEX rest_hooks_ending ON rest_hooks (expires_at) WHERE expires_at IS NOT NULL;
      SELECT isolate('rest_hooks');
      GRANT SELECT, INSERT, UPDATE, DELETE ON rest_hooks TO threadline_app;
      GRANT SELECT ON rest_hooks TO threadline_system;
      CREATE POLICY sweep ON rest_hooks FOR SELECT TO threadline_system USING (true);
    `);
  }

  async down(): Promise<void> {
    throw new Error('What providers told cannot be taken out; restore a backup instead.');
  }
}
