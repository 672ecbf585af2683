import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The roll-up by day, and the facts that it is the sum of. All of it can be made again from the log. */
export class Analytics1764000000070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Sums by day (UTC) and channel; '' holds what travels by none.
      CREATE TABLE analytics_days (
        workspace_id uuid NOT NULL,
        day date NOT NULL,
        channel text NOT NULL,
        -- Messages, on the day they were sent, whenever the rest happened to them.
        sent int NOT NULL DEFAULT 0,
        delivered int NOT NULL DEFAULT 0,
        bounced int NOT NULL DEFAULT 0,
        opened int NOT NULL DEFAULT 0,
        opened_unknown int NOT NULL DEFAULT 0,
        opened_machine int NOT NULL DEFAULT 0,
        clicked int NOT NULL DEFAULT 0,
        replied int NOT NULL DEFAULT 0,
        -- What came in on that day.
        received int NOT NULL DEFAULT 0,
        opens_human int NOT NULL DEFAULT 0,
        opens_machine int NOT NULL DEFAULT 0,
        opens_unknown int NOT NULL DEFAULT 0,
        clicks_human int NOT NULL DEFAULT 0,
        clicks_machine int NOT NULL DEFAULT 0,
        clicks_unknown int NOT NULL DEFAULT 0,
        -- How many more, or fewer, there were at the end of that day: the running total is the number then.
        leads int NOT NULL DEFAULT 0,
        converted_leads int NOT NULL DEFAULT 0,
        open_conversations int NOT NULL DEFAULT 0,
        PRIMARY KEY (workspace_id, day, channel)
      ) WITH (fillfactor = 50);
      SELECT isolate('analytics_days');
      GRANT SELECT, INSERT, UPDATE, DELETE ON analytics_days TO threadline_app;

      -- The same sums over all days, so that a tile is one row's read however old the workspace is.
      CREATE TABLE analytics_totals (LIKE analytics_days INCLUDING DEFAULTS) WITH (fillfactor = 50);
      ALTER TABLE analytics_totals DROP COLUMN day, ADD PRIMARY KEY (workspace_id, channel);
      SELECT isolate('analytics_totals');
      GRANT SELECT, INSERT, UPDATE, DELETE ON analytics_totals TO threadline_app;

      -- What is known of each message that was handed over: its share in the sums follows from this row alone.
      CREATE TABLE analytics_messages (
        workspace_id uuid NOT NULL,
        message_id uuid NOT NULL,
        lead_id uuid,
        channel text NOT NULL,
        sent_at timestamptz(3),
        delivered boolean NOT NULL,
        bounced boolean NOT NULL,
        opened boolean NOT NULL,
        clicked boolean NOT NULL,
        replied boolean NOT NULL,
        opens_machine int NOT NULL,
        opens_unknown int NOT NULL,
        PRIMARY KEY (workspace_id, message_id)
      ) WITH (fillfactor = 80);
      CREATE INDEX analytics_messages_sent ON analytics_messages (workspace_id, sent_at, message_id)
        WHERE sent_at IS NOT NULL;
      SELECT isolate('analytics_messages');
      GRANT SELECT, INSERT, UPDATE, DELETE ON analytics_messages TO threadline_app;

      -- Leads and conversations in each state they were in, from when to when: what was counted at any time.
      CREATE TABLE analytics_spans (
        workspace_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('lead', 'conversation')),
        subject_id uuid NOT NULL,
        -- The event that began it.
        seq bigint NOT NULL,
        lead_id uuid NOT NULL,
        state text NOT NULL,
        -- The lead is deleted: it and its conversations are on no list.
        gone boolean NOT NULL,
        from_at timestamptz(3) NOT NULL,
        to_at timestamptz(3),
        PRIMARY KEY (workspace_id, kind, subject_id, seq)
      );
      CREATE UNIQUE INDEX analytics_spans_now ON analytics_spans (workspace_id, kind, subject_id) WHERE to_at IS NULL;
      CREATE INDEX analytics_spans_state ON analytics_spans (workspace_id, kind, state, subject_id)
        WHERE to_at IS NULL AND NOT gone;
      CREATE INDEX analytics_spans_lead ON analytics_spans (workspace_id, lead_id) WHERE to_at IS NULL;
      SELECT isolate('analytics_spans');
      GRANT SELECT, INSERT, UPDATE, DELETE ON analytics_spans TO threadline_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE analytics_days, analytics_totals, analytics_messages, analytics_spans');
  }
}
