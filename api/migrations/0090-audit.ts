import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit log: a chain of entries for each workspace, the keys of what is personal in it, and its checkpoints. */
export class Audit1764000000090 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_heads (
        workspace_id uuid PRIMARY KEY,
        size bigint NOT NULL DEFAULT 0,
        head bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
      ) WITH (fillfactor = 50);
      SELECT isolate('audit_heads');
      GRANT SELECT, INSERT, UPDATE ON audit_heads TO threadline_app;
      GRANT SELECT ON audit_heads TO threadline_system;
      CREATE POLICY follow ON audit_heads FOR SELECT TO threadline_system USING (true);

      -- What is hashed is the text of entry, byte for byte; the other columns are what it is found by.
      CREATE TABLE audit_entries (
        workspace_id uuid NOT NULL,
        seq bigint NOT NULL,
        id uuid NOT NULL,
        occurred_at timestamptz(3) NOT NULL,
        action text NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('allowed', 'denied', 'failed')),
        actor_id text NOT NULL,
        targets text[] NOT NULL,
        request_id text,
        ip_hash text,
        entry text NOT NULL,
        hash bytea NOT NULL,
        PRIMARY KEY (workspace_id, seq, occurred_at)
      ) PARTITION BY RANGE (occurred_at);
      CREATE TABLE audit_entries_default PARTITION OF audit_entries DEFAULT;
      CREATE INDEX audit_entries_actor ON audit_entries (workspace_id, actor_id, seq DESC);
      CREATE INDEX audit_entries_action ON audit_entries (workspace_id, action, seq DESC);
      CREATE INDEX audit_entries_outcome ON audit_entries (workspace_id, outcome, seq DESC) WHERE outcome <> 'allowed';
      CREATE INDEX audit_entries_request ON audit_entries (workspace_id, request_id) WHERE request_id IS NOT NULL;
      CREATE INDEX audit_entries_ip ON audit_entries (workspace_id, ip_hash, seq DESC) WHERE ip_hash IS NOT NULL;
      CREATE INDEX audit_entries_targets ON audit_entries USING gin (targets);
      SELECT isolate('audit_entries');
      GRANT SELECT, INSERT ON audit_entries TO threadline_app;
      GRANT SELECT ON audit_entries TO threadline_system;
      CREATE POLICY follow ON audit_entries FOR SELECT TO threadline_system USING (true);

      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'audit entries are written once' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER audit_entries_stay_all BEFORE TRUNCATE ON audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      -- A key for each person or lead that entries speak of, sealed. Null: erased, and never made again.
      CREATE TABLE audit_keys (
        workspace_id uuid NOT NULL,
        subject text NOT NULL,
        key text,
        PRIMARY KEY (workspace_id, subject)
      );
      SELECT isolate('audit_keys');
      GRANT SELECT, INSERT, UPDATE ON audit_keys TO threadline_app;
      GRANT SELECT, UPDATE ON audit_keys TO threadline_system;
      CREATE POLICY rotate ON audit_keys TO threadline_system USING (true);

      CREATE TABLE audit_checkpoints (
        workspace_id uuid NOT NULL,
        size bigint NOT NULL,
        root bytea NOT NULL,
        head bytea NOT NULL,
        at timestamptz(3) NOT NULL,
        previous bytea,
        signature bytea NOT NULL,
        public_key bytea NOT NULL,
        -- Roots of the complete subtrees, the largest first, so that the next checkpoint goes on from here.
        peaks bytea[] NOT NULL,
        PRIMARY KEY (workspace_id, size)
      );
      SELECT isolate('audit_checkpoints');
      GRANT SELECT, INSERT ON audit_checkpoints TO threadline_app;
      GRANT SELECT ON audit_checkpoints TO threadline_system;
      CREATE POLICY follow ON audit_checkpoints FOR SELECT TO threadline_system USING (true);
      CREATE TRIGGER audit_checkpoints_stay BEFORE UPDATE OR DELETE ON audit_checkpoints
        FOR EACH ROW EXECUTE FUNCTION refuse_change();

      -- Numbers, chains and writes entries. The head stays locked until the commit, so that the chain has no forks.
      CREATE FUNCTION append_audit(workspace uuid, entries jsonb) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        e record;
        number bigint;
        previous bytea;
        words text;
      BEGIN
        INSERT INTO audit_heads (workspace_id) VALUES (workspace) ON CONFLICT DO NOTHING;
        SELECT h.size, h.head INTO number, previous FROM audit_heads h WHERE h.workspace_id = workspace FOR UPDATE;
        FOR e IN SELECT * FROM jsonb_to_recordset(entries) AS r (before text, after text, id uuid,
                   occurred_at timestamptz, action text, outcome text, actor_id text, targets text[],
                   request_id text, ip_hash text)
        LOOP
          number := number + 1;
          words := e.before || number || e.after;
          previous := sha256('\\x00'::bytea || convert_to(words, 'UTF8') || previous);
          INSERT INTO audit_entries (workspace_id, seq, id, occurred_at, action, outcome, actor_id, targets,
                                     request_id, ip_hash, entry, hash)
            VALUES (workspace, number, e.id, e.occurred_at, e.action, e.outcome, e.actor_id, e.targets,
                    e.request_id, e.ip_hash, words, previous);
        END LOOP;
        UPDATE audit_heads SET size = number, head = previous WHERE workspace_id = workspace;
      END $$;
    `);
    await runner.query(`SELECT ensure_months('audit_entries', (now() - interval '2 months')::date, 6)`);
  }

  async down(): Promise<void> {
    throw new Error('An audit log cannot be taken out; restore a backup instead.');
  }
}
