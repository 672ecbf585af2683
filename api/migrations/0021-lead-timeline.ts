import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where the events about one thing stand in the log. Under row-level security `about @> …` cannot use its index (array
 * operators are not leakproof), so the index is asked as the tables' owner, for the workspace of the policies' setting;
 * the answer is positions only, and the events are read under row-level security.
 */
export class LeadTimeline1764000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE POLICY timelines ON events FOR SELECT TO threadline_owner USING (true);
      CREATE FUNCTION events_about(thing text, wanted_types text[], before bigint, most int)
        RETURNS TABLE (seq bigint, occurred_at timestamptz)
      LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = threadline, pg_temp SET jit = off AS $$
      #variable_conflict use_column
      BEGIN
        RETURN QUERY
          -- Found first and sorted then: with a LIMIT on the log's own order the planner would rather walk the log.
          WITH found AS MATERIALIZED (
            SELECT e.seq, e.occurred_at FROM events e
             WHERE e.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
               AND e.about @> ARRAY[thing] AND e.type = ANY (wanted_types)
          )
          SELECT found.seq, found.occurred_at::timestamptz FROM found
           WHERE before IS NULL OR found.seq < before ORDER BY found.seq DESC LIMIT most;
      END $$;
      REVOKE ALL ON FUNCTION events_about(text, text[], bigint, int) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION events_about(text, text[], bigint, int) TO threadline_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Timelines cannot be taken out; restore a backup instead.');
  }
}
