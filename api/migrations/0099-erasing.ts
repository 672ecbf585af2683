import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Erasing a lead from the log, and from what was made of the log for others: webhooks, and what they were answered. */
export class Erasing1764000000099 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ERASING);
  }

  async down(): Promise<void> {
    throw new Error('What was erased does not come back; restore a backup instead.');
  }
}

const ERASING = `
  CREATE POLICY erasing ON webhook_payloads TO threadline_owner USING (true);
  CREATE POLICY erasing ON webhook_deliveries FOR SELECT TO threadline_owner USING (true);
  CREATE POLICY erasing ON webhook_attempts TO threadline_owner USING (true);
  CREATE POLICY erasing ON webhook_receptions TO threadline_owner USING (true);
  CREATE INDEX webhook_deliveries_of_event ON webhook_deliveries (workspace_id, event_id);

  -- What is sent again for an event about somebody who was erased.
  CREATE FUNCTION erased_body(kind text, type text, body text) RETURNS text LANGUAGE sql IMMUTABLE RETURN
    CASE kind
      WHEN 'standard' THEN (body::jsonb || jsonb_build_object('data', erased_data(type, body::jsonb -> 'data')))::text
      WHEN 'discord' THEN '{"content": "This was about somebody who was erased.", "allowed_mentions": {"parse": []}}'
      ELSE '{"text": "This was about somebody who was erased."}'
    END;

  -- The next events about an erased lead, in the order of the log. Answers the last of them; null when there is none.
  CREATE FUNCTION erase_lead_events(lead uuid, after bigint, most int) RETURNS TABLE (last bigint, erased bigint, payloads bigint)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = threadline, pg_temp SET jit = off AS $$
  DECLARE
    workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
  BEGIN
    PERFORM may_erase(workspace, lead);
    RETURN QUERY
      WITH found AS MATERIALIZED (
        SELECT e.seq, e.occurred_at FROM events e WHERE e.workspace_id = workspace AND e.about @> ARRAY['lead:' || lead]
      ), next AS (
        SELECT * FROM found WHERE found.seq > after ORDER BY found.seq LIMIT most
      ), done AS (
        UPDATE events e SET data = erased_data(e.type, e.data) FROM next
         WHERE e.workspace_id = workspace AND e.seq = next.seq AND e.occurred_at = next.occurred_at RETURNING e.seq, e.id, e.type
      ), bodies AS (
        UPDATE webhook_payloads p SET body = erased_body(p.kind, done.type, p.body) FROM done
         WHERE p.workspace_id = workspace AND p.event_id = done.id RETURNING p.event_id
      ), answers AS (
        UPDATE webhook_attempts a SET response_body = '' FROM webhook_deliveries d, done
         WHERE d.workspace_id = workspace AND d.event_id = done.id AND a.workspace_id = workspace AND a.delivery_id = d.id
      ), received AS (
        DELETE FROM webhook_receptions r WHERE r.workspace_id = workspace AND position(convert_to(lead::text, 'UTF8') IN r.body) > 0
      ) SELECT max(done.seq), count(*), (SELECT count(*) FROM bodies) FROM done;
  END $$;
  REVOKE ALL ON FUNCTION erase_lead_events(uuid, bigint, int) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION erase_lead_events(uuid, bigint, int) TO threadline_app;
`;
