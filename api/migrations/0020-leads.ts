import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Leads, and finding them by what is written in them. */
export class Leads1764000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What people search in: without case, accents and widths, the same for what is stored and what is typed.
      -- (pg_c_utf8 is built into the server: it does not change with the operating system's libraries.)
      CREATE FUNCTION search_text(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN lower(regexp_replace(normalize(words, NFKD), '[\\u0300-\\u036f]', '', 'g') COLLATE "pg_c_utf8");

      CREATE FUNCTION search_texts(words text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN (SELECT coalesce(array_agg(search_text(word)), '{}') FROM unnest(words) AS w (word));

      -- The LIKE pattern that finds a text literally, wherever it stands.
      CREATE FUNCTION search_pattern(wanted text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN '%' || replace(replace(replace(search_text(wanted), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';

      CREATE TABLE leads (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        name text COLLATE "und-x-icu" NOT NULL,
        email text,
        phone text,
        company text COLLATE "und-x-icu",
        title text,
        status text NOT NULL CHECK (status IN ('new', 'contacted', 'qualified', 'converted', 'lost')),
        tags text[] NOT NULL DEFAULT '{}',
        custom_fields jsonb NOT NULL DEFAULT '{}',
        owner_id uuid,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        last_activity_at timestamptz(3),
        deleted_at timestamptz(3),
        -- In the order of the pipeline, for sorting.
        status_rank smallint NOT NULL GENERATED ALWAYS AS
          (array_position(ARRAY['new', 'contacted', 'qualified', 'converted', 'lost'], status)) STORED,
        search text COLLATE "C" NOT NULL GENERATED ALWAYS AS (search_text(
          name || coalesce(E'\\n' || email, '') || coalesce(E'\\n' || company, '') ||
          coalesce(E'\\n' || phone || E'\\n' || regexp_replace(phone, '\\D', '', 'g'), ''))) STORED,
        tag_keys text[] COLLATE "C" NOT NULL GENERATED ALWAYS AS (search_texts(tags)) STORED,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, owner_id) REFERENCES memberships (workspace_id, user_id)
      );
      CREATE UNIQUE INDEX leads_email ON leads (workspace_id, email) WHERE deleted_at IS NULL AND email IS NOT NULL;
      CREATE INDEX leads_name ON leads (workspace_id, name, id) WHERE deleted_at IS NULL;
      CREATE INDEX leads_company ON leads (workspace_id, company, id) WHERE deleted_at IS NULL;
      CREATE INDEX leads_status ON leads (workspace_id, status_rank, id) WHERE deleted_at IS NULL;
      CREATE INDEX leads_created ON leads (workspace_id, created_at, id) WHERE deleted_at IS NULL;
      CREATE INDEX leads_active ON leads (workspace_id, last_activity_at, id) WHERE deleted_at IS NULL;
      CREATE INDEX leads_owner ON leads (workspace_id, owner_id, id) WHERE deleted_at IS NULL AND owner_id IS NOT NULL;
      SELECT isolate('leads');
      GRANT SELECT, INSERT, UPDATE ON leads TO threadline_app;

    `);
    await runner.query(SEARCH);
  }

  async down(): Promise<void> {
    throw new Error('Leads cannot be taken out; restore a backup instead.');
  }
}

/**
 * Row-level security keeps LIKE and array operators away from indexes (they are not leakproof), and marking a function
 * leakproof takes a superuser, whom a managed PostgreSQL does not give. So the index is asked by one function that runs
 * as the owner of the tables and names the workspace itself, from the same setting as the policies. It answers ids
 * only; the leads behind them are read under row-level security like all others. The keys are tags and pieces of text,
 * each with the end of the workspace's id before it: one plain GIN index finds both, in any script and for one
 * workspace, with no extension that a provider may not offer. Pieces are two and three letters long; of scripts in
 * which one letter is a word, also one. It all stands in a table beside the leads, because a lead's row is written with
 * every message, open and click, and its texts are not.
 */
const SEARCH = `
  CREATE FUNCTION lead_keys(workspace_id uuid, search text, tag_keys text[]) RETURNS text[]
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
  DECLARE
    workspace text := right(workspace_id::text, 8);
    keys text[] := '{}';
    piece text;
    tag text;
  BEGIN
    FOR n IN 1 .. length(search) LOOP
      piece := substr(search, n, 3);
      IF ascii(piece) > 127 THEN keys := array_append(keys, workspace || 'g' || left(piece, 1)); END IF;
      IF length(piece) > 1 THEN keys := array_append(keys, workspace || 'g' || left(piece, 2)); END IF;
      IF length(piece) > 2 THEN keys := array_append(keys, workspace || 'g' || piece); END IF;
    END LOOP;
    FOREACH tag IN ARRAY tag_keys LOOP
      keys := array_append(keys, workspace || 't' || tag);
    END LOOP;
    RETURN keys;
  END $$;
  CREATE TABLE lead_search (
    workspace_id uuid NOT NULL,
    lead_id uuid NOT NULL,
    search text COLLATE "C" NOT NULL,
    tag_keys text[] COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, lead_id),
    FOREIGN KEY (workspace_id, lead_id) REFERENCES leads (workspace_id, id)
  );
  CREATE INDEX lead_search_keys ON lead_search USING gin (lead_keys(workspace_id, search, tag_keys))
    WITH (gin_pending_list_limit = 1024);
  SELECT isolate('lead_search');
  GRANT SELECT, INSERT, UPDATE ON lead_search TO threadline_app;

  CREATE FUNCTION index_lead() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO lead_search (workspace_id, lead_id, search, tag_keys)
    VALUES (NEW.workspace_id, NEW.id, NEW.search, NEW.tag_keys)
    ON CONFLICT (workspace_id, lead_id) DO UPDATE SET search = NEW.search, tag_keys = NEW.tag_keys;
    RETURN NULL;
  END $$;
  CREATE TRIGGER leads_indexed_at_first AFTER INSERT ON leads FOR EACH ROW EXECUTE FUNCTION index_lead();
  CREATE TRIGGER leads_indexed_again AFTER UPDATE ON leads FOR EACH ROW
    WHEN (OLD.search <> NEW.search OR OLD.tag_keys <> NEW.tag_keys) EXECUTE FUNCTION index_lead();

  -- The keys that a lead with this text has: the longest pieces, and of a long text the first of them.
  CREATE FUNCTION keys_wanted(workspace_id uuid, wanted text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT coalesce(array_agg(right(workspace_id::text, 8) || 'g' || substr(wanted, n, 3)), '{}')
      FROM generate_series(1, greatest(1, least(length(wanted) - 2, 24))) AS n
     WHERE length(wanted) > 1 OR ascii(wanted) > 127);

  CREATE POLICY searching ON lead_search FOR SELECT TO threadline_owner USING (true);
  -- Ids of leads with a text and a tag, either of which may be null; null when the index has no key for them.
  CREATE FUNCTION leads_matching(wanted text, tag text, most int) RETURNS uuid[]
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = threadline, pg_temp SET jit = off AS $$
  DECLARE
    workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
    tag_key text := search_text(tag);
    pattern text := search_pattern(wanted);
    keys text[] := keys_wanted(workspace, search_text(wanted)) || lead_keys(workspace, '', array_remove(ARRAY[tag_key], NULL));
  BEGIN
    IF keys = '{}' THEN RETURN NULL; END IF;
    RETURN ARRAY(
      SELECT s.lead_id FROM lead_search s
       WHERE s.workspace_id = workspace AND lead_keys(s.workspace_id, s.search, s.tag_keys) @> keys
         AND (pattern IS NULL OR s.search LIKE pattern) AND (tag_key IS NULL OR s.tag_keys @> ARRAY[tag_key])
       LIMIT most);
  END $$;
  REVOKE ALL ON FUNCTION leads_matching(text, text, int) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION leads_matching(text, text, int) TO threadline_app;
`;
