import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit log leaves the house: exports and their files, schedules, streams, and who is mailed checkpoints. */
export class AuditExports1764000000093 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_schedules (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        format text NOT NULL CHECK (format IN ('csv', 'jsonl')),
        filters jsonb NOT NULL DEFAULT '{}',
        covers text NOT NULL CHECK (covers IN ('new', 'all')),
        frequency text NOT NULL CHECK (frequency IN ('daily', 'weekly', 'monthly')),
        weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
        monthday smallint NOT NULL CHECK (monthday BETWEEN 1 AND 31),
        hour smallint NOT NULL CHECK (hour BETWEEN 0 AND 23),
        minute smallint NOT NULL CHECK (minute BETWEEN 0 AND 59),
        time_zone text NOT NULL,
        recipients uuid[] NOT NULL DEFAULT '{}',
        created_by uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused')),
        paused_because text,
        -- The next slot: when, and as local date and time.
        next_at timestamptz(3),
        next_slot text,
        deleted_at timestamptz(3),
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, created_by) REFERENCES memberships (workspace_id, user_id)
      );
      CREATE INDEX audit_schedules_due ON audit_schedules (next_at) WHERE state = 'active' AND deleted_at IS NULL;
      SELECT isolate('audit_schedules');
      GRANT SELECT, INSERT, UPDATE ON audit_schedules TO threadline_app;
      GRANT SELECT ON audit_schedules TO threadline_system;
      CREATE POLICY sweep ON audit_schedules FOR SELECT TO threadline_system USING (true);

      CREATE TABLE audit_exports (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        format text NOT NULL CHECK (format IN ('csv', 'jsonl')),
        filters jsonb NOT NULL DEFAULT '{}',
        state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
        schedule_id uuid,
        recipients uuid[] NOT NULL DEFAULT '{}',
        created_by uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        finished_at timestamptz(3),
        expires_at timestamptz(3),
        -- The last entry that was looked at, and the last there was when it began.
        position bigint NOT NULL DEFAULT 0,
        until bigint NOT NULL,
        entries bigint NOT NULL DEFAULT 0,
        bytes bigint NOT NULL DEFAULT 0,
        chunks integer NOT NULL DEFAULT 0,
        failure text,
        attempts smallint NOT NULL DEFAULT 0,
        claim_token uuid,
        next_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, created_by) REFERENCES memberships (workspace_id, user_id),
        FOREIGN KEY (workspace_id, schedule_id) REFERENCES audit_schedules (workspace_id, id)
      );
      CREATE INDEX audit_exports_due ON audit_exports (next_at) WHERE state IN ('queued', 'running');
      CREATE INDEX audit_exports_expire ON audit_exports (expires_at) WHERE expires_at IS NOT NULL AND chunks > 0;
      CREATE INDEX audit_exports_newest ON audit_exports (workspace_id, created_at DESC);
      SELECT isolate('audit_exports');
      GRANT SELECT, INSERT, UPDATE ON audit_exports TO threadline_app;
      GRANT SELECT ON audit_exports TO threadline_system;
      CREATE POLICY sweep ON audit_exports FOR SELECT TO threadline_system USING (true);

      -- The file, a piece for each step, so that every node can go on with it and hand it out.
      CREATE TABLE audit_export_chunks (
        workspace_id uuid NOT NULL,
        export_id uuid NOT NULL,
        number integer NOT NULL,
        -- gzip
        bytes bytea NOT NULL,
        PRIMARY KEY (workspace_id, export_id, number),
        FOREIGN KEY (workspace_id, export_id) REFERENCES audit_exports (workspace_id, id)
      );
      ALTER TABLE audit_export_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;
      SELECT isolate('audit_export_chunks');
      GRANT SELECT, INSERT, DELETE ON audit_export_chunks TO threadline_app;

      -- What became of each slot. One row a slot: it is made once, on however many nodes.
      CREATE TABLE audit_schedule_slots (
        workspace_id uuid NOT NULL,
        schedule_id uuid NOT NULL,
        -- Local date and time: 2026-11-21T09:00.
        slot text NOT NULL,
        -- The time zone database it was computed with.
        tz_version text NOT NULL,
        state text NOT NULL CHECK (state IN ('made', 'missed')),
        export_id uuid,
        at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, schedule_id, slot),
        FOREIGN KEY (workspace_id, schedule_id) REFERENCES audit_schedules (workspace_id, id),
        FOREIGN KEY (workspace_id, export_id) REFERENCES audit_exports (workspace_id, id)
      );
      SELECT isolate('audit_schedule_slots');
      GRANT SELECT, INSERT ON audit_schedule_slots TO threadline_app;

      CREATE TABLE audit_streams (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('webhook', 'syslog')),
        url text,
        host text,
        port integer,
        tls boolean NOT NULL DEFAULT true,
        certificate text,
        -- Sealed; of a webhook.
        secret text,
        entries boolean NOT NULL,
        checkpoints boolean NOT NULL,
        created_by uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'disabled')),
        -- The last entry and the size of the last checkpoint that were taken.
        position bigint NOT NULL,
        checkpoint_position bigint NOT NULL,
        -- Where the batch ends that is being delivered: it stays the same until it is taken.
        batch_until bigint,
        failures integer NOT NULL DEFAULT 0,
        failing_since timestamptz(3),
        last_error text,
        last_error_at timestamptz(3),
        last_delivered_at timestamptz(3),
        claim_token uuid,
        next_at timestamptz(3) NOT NULL,
        deleted_at timestamptz(3),
        PRIMARY KEY (workspace_id, id),
        CHECK ((kind = 'webhook') = (url IS NOT NULL) AND (kind = 'syslog') = (host IS NOT NULL AND port IS NOT NULL))
      );
      CREATE INDEX audit_streams_active ON audit_streams (next_at) WHERE state = 'active' AND deleted_at IS NULL;
      SELECT isolate('audit_streams');
      GRANT SELECT, INSERT, UPDATE ON audit_streams TO threadline_app;
      -- Looks for what is due, and seals secrets anew when APP_SECRET is rotated.
      GRANT SELECT, UPDATE (secret) ON audit_streams TO threadline_system;
      CREATE POLICY sweep ON audit_streams TO threadline_system USING (true);

      CREATE TABLE checkpoint_deliveries (
        workspace_id uuid PRIMARY KEY,
        recipients uuid[] NOT NULL DEFAULT '{}',
        every text NOT NULL DEFAULT 'day' CHECK (every IN ('hour', 'day')),
        mailed_size bigint NOT NULL DEFAULT 0,
        mailed_at timestamptz(3)
      );
      SELECT isolate('checkpoint_deliveries');
      GRANT SELECT, INSERT, UPDATE ON checkpoint_deliveries TO threadline_app;
      GRANT SELECT ON checkpoint_deliveries TO threadline_system;
      CREATE POLICY sweep ON checkpoint_deliveries FOR SELECT TO threadline_system USING (true);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Exports of the audit log cannot be taken out; restore a backup instead.');
  }
}
