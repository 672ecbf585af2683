import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Raw hits, and what was made of those that are somebody's. */
export class Tracking1764000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Taken in before it is known whose they are; append-only for the role that serves people, and unreadable to it.
      CREATE TABLE tracking_hits (
        id uuid NOT NULL,
        at timestamptz(3) NOT NULL,
        kind text NOT NULL CHECK (kind IN ('open', 'click')),
        tracking_id text NOT NULL,
        method text NOT NULL,
        user_agent text,
        address_prefix text,
        network text,
        signs smallint NOT NULL,
        link_index int,
        link text,
        received_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (at, id)
      ) PARTITION BY RANGE (at);
      COMMENT ON TABLE tracking_hits IS 'global: a hit is taken in before it is known whose it is';
      CREATE TABLE tracking_hits_default PARTITION OF tracking_hits DEFAULT;
      CREATE INDEX tracking_hits_received ON tracking_hits (received_at);
      GRANT INSERT ON tracking_hits TO threadline_app;
      GRANT SELECT ON tracking_hits TO threadline_system;

      -- A hit that is somebody's, with its verdict and everything it was judged by. One row per hit: that is what makes
      -- judging happen once, whoever does it.
      CREATE TABLE hit_verdicts (
        workspace_id uuid NOT NULL,
        hit_id uuid NOT NULL,
        message_id uuid NOT NULL,
        at timestamptz(3) NOT NULL,
        kind text NOT NULL,
        verdict text NOT NULL CHECK (verdict IN ('human', 'machine', 'unknown')),
        rule text NOT NULL,
        ruleset text NOT NULL,
        counted boolean NOT NULL,
        since_handed_ms bigint,
        method text NOT NULL,
        user_agent text,
        address_prefix text,
        network text,
        signs smallint NOT NULL,
        link_index int,
        link text,
        PRIMARY KEY (workspace_id, hit_id),
        FOREIGN KEY (workspace_id, message_id) REFERENCES messages (workspace_id, id) ON DELETE CASCADE
      );
      CREATE INDEX hit_verdicts_of_message ON hit_verdicts (workspace_id, message_id, at, hit_id);
      CREATE INDEX hit_verdicts_untold ON hit_verdicts (workspace_id, message_id, at)
        WHERE kind = 'open' AND verdict = 'unknown';
      -- One counted hit per message, kind and link, whatever happens.
      CREATE UNIQUE INDEX hit_verdicts_counted
        ON hit_verdicts (workspace_id, message_id, kind, (coalesce(link_index, 0))) WHERE counted;
      SELECT isolate('hit_verdicts');
      GRANT SELECT, INSERT, UPDATE, DELETE ON hit_verdicts TO threadline_app;
      GRANT SELECT (workspace_id, hit_id) ON hit_verdicts TO threadline_system;
      CREATE POLICY sweep ON hit_verdicts FOR SELECT TO threadline_system USING (true);

      -- Up to when stored hits were looked through for some that nobody judged.
      CREATE TABLE tracking_progress (
        id smallint PRIMARY KEY CHECK (id = 1),
        swept_to timestamptz(3) NOT NULL
      );
      COMMENT ON TABLE tracking_progress IS 'global: one position for the whole installation';
      INSERT INTO tracking_progress (id, swept_to) VALUES (1, now());
      GRANT SELECT, UPDATE ON tracking_progress TO threadline_system;
    `);
    await runner.query(`SELECT ensure_months('tracking_hits', (now() - interval '2 months')::date, 6)`);
  }

  async down(): Promise<void> {
    throw new Error('Hits cannot be taken out; restore a backup instead.');
  }
}
