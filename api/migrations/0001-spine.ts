import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Isolation, the event log, reactions' cursors, idempotency keys. */
export class Spine1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE installation (
        id smallint PRIMARY KEY CHECK (id = 1),
        epoch uuid NOT NULL,
        fingerprint text NOT NULL,
        setup_token_hash bytea
      );
      COMMENT ON TABLE installation IS 'global: facts about this installation';
      GRANT SELECT, UPDATE ON installation TO threadline_system;

      -- Every tenant table is isolated by one call: rows of one workspace, and none without a workspace.
      -- (After commit the setting reads '' and not NULL; nullif keeps the cast from failing on a pooled connection.)
      CREATE FUNCTION isolate(tenant_table regclass) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
          'CREATE POLICY one_workspace ON %s TO threadline_app
             USING (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)
             WITH CHECK (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', tenant_table);
      END $$;

      -- Partitions by month, made ahead; the default partition catches what no month holds.
      CREATE FUNCTION ensure_months(parent regclass, first date, months int) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = threadline AS $$
      DECLARE
        month date;
        child text;
      BEGIN
        FOR i IN 0 .. months - 1 LOOP
          month := (date_trunc('month', first) + make_interval(months => i))::date;
          child := format('%s_%s', (SELECT relname FROM pg_class WHERE oid = parent), to_char(month, 'YYYY_MM'));
          IF to_regclass('threadline.' || child) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
                           child, parent, month, month + interval '1 month');
          END IF;
        END LOOP;
      END $$;
      REVOKE ALL ON FUNCTION ensure_months(regclass, date, int) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION ensure_months(regclass, date, int) TO threadline_system;

      -- The counter of each workspace's log. Taken last in a transaction and held to its commit:
      -- that makes seq gapless and in commit order.
      CREATE TABLE workspace_heads (
        workspace_id uuid PRIMARY KEY,
        seq bigint NOT NULL DEFAULT 0
      ) WITH (fillfactor = 50);
      SELECT isolate('workspace_heads');
      GRANT SELECT, INSERT, UPDATE ON workspace_heads TO threadline_app;
      GRANT SELECT ON workspace_heads TO threadline_system;
      CREATE POLICY follow ON workspace_heads FOR SELECT TO threadline_system USING (true);

      CREATE TABLE events (
        workspace_id uuid NOT NULL,
        seq bigint NOT NULL,
        id uuid NOT NULL,
        type text NOT NULL,
        occurred_at timestamptz(3) NOT NULL,
        actor_type text NOT NULL,
        actor_id text NOT NULL,
        subject_type text NOT NULL,
        subject_id text NOT NULL,
        about text[] NOT NULL,
        data jsonb NOT NULL,
        request_id text,
        PRIMARY KEY (workspace_id, seq, occurred_at)
      ) PARTITION BY RANGE (occurred_at);
      CREATE TABLE events_default PARTITION OF events DEFAULT;
      CREATE INDEX events_about ON events USING gin (about);
      SELECT isolate('events');
      GRANT SELECT, INSERT ON events TO threadline_app;
      GRANT SELECT ON events TO threadline_system;
      CREATE POLICY follow ON events FOR SELECT TO threadline_system USING (true);

      CREATE TABLE reaction_cursors (
        workspace_id uuid NOT NULL,
        reaction text NOT NULL,
        seq bigint NOT NULL DEFAULT 0,
        attempts int NOT NULL DEFAULT 0,
        last_error text,
        retry_at timestamptz(3),
        PRIMARY KEY (workspace_id, reaction)
      ) WITH (fillfactor = 50);
      SELECT isolate('reaction_cursors');
      GRANT SELECT, INSERT, UPDATE ON reaction_cursors TO threadline_app;
      GRANT SELECT ON reaction_cursors TO threadline_system;
      CREATE POLICY follow ON reaction_cursors FOR SELECT TO threadline_system USING (true);

      -- Events that a reaction could not take after several tries: written down and stepped over, loudly.
      CREATE TABLE poisoned_events (
        workspace_id uuid NOT NULL,
        reaction text NOT NULL,
        seq bigint NOT NULL,
        error text NOT NULL,
        at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, reaction, seq)
      );
      SELECT isolate('poisoned_events');
      GRANT SELECT, INSERT ON poisoned_events TO threadline_app;
      GRANT SELECT ON poisoned_events TO threadline_system;
      CREATE POLICY follow ON poisoned_events FOR SELECT TO threadline_system USING (true);

      CREATE TABLE idempotency_keys (
        workspace_id uuid NOT NULL,
        actor_id text NOT NULL,
        key text NOT NULL,
        fingerprint bytea NOT NULL,
        status smallint NOT NULL,
        body jsonb,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT idempotency_keys_pk PRIMARY KEY (workspace_id, actor_id, key)
      );
      CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
      SELECT isolate('idempotency_keys');
      GRANT SELECT, INSERT, UPDATE ON idempotency_keys TO threadline_app;
      GRANT SELECT, DELETE ON idempotency_keys TO threadline_system;
      CREATE POLICY sweep ON idempotency_keys TO threadline_system USING (true);
    `);
    await runner.query(`SELECT ensure_months('events', (now() - interval '2 months')::date, 6)`);
  }

  async down(): Promise<void> {
    throw new Error('The spine cannot be taken out; restore a backup instead.');
  }
}
