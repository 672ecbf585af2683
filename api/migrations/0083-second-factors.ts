import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Second factors, passkeys, and what is remembered while somebody shows one. */
export class SecondFactors1764000000083 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What belongs to a person and not to a workspace is seen where that person is a member, and nowhere else.
      CREATE FUNCTION belongs_to_person(person_table regclass) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', person_table);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', person_table);
        EXECUTE format(
          'CREATE POLICY of_members ON %1$s TO threadline_app
             USING (EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = %1$s.user_id))
             WITH CHECK (EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = %1$s.user_id))', person_table);
        EXECUTE format('CREATE POLICY sign_in ON %s TO threadline_system USING (true) WITH CHECK (true)', person_table);
      END $$;

      -- The seed is sealed; it counts once a code of it was shown.
      CREATE TABLE totp_factors (
        user_id uuid PRIMARY KEY REFERENCES users,
        secret text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        confirmed_at timestamptz(3),
        last_step bigint
      );
      COMMENT ON TABLE totp_factors IS 'global: a factor belongs to a person, who can be a member of several workspaces';
      SELECT belongs_to_person('totp_factors');
      GRANT SELECT, INSERT, UPDATE, DELETE ON totp_factors TO threadline_app;
      GRANT SELECT ON totp_factors TO threadline_system;

      CREATE TABLE recovery_codes (
        user_id uuid NOT NULL REFERENCES users,
        code_hash bytea NOT NULL,
        created_at timestamptz(3) NOT NULL,
        used_at timestamptz(3),
        PRIMARY KEY (user_id, code_hash)
      );
      COMMENT ON TABLE recovery_codes IS 'global: they belong to a person';
      SELECT belongs_to_person('recovery_codes');
      GRANT SELECT, INSERT, UPDATE, DELETE ON recovery_codes TO threadline_app;
      GRANT SELECT ON recovery_codes TO threadline_system;

      CREATE TABLE passkeys (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users,
        credential_id text NOT NULL,
        public_key bytea NOT NULL,
        counter bigint NOT NULL,
        transports text[] NOT NULL,
        name text NOT NULL,
        backed_up boolean NOT NULL,
        created_at timestamptz(3) NOT NULL,
        last_used_at timestamptz(3)
      );
      COMMENT ON TABLE passkeys IS 'global: a passkey belongs to a person';
      CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential_id);
      CREATE INDEX passkeys_of_user ON passkeys (user_id);
      SELECT belongs_to_person('passkeys');
      GRANT SELECT, INSERT, UPDATE, DELETE ON passkeys TO threadline_app;
      GRANT SELECT ON passkeys TO threadline_system;

      -- What a browser was asked to sign: once, within minutes, for what it was asked for.
      CREATE TABLE passkey_challenges (
        challenge text PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose IN ('add', 'sign-in', 'second-step', 'prove')),
        bound_to uuid,
        expires_at timestamptz(3) NOT NULL
      );
      COMMENT ON TABLE passkey_challenges IS 'global: asked before it is known who answers';
      CREATE INDEX passkey_challenges_age ON passkey_challenges (expires_at);
      ALTER TABLE passkey_challenges ENABLE ROW LEVEL SECURITY;
      ALTER TABLE passkey_challenges FORCE ROW LEVEL SECURITY;
      CREATE POLICY sign_in ON passkey_challenges TO threadline_system USING (true) WITH CHECK (true);
      GRANT SELECT, INSERT, DELETE ON passkey_challenges TO threadline_system;

      -- Wrong tries of the last minutes, for all doors that ask for a factor together.
      CREATE TABLE factor_tries (
        user_id uuid PRIMARY KEY REFERENCES users,
        at timestamptz(3)[] NOT NULL
      );
      COMMENT ON TABLE factor_tries IS 'global: counted per person';
      ALTER TABLE factor_tries ENABLE ROW LEVEL SECURITY;
      ALTER TABLE factor_tries FORCE ROW LEVEL SECURITY;
      CREATE POLICY sign_in ON factor_tries TO threadline_system USING (true) WITH CHECK (true);
      GRANT SELECT, INSERT, UPDATE ON factor_tries TO threadline_system;

      -- Sign-ins that have had their second step: the ticket of the first one is worth nothing any more.
      CREATE TABLE spent_tickets (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users,
        expires_at timestamptz(3) NOT NULL
      );
      COMMENT ON TABLE spent_tickets IS 'global: a sign-in belongs to a person';
      CREATE INDEX spent_tickets_of_user ON spent_tickets (user_id);
      SELECT belongs_to_person('spent_tickets');
      GRANT SELECT, INSERT, DELETE ON spent_tickets TO threadline_app;

      -- Browsers a person has signed in with, by a random cookie of which only the hash is kept.
      CREATE TABLE known_devices (
        user_id uuid NOT NULL REFERENCES users,
        token_hash bytea NOT NULL,
        first_seen_at timestamptz(3) NOT NULL,
        last_seen_at timestamptz(3) NOT NULL,
        PRIMARY KEY (user_id, token_hash)
      );
      COMMENT ON TABLE known_devices IS 'global: a browser is known to a person';
      SELECT belongs_to_person('known_devices');
      GRANT SELECT, INSERT, UPDATE, DELETE ON known_devices TO threadline_app;
      GRANT SELECT ON known_devices TO threadline_system;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Second factors cannot be taken out; restore a backup instead.');
  }
}
