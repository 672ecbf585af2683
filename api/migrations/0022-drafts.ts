import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One draft for each lead and channel. */
export class Drafts1764000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A row stays when its draft is cleared: revisions go on from there, so that a save which is late is known as such.
      CREATE TABLE drafts (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        lead_id uuid NOT NULL,
        channel text NOT NULL,
        content text NOT NULL,
        subject text,
        revision int NOT NULL,
        author_id text NOT NULL,
        saved_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, id),
        CONSTRAINT drafts_of_lead UNIQUE (workspace_id, lead_id, channel),
        FOREIGN KEY (workspace_id, lead_id) REFERENCES leads (workspace_id, id)
      );
      CREATE INDEX drafts_with_text ON drafts (workspace_id, id) WHERE content <> '' OR subject IS NOT NULL;
      SELECT isolate('drafts');
      GRANT SELECT, INSERT, UPDATE ON drafts TO threadline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Drafts cannot be taken out; restore a backup instead.');
  }
}
