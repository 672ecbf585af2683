import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses are suppressed by what came back too, and that can be lifted by hand. */
export class Suppressions1764000000106 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The message that came back or was complained of.
      ALTER TABLE suppressions ADD COLUMN message_id uuid;
      GRANT DELETE ON suppressions TO threadline_app;

      -- What a person wrote about a lead goes with the lead: here why a suppression was lifted.
      CREATE OR REPLACE FUNCTION erased_data(type text, data jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE RETURN
        data
        || CASE WHEN jsonb_typeof(data -> 'lead') = 'object' THEN jsonb_build_object('lead', (data -> 'lead') ||
             '{"name": "erased", "email": null, "phone": null, "company": null, "title": null, "tags": [], "customFields": {}}') ELSE '{}' END
        || CASE WHEN jsonb_typeof(data -> 'conversation') = 'object' THEN jsonb_build_object('conversation', (data -> 'conversation') ||
             '{"leadName": "erased", "subject": null, "tags": [], "lastMessagePreview": null}') ELSE '{}' END
        || CASE WHEN jsonb_typeof(data -> 'message') = 'object' THEN jsonb_build_object('message', (data -> 'message') ||
             '{"subject": null, "content": "erased", "failure": null, "trackingId": null}') ELSE '{}' END
        || CASE WHEN data ? 'link' THEN '{"link": "erased"}'::jsonb ELSE '{}' END
        || CASE WHEN data ? 'why' THEN '{"why": "erased"}'::jsonb ELSE '{}' END
        || CASE WHEN type LIKE 'lead.%' AND data ? 'name' THEN '{"name": "erased"}'::jsonb ELSE '{}' END;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Suppressions cannot be taken out; restore a backup instead.');
  }
}
