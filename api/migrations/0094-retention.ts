import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long the audit log is kept, what holds it, where it was cut; data subjects' requests and what they leave. */
export class Retention1764000000094 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(CUTTING);
    await runner.query(ERASING);
  }

  async down(): Promise<void> {
    throw new Error('What was cut and erased does not come back; restore a backup instead.');
  }
}

const TABLES = `
  CREATE TABLE audit_retention (
    workspace_id uuid PRIMARY KEY REFERENCES workspaces,
    -- Null: for ever.
    months smallint CHECK (months BETWEEN 1 AND 240),
    updated_at timestamptz(3) NOT NULL,
    updated_by uuid NOT NULL
  );
  SELECT isolate('audit_retention');
  GRANT SELECT, INSERT, UPDATE ON audit_retention TO threadline_app;
  GRANT SELECT ON audit_retention TO threadline_system;
  CREATE POLICY sweep ON audit_retention FOR SELECT TO threadline_system USING (true);
  CREATE POLICY cutting ON audit_retention FOR SELECT TO threadline_owner USING (true);

  -- Without targets and actors: everything is held.
  CREATE TABLE legal_holds (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    id uuid NOT NULL,
    reason text NOT NULL,
    targets text[] NOT NULL,
    actor_ids text[] NOT NULL,
    placed_at timestamptz(3) NOT NULL,
    placed_by uuid NOT NULL,
    released_at timestamptz(3),
    released_by uuid,
    PRIMARY KEY (workspace_id, id)
  );
  CREATE INDEX legal_holds_now ON legal_holds (workspace_id) WHERE released_at IS NULL;
  SELECT isolate('legal_holds');
  GRANT SELECT, INSERT, UPDATE (released_at, released_by) ON legal_holds TO threadline_app;
  CREATE POLICY cutting ON legal_holds FOR SELECT TO threadline_owner USING (true);

  -- What was cut off at the beginning of a log, signed: the rest is verified from here. Written by cut_audit alone.
  CREATE TABLE audit_cuts (
    workspace_id uuid NOT NULL,
    -- The last entry that is gone.
    size bigint NOT NULL,
    -- Of the entries up to there: root of the tree, hash of the last one, roots of the complete subtrees.
    root bytea NOT NULL,
    head bytea NOT NULL,
    peaks bytea[] NOT NULL,
    -- Hashes of the entries that are gone of the block of 512 it ends in: the block is not full without them.
    leaves bytea NOT NULL,
    entries bigint NOT NULL,
    first_at timestamptz(3) NOT NULL,
    last_at timestamptz(3) NOT NULL,
    at timestamptz(3) NOT NULL,
    reason text NOT NULL,
    signature bytea NOT NULL,
    public_key bytea NOT NULL,
    PRIMARY KEY (workspace_id, size)
  );
  SELECT isolate('audit_cuts');
  GRANT SELECT ON audit_cuts TO threadline_app;
  CREATE POLICY cutting ON audit_cuts TO threadline_owner USING (true);
  CREATE TRIGGER audit_cuts_stay BEFORE UPDATE OR DELETE ON audit_cuts FOR EACH ROW EXECUTE FUNCTION refuse_change();

  CREATE TABLE privacy_requests (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('erase', 'export')),
    lead_id uuid NOT NULL,
    -- Keyed hash of whom it is about: a receipt says this, and not a name.
    subject_hash text NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    stage text,
    -- Up to where the log was looked through.
    log_seq bigint NOT NULL DEFAULT 0,
    counts jsonb NOT NULL DEFAULT '{}',
    attempts int NOT NULL DEFAULT 0,
    lease_until timestamptz(3),
    requested_at timestamptz(3) NOT NULL,
    requested_by uuid NOT NULL,
    ended_at timestamptz(3),
    failure text,
    receipt text,
    file text,
    file_until timestamptz(3),
    PRIMARY KEY (workspace_id, id)
  );
  CREATE UNIQUE INDEX privacy_requests_open ON privacy_requests (workspace_id, lead_id, kind)
    WHERE state IN ('waiting', 'running');
  CREATE INDEX privacy_requests_newest ON privacy_requests (workspace_id, requested_at DESC, id DESC);
  CREATE INDEX privacy_requests_due ON privacy_requests (workspace_id) WHERE state IN ('waiting', 'running');
  CREATE INDEX privacy_requests_files ON privacy_requests (file_until) WHERE file_until IS NOT NULL;
  SELECT isolate('privacy_requests');
  GRANT SELECT, INSERT, UPDATE ON privacy_requests TO threadline_app;
  GRANT SELECT (workspace_id, id, state, lease_until, file_until) ON privacy_requests TO threadline_system;
  CREATE POLICY sweep ON privacy_requests FOR SELECT TO threadline_system USING (true);
  CREATE POLICY erasing ON privacy_requests FOR SELECT TO threadline_owner USING (true);

  -- Addresses nothing is sent to any more, as keyed hashes: known when met, and told to nobody.
  CREATE TABLE suppressions (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    address_hash bytea NOT NULL,
    reason text NOT NULL,
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (workspace_id, address_hash)
  );
  SELECT isolate('suppressions');
  GRANT SELECT, INSERT ON suppressions TO threadline_app;
`;

/**
 * Nobody but this function takes entries out of an audit log, and it takes nothing but the beginning of one: what the
 * workspace's retention has outlived by the server's own clock, what no legal hold needs, and only together with the
 * record of the cut. The trigger lets go of an entry only below such a record, whoever asks.
 */
const CUTTING = `
  CREATE FUNCTION keep_uncut() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM threadline.audit_cuts c WHERE c.workspace_id = OLD.workspace_id AND c.size >= OLD.seq) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit entries are written once' USING ERRCODE = 'insufficient_privilege';
  END $$;
  DROP TRIGGER audit_entries_stay ON audit_entries;
  CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER audit_entries_stay_uncut BEFORE DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION keep_uncut();
  CREATE POLICY cutting ON audit_entries TO threadline_owner USING (true);
  CREATE POLICY cutting ON audit_checkpoints FOR SELECT TO threadline_owner USING (true);

  CREATE POLICY cutting ON audit_index TO threadline_owner USING (true);

  -- As before (index_audit_block and proofs ask it), whether the entries are still there or were cut.
  CREATE OR REPLACE FUNCTION audit_leaves(workspace uuid, number int, upto bigint) RETURNS bytea[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY(
      SELECT substr(c.leaves, n * 32 + 1, 32)
        FROM (SELECT leaves, size FROM audit_cuts WHERE workspace_id = workspace ORDER BY size DESC LIMIT 1) c,
             generate_series(0, length(c.leaves) / 32 - 1) n
       WHERE c.size / 512 = number ORDER BY n
    ) || ARRAY(
      SELECT e.hash FROM audit_entries e
       WHERE e.workspace_id = workspace AND e.seq > number * 512::bigint AND e.seq <= least((number + 1) * 512::bigint, upto)
       ORDER BY e.seq
    ) $$;

  CREATE FUNCTION cut_audit(upto bigint, cut_root bytea, cut_head bytea, cut_peaks bytea[], cut_at timestamptz,
                            cut_reason text, cut_signature bytea, cut_key bytea) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = threadline, pg_temp AS $$
  DECLARE
    workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
    begun bigint := coalesce((SELECT max(c.size) FROM audit_cuts c WHERE c.workspace_id = workspace), 0);
    kept smallint := (SELECT r.months FROM audit_retention r WHERE r.workspace_id = workspace);
    old record;
  BEGIN
    IF kept IS NULL THEN RAISE EXCEPTION 'this audit log is kept for ever' USING ERRCODE = 'insufficient_privilege'; END IF;
    -- A hold that is placed meanwhile waits for this, or this for it.
    PERFORM pg_advisory_xact_lock(hashtextextended('legal-hold:' || workspace, 0));
    SELECT count(*) AS entries, min(e.occurred_at) AS first_at, max(e.occurred_at) AS last_at,
           bool_or(EXISTS (SELECT 1 FROM legal_holds h WHERE h.workspace_id = workspace AND h.released_at IS NULL
             AND (h.targets = '{}' AND h.actor_ids = '{}' OR e.targets && h.targets OR e.actor_id = ANY (h.actor_ids)))) AS held,
           bool_or(e.seq = upto AND e.hash = cut_head) AS ends_so
      INTO old FROM audit_entries e WHERE e.workspace_id = workspace AND e.seq > begun AND e.seq <= upto;
    IF old.entries <> upto - begun OR old.entries = 0 OR NOT old.ends_so
       OR old.last_at >= now() - make_interval(months => kept)
       OR NOT EXISTS (SELECT 1 FROM audit_checkpoints p WHERE p.workspace_id = workspace AND p.size >= upto) THEN
      RAISE EXCEPTION 'this is not the outlived beginning of the log' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF old.held THEN RAISE EXCEPTION 'a legal hold keeps this' USING ERRCODE = 'insufficient_privilege'; END IF;
    INSERT INTO audit_cuts (workspace_id, size, root, head, peaks, leaves, entries, first_at, last_at, at, reason, signature,
                            public_key)
      VALUES (workspace, upto, cut_root, cut_head, cut_peaks,
              (SELECT coalesce(string_agg(leaf, ''::bytea ORDER BY n), '') FROM unnest(audit_leaves(workspace, (upto / 512)::int, upto)) WITH ORDINALITY AS l (leaf, n)), old.entries, old.first_at, old.last_at,
              cut_at, cut_reason, cut_signature, cut_key);
    DELETE FROM audit_entries e WHERE e.workspace_id = workspace AND e.seq <= upto;
    DELETE FROM audit_index i WHERE i.workspace_id = workspace AND i.block < upto / 512;
    RETURN old.entries;
  END $$;
  REVOKE ALL ON FUNCTION cut_audit(bigint, bytea, bytea, bytea[], timestamptz, text, bytea, bytea) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION cut_audit(bigint, bytea, bytea, bytea[], timestamptz, text, bytea, bytea) TO threadline_app;

  -- Months that are over and that all workspaces have cut: their tables go as a whole.
  CREATE FUNCTION drop_cut_months() RETURNS text[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = threadline, pg_temp AS $$
  DECLARE
    month record;
    empty boolean;
    gone text[] := '{}';
  BEGIN
    FOR month IN SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                  WHERE i.inhparent = 'audit_entries'::regclass AND c.relname ~ '^audit_entries_\\d{4}_\\d{2}$'
                    AND to_date(right(c.relname, 7), 'YYYY_MM') < now() - interval '2 months' ORDER BY 1
    LOOP
      EXECUTE format('SELECT NOT EXISTS (SELECT 1 FROM %I)', month.name) INTO empty;
      CONTINUE WHEN NOT empty;
      -- Looked at again under the lock: an entry of that month may just be written.
      EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE NOWAIT', month.name);
      EXECUTE format('SELECT NOT EXISTS (SELECT 1 FROM %I)', month.name) INTO empty;
      CONTINUE WHEN NOT empty;
      EXECUTE format('DROP TABLE %I', month.name);
      gone := gone || month.name::text;
    END LOOP;
    RETURN gone;
  END $$;
  REVOKE ALL ON FUNCTION drop_cut_months() FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION drop_cut_months() TO threadline_system;
`;

/**
 * Erasing a lead, for the one purpose and no other: each function asks for a request that is being worked on, and for
 * no legal hold. Events stay where they are and say what happened; who it was becomes the word "erased".
 */
const ERASING = `
  CREATE FUNCTION may_erase(workspace uuid, lead uuid) RETURNS void LANGUAGE plpgsql STABLE AS $$
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM threadline.privacy_requests r WHERE r.workspace_id = workspace AND r.lead_id = lead
                      AND r.kind = 'erase' AND r.state = 'running') THEN
      RAISE EXCEPTION 'nobody asked for this lead to be erased' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT 1 FROM threadline.legal_holds h WHERE h.workspace_id = workspace AND h.released_at IS NULL
                  AND (h.targets = '{}' AND h.actor_ids = '{}' OR h.targets @> ARRAY['lead:' || lead])) THEN
      RAISE EXCEPTION 'a legal hold keeps this' USING ERRCODE = 'insufficient_privilege';
    END IF;
  END $$;
  REVOKE ALL ON FUNCTION may_erase(uuid, uuid) FROM PUBLIC;

  DO $$
  DECLARE name text;
  BEGIN
    FOREACH name IN ARRAY ARRAY['leads', 'lead_search', 'drafts', 'conversations', 'messages', 'message_sends',
                                'hit_verdicts', 'inbound_mails', 'mailbox_mails'] LOOP
      EXECUTE format('CREATE POLICY erasing ON %I TO threadline_owner USING (true)', name);
    END LOOP;
  END $$;
  CREATE POLICY erasing ON events FOR UPDATE TO threadline_owner USING (true);

  -- Takes out every row of a lead; answers how many, by table. Hits stay as numbers, without whose they were.
  CREATE FUNCTION erase_lead(lead uuid) RETURNS jsonb
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = threadline, pg_temp AS $$
  DECLARE
    workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
    address text;
    written uuid[];
    counts jsonb := '{}';
    many bigint;
  BEGIN
    PERFORM may_erase(workspace, lead);
    SELECT lower(l.email) INTO address FROM leads l WHERE l.workspace_id = workspace AND l.id = lead FOR UPDATE;
    PERFORM 1 FROM conversations c WHERE c.workspace_id = workspace AND c.lead_id = lead FOR UPDATE;
    written := ARRAY(SELECT m.id FROM messages m WHERE m.workspace_id = workspace AND m.lead_id = lead FOR UPDATE);
    UPDATE tracking_hits h SET user_agent = NULL, address_prefix = NULL, network = NULL, link = NULL, tracking_id = 'erased'
      FROM hit_verdicts v WHERE v.workspace_id = workspace AND v.message_id = ANY (written) AND h.at = v.at AND h.id = v.hit_id;
    GET DIAGNOSTICS many = ROW_COUNT; counts := counts || jsonb_build_object('tracking_hits', many);
    DELETE FROM hit_verdicts v WHERE v.workspace_id = workspace AND v.message_id = ANY (written);
    GET DIAGNOSTICS many = ROW_COUNT; counts := counts || jsonb_build_object('hit_verdicts', many);
    DELETE FROM mailbox_mails b WHERE b.workspace_id = workspace AND (b.message_id = ANY (written) OR lower(b.to_address) = address);
    GET DIAGNOSTICS many = ROW_COUNT; counts := counts || jsonb_build_object('mailbox_mails', many);
    DELETE FROM inbound_mails i WHERE i.workspace_id = workspace
       AND (i.answers_id = ANY (written) OR i.message_id = ANY (written)
            OR lower(i.from_address) = address OR lower(i.envelope_from) = address);
    GET DIAGNOSTICS many = ROW_COUNT; counts := counts || jsonb_build_object('inbound_mails', many);
    DELETE FROM message_sends s WHERE s.workspace_id = workspace AND s.id = ANY (written);
    GET DIAGNOSTICS many = ROW_COUNT; counts := counts || jsonb_build_object('message_sends', many);
    DELETE FROM messages m WHERE m.workspace_id = workspace AND m.lead_id = lead;
    GET DIAGNOSTICS many = ROW_COUNT; counts := counts || jsonb_build_object('messages', many);
    DELETE FROM conversations c WHERE c.workspace_id = workspace AND c.lead_id = lead;
    GET DIAGNOSTICS many = ROW_COUNT; counts := counts || jsonb_build_object('conversations', many);
    DELETE FROM drafts d WHERE d.workspace_id = workspace AND d.lead_id = lead;
    GET DIAGNOSTICS many = ROW_COUNT; counts := counts || jsonb_build_object('drafts', many);
    DELETE FROM lead_search s WHERE s.workspace_id = workspace AND s.lead_id = lead;
    DELETE FROM leads l WHERE l.workspace_id = workspace AND l.id = lead;
    GET DIAGNOSTICS many = ROW_COUNT; counts := counts || jsonb_build_object('leads', many);
    RETURN counts;
  END $$;
  REVOKE ALL ON FUNCTION erase_lead(uuid) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION erase_lead(uuid) TO threadline_app;

  -- What an event carried, without who it was.
  CREATE FUNCTION erased_data(type text, data jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE RETURN
    data
    || CASE WHEN jsonb_typeof(data -> 'lead') = 'object' THEN jsonb_build_object('lead', (data -> 'lead') ||
         '{"name": "erased", "email": null, "phone": null, "company": null, "title": null, "tags": [], "customFields": {}}') ELSE '{}' END
    || CASE WHEN jsonb_typeof(data -> 'conversation') = 'object' THEN jsonb_build_object('conversation', (data -> 'conversation') ||
         '{"leadName": "erased", "subject": null, "tags": [], "lastMessagePreview": null}') ELSE '{}' END
    || CASE WHEN jsonb_typeof(data -> 'message') = 'object' THEN jsonb_build_object('message', (data -> 'message') ||
         '{"subject": null, "content": "erased", "failure": null, "trackingId": null}') ELSE '{}' END
    || CASE WHEN data ? 'link' THEN '{"link": "erased"}'::jsonb ELSE '{}' END
    || CASE WHEN type LIKE 'lead.%' AND data ? 'name' THEN '{"name": "erased"}'::jsonb ELSE '{}' END;
`;
