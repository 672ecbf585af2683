import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Finding entries, and proving them, without reading the log. Entries are taken in blocks of 512. A block that is full
 * gets its Merkle subtree written down (leaves and root), the times it spans, and for each key one bit an entry: who,
 * which action, which outcome, from where, about which kind of thing, and the words of what is not sealed. Any filter is
 * then a few bit operations a block, the newest block first, whatever the entries look like.
 */
export class AuditIndex1764000000091 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(BLOCKS);
    await runner.query(SEARCH);
    await runner.query(`
      -- What the bits answer now.
      DROP INDEX audit_entries_action;
      DROP INDEX audit_entries_outcome;
      DROP INDEX audit_entries_ip;
      -- An entry by its id: what a proof is asked for by.
      CREATE INDEX audit_entries_id ON audit_entries (workspace_id, id);

      -- The owner of the tables is bound by their policies too, and has to see all heads to index what is there.
      ALTER TABLE audit_heads NO FORCE ROW LEVEL SECURITY;
      SELECT index_audit_block(h.workspace_id, b) FROM audit_heads h, generate_series(0, (h.size / 512)::int - 1) b;
      ALTER TABLE audit_heads FORCE ROW LEVEL SECURITY;

      SELECT isolate('audit_blocks');
      SELECT isolate('audit_index');
      GRANT SELECT, INSERT ON audit_blocks, audit_index TO threadline_app;
      CREATE POLICY searching ON audit_blocks FOR SELECT TO threadline_owner USING (true);
      CREATE POLICY searching ON audit_index FOR SELECT TO threadline_owner USING (true);
      CREATE TRIGGER audit_blocks_stay BEFORE UPDATE OR DELETE ON audit_blocks
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(): Promise<void> {
    throw new Error('The index of the audit log cannot be taken out; restore a backup instead.');
  }
}

/** What an entry is found by, of its columns: its actor, action, outcome and address. */
const COLUMN_KEYS = `ARRAY['a:' || e.actor_id, 'c:' || e.action, 'o:' || e.outcome, 'i:' || e.ip_hash]`;
const ACTION_WORDS = (row: string) => `translate(' ' || ${row}.action || ' ' || ${row}.outcome, '._', '  ')`;

const BLOCKS = `
  CREATE TABLE audit_blocks (
    workspace_id uuid NOT NULL,
    block int NOT NULL,
    first_at timestamptz(3) NOT NULL,
    last_at timestamptz(3) NOT NULL,
    -- Null where entries were missing when the block was full: nothing can be proved of it any more.
    leaves bytea,
    root bytea,
    PRIMARY KEY (workspace_id, block)
  );
  CREATE TABLE audit_index (
    workspace_id uuid NOT NULL,
    key text COLLATE "C" NOT NULL,
    block int NOT NULL,
    bits bit(512) NOT NULL,
    PRIMARY KEY (workspace_id, key, block)
  );
  CREATE INDEX audit_index_of_block ON audit_index (workspace_id, block);

  -- The words of an entry that are not sealed, beside those of its action and outcome: its reason and plain changes,
  -- with a blank before each. Most entries have neither; a quotation mark inside a text is escaped, so that these cannot
  -- be written into one.
  CREATE FUNCTION audit_words(entry text) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN strpos(entry COLLATE "C", '"changes":[]') > 0 AND strpos(entry COLLATE "C", '"reason":null') > 0 THEN ''
    ELSE regexp_replace(
           search_text(concat_ws(' ', ' ', entry::jsonb ->> 'reason', entry::jsonb ->> 'changes')), '[^[:alnum:]]+', ' ', 'g') END;

  -- Root of the Merkle tree over so many leaves, as RFC 9162 has it; a power of two of them.
  CREATE FUNCTION audit_root(leaves bytea[]) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
  BEGIN
    WHILE cardinality(leaves) > 1 LOOP
      leaves := ARRAY(SELECT sha256('\\x01'::bytea || leaves[2 * i - 1] || leaves[2 * i])
                        FROM generate_series(1, cardinality(leaves) / 2) i);
    END LOOP;
    RETURN leaves[1];
  END $$;

  -- Hashes of the entries of a block, up to one of them, in their order.
  CREATE FUNCTION audit_leaves(workspace uuid, number int, upto bigint) RETURNS bytea[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY(
      SELECT e.hash FROM audit_entries e
       WHERE e.workspace_id = workspace AND e.seq > number * 512::bigint AND e.seq <= least((number + 1) * 512::bigint, upto)
       ORDER BY e.seq
    ) $$;

  CREATE FUNCTION index_audit_block(workspace uuid, number int) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    first bigint := number * 512::bigint + 1;
    zeros bit(512) := repeat('0', 512)::bit(512);
    leaves bytea[] := audit_leaves(workspace, number, first + 511);
    whole boolean := cardinality(leaves) = 512;
  BEGIN
    INSERT INTO audit_blocks (workspace_id, block, first_at, last_at, leaves, root)
      SELECT workspace, number, min(e.occurred_at), max(e.occurred_at),
             CASE WHEN whole THEN (SELECT string_agg(leaf, ''::bytea ORDER BY n) FROM unnest(leaves) WITH ORDINALITY AS l (leaf, n)) END,
             CASE WHEN whole THEN audit_root(leaves) END
        FROM audit_entries e WHERE e.workspace_id = workspace AND e.seq BETWEEN first AND first + 511
      HAVING count(*) > 0;
    INSERT INTO audit_index (workspace_id, key, block, bits)
      WITH entries AS MATERIALIZED (
        SELECT e.*, set_bit(zeros, (e.seq - first)::int, 1) AS bit FROM audit_entries e
         WHERE e.workspace_id = workspace AND e.seq BETWEEN first AND first + 511
      ), keyed (key, bits) AS (
        SELECT k, e.bit FROM entries e, unnest(${COLUMN_KEYS}) k
        UNION ALL
        SELECT 'k:' || split_part(t, ':', 1), e.bit FROM entries e, unnest(e.targets) t
        UNION ALL
        SELECT 'w:' || word, a.bits
          FROM (SELECT action, outcome, bit_or(bit) AS bits FROM entries GROUP BY action, outcome) a,
               string_to_table(${ACTION_WORDS('a')}, ' ') word
        UNION ALL
        SELECT 'w:' || left(word, 40), e.bit FROM entries e, string_to_table(audit_words(e.entry), ' ') word
         WHERE strpos(e.entry COLLATE "C", '"changes":[]') = 0 OR strpos(e.entry COLLATE "C", '"reason":null') = 0
      )
      SELECT workspace, key COLLATE "C", number, bit_or(bits) FROM keyed WHERE key <> 'w:' GROUP BY key COLLATE "C";
  END $$;

  -- As before, and what is full is indexed by the entry that fills it.
  CREATE OR REPLACE FUNCTION append_audit(workspace uuid, entries jsonb) RETURNS void LANGUAGE plpgsql AS $$
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
      IF number % 512 = 0 THEN PERFORM index_audit_block(workspace, (number / 512 - 1)::int); END IF;
    END LOOP;
    UPDATE audit_heads SET size = number, head = previous WHERE workspace_id = workspace;
  END $$;
`;

/**
 * Under row-level security `targets && …` and prefixes cannot use an index (their operators are not leakproof), so the
 * index is asked as the tables' owner, for the workspace of the policies' setting. The answer is numbers of entries; the
 * entries are read under row-level security like all others.
 */
const SEARCH = `
  CREATE POLICY searching ON audit_entries FOR SELECT TO threadline_owner USING (true);

  -- Numbers of the newest entries after one and before one, within a time, that meet every wish. A wish is met by any
  -- of its keys, its beginnings of keys, its refs among the targets, or its request.
  CREATE FUNCTION audit_found(wishes jsonb, since timestamptz, until timestamptz, after bigint, before bigint, most int)
    RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = threadline, pg_temp SET jit = off AS $$
  DECLARE
    workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
    zeros bit(512) := repeat('0', 512)::bit(512);
    of_kinds boolean := wishes::text LIKE '%"k:%';
    of_words boolean := wishes::text LIKE '%"w:%';
    full_blocks int;
    hits bigint[];
    listed_wish int[] := '{}';
    listed_seq bigint[] := '{}';
    chosen bigint[];
    step int := 32;
    high int;
    low int;
    bottom int;
    thing record;
    b record;
  BEGIN
    IF workspace IS NULL THEN RETURN '{}'; END IF;
    SELECT coalesce(max(block) + 1, 0) INTO full_blocks FROM audit_blocks WHERE workspace_id = workspace;

    -- What is in no full block yet, entry by entry.
    hits := ARRAY(
      WITH wanted AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(wishes) AS g (keys text[], starts text[], refs text[], request text)
      ), entries AS MATERIALIZED (
        SELECT e.seq, e.targets, e.request_id, ${COLUMN_KEYS}
                 || CASE WHEN of_kinds THEN ARRAY(SELECT 'k:' || split_part(t, ':', 1) FROM unnest(e.targets) t) END
                 AS keys,
               CASE WHEN of_words THEN ${ACTION_WORDS('e')} || audit_words(e.entry) END AS words
          FROM audit_entries e
         WHERE e.workspace_id = workspace AND e.seq > greatest(full_blocks * 512::bigint, coalesce(after, 0))
           AND (before IS NULL OR e.seq < before)
           AND (since IS NULL OR e.occurred_at >= since) AND (until IS NULL OR e.occurred_at < until)
      )
      SELECT e.seq FROM entries e
       WHERE NOT EXISTS (
         SELECT FROM wanted g
          WHERE (e.keys && g.keys OR e.targets && g.refs OR e.request_id = g.request
                 OR EXISTS (SELECT FROM unnest(g.starts) s
                             WHERE CASE WHEN s LIKE 'w:%' THEN strpos(e.words, ' ' || substr(s, 3)) > 0
                                   ELSE EXISTS (SELECT FROM unnest(e.keys) one WHERE starts_with(one, s)) END))
                IS NOT TRUE)
       ORDER BY e.seq DESC LIMIT most);

    -- What is about a thing or of a request is found by indexes of its own: there are too many of both for bits.
    FOR thing IN SELECT g.ordinality::int AS wish, g.refs, g.request
               FROM ROWS FROM (jsonb_to_recordset(wishes) AS (refs text[], request text)) WITH ORDINALITY AS g (refs, request, ordinality)
              WHERE cardinality(hits) < most AND (g.refs <> '{}' OR g.request IS NOT NULL)
    LOOP
      chosen := '{}';
      IF thing.refs <> '{}' THEN
        chosen := ARRAY(SELECT e.seq FROM audit_entries e WHERE e.workspace_id = workspace AND e.targets && thing.refs);
      END IF;
      IF thing.request IS NOT NULL THEN
        chosen := chosen || ARRAY(SELECT e.seq FROM audit_entries e
                               WHERE e.workspace_id = workspace AND e.request_id = thing.request);
      END IF;
      listed_seq := listed_seq || chosen;
      listed_wish := listed_wish || array_fill(thing.wish, ARRAY[cardinality(chosen)]);
    END LOOP;

    high := least(full_blocks - 1, (before - 2) / 512);
    bottom := coalesce(after, 0) / 512;
    IF until IS NOT NULL THEN
      high := least(high, coalesce(
        (SELECT max(a.block) FROM audit_blocks a WHERE a.workspace_id = workspace AND a.first_at < until), -1));
    END IF;
    IF since IS NOT NULL THEN
      bottom := greatest(bottom, coalesce(
        (SELECT min(a.block) FROM audit_blocks a WHERE a.workspace_id = workspace AND a.last_at >= since), full_blocks));
    END IF;
    WHILE cardinality(hits) < most AND high >= bottom LOOP
      low := greatest(bottom, high - step + 1);
      FOR b IN
        WITH wanted AS (
          SELECT g.ordinality::int AS wish, g.keys, g.starts
            FROM ROWS FROM (jsonb_to_recordset(wishes) AS (keys text[], starts text[])) WITH ORDINALITY AS g (keys, starts, ordinality)
        ), bits_met AS (
          SELECT w.wish, i.block, i.bits FROM wanted w, unnest(w.keys) one
            JOIN audit_index i ON i.workspace_id = workspace AND i.key = one AND i.block BETWEEN low AND high
          UNION ALL
          SELECT w.wish, i.block, i.bits FROM wanted w, unnest(w.starts) one
            JOIN audit_index i ON i.workspace_id = workspace AND i.key >= one AND i.key < one || chr(1114111)
                              AND i.block BETWEEN low AND high
          UNION ALL
          SELECT l.wish, ((l.seq - 1) / 512)::int, set_bit(zeros, ((l.seq - 1) % 512)::int, 1)
            FROM unnest(listed_wish, listed_seq) AS l (wish, seq)
           WHERE l.seq BETWEEN low * 512::bigint + 1 AND (high + 1) * 512::bigint
        ), each_wish AS (
          SELECT m.wish, m.block, bit_or(m.bits) AS bits FROM bits_met m GROUP BY m.wish, m.block
        ), all_wishes AS (
          SELECT m.block, bit_and(m.bits) AS bits FROM each_wish m
           GROUP BY m.block HAVING count(*) = jsonb_array_length(wishes) AND bit_and(m.bits) <> zeros
        ), blocks AS (
          SELECT a.block, a.first_at, a.last_at, m.bits FROM all_wishes m
            JOIN audit_blocks a ON a.workspace_id = workspace AND a.block = m.block
          UNION ALL
          SELECT a.block, a.first_at, a.last_at, NULL FROM audit_blocks a
           WHERE wishes = '[]' AND a.workspace_id = workspace AND a.block BETWEEN low AND high
        )
        SELECT * FROM blocks a
         WHERE (since IS NULL OR a.last_at >= since) AND (until IS NULL OR a.first_at < until)
         ORDER BY a.block DESC
      LOOP
        chosen := ARRAY(
          SELECT b.block * 512::bigint + i + 1 FROM generate_series(511, 0, -1) i
           WHERE (b.bits IS NULL OR get_bit(b.bits, i) = 1)
             AND (before IS NULL OR b.block * 512::bigint + i + 1 < before)
             AND b.block * 512::bigint + i + 1 > coalesce(after, 0));
        IF b.first_at < since OR b.last_at >= until THEN
          chosen := ARRAY(
            SELECT e.seq FROM audit_entries e
             WHERE e.workspace_id = workspace AND e.seq = ANY (chosen)
               AND (since IS NULL OR e.occurred_at >= since) AND (until IS NULL OR e.occurred_at < until)
             ORDER BY e.seq DESC);
        END IF;
        hits := hits || chosen;
        EXIT WHEN cardinality(hits) >= most;
      END LOOP;
      high := low - 1;
      step := step * 8;
    END LOOP;
    RETURN hits[1:most];
  END $$;
  REVOKE ALL ON FUNCTION audit_found(jsonb, timestamptz, timestamptz, bigint, bigint, int) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION audit_found(jsonb, timestamptz, timestamptz, bigint, bigint, int) TO threadline_app;
`;
