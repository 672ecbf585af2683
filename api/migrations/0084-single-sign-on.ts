import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Identity providers, the identities they vouch for, sign-ins under way, and owners who keep their password. */
export class SingleSignOn1764000000084 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sso_providers (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        name text NOT NULL,
        preset text NOT NULL,
        issuer text NOT NULL,
        client_id text NOT NULL,
        client_secret text NOT NULL,
        default_role_id uuid NOT NULL,
        domains text[] NOT NULL,
        any_domain boolean NOT NULL,
        groups_claim text,
        group_roles jsonb NOT NULL,
        enabled boolean NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, default_role_id) REFERENCES roles (workspace_id, id)
      );
      COMMENT ON COLUMN sso_providers.client_secret IS 'sealed';
      CREATE UNIQUE INDEX sso_providers_client ON sso_providers (workspace_id, issuer, client_id);
      CREATE INDEX sso_providers_domains ON sso_providers USING gin (domains) WHERE enabled;
      SELECT isolate('sso_providers');
      GRANT SELECT, INSERT, UPDATE, DELETE ON sso_providers TO threadline_app;
      -- Who is about to sign in is of no workspace yet; the system sees what such a person may, and never the secret.
      GRANT SELECT (workspace_id, id, name, preset, domains, enabled) ON sso_providers TO threadline_system;
      CREATE POLICY sign_in ON sso_providers FOR SELECT TO threadline_system USING (enabled);

      -- One row for each visit to a provider, taken away by the first return from it.
      CREATE TABLE sso_visits (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        PRIMARY KEY (workspace_id, id)
      );
      SELECT isolate('sso_visits');
      GRANT SELECT, INSERT, DELETE ON sso_visits TO threadline_app;

      -- What a provider calls a person: its own name and the subject in it, never the mail address.
      CREATE TABLE sso_identities (
        id uuid PRIMARY KEY,
        issuer text NOT NULL,
        subject text NOT NULL,
        user_id uuid NOT NULL REFERENCES users,
        provider_id uuid NOT NULL,
        email text,
        linked_at timestamptz(3) NOT NULL,
        last_used_at timestamptz(3)
      );
      COMMENT ON TABLE sso_identities IS 'global: an identity belongs to a person';
      CREATE UNIQUE INDEX sso_identities_subject ON sso_identities (issuer, subject);
      CREATE INDEX sso_identities_of_user ON sso_identities (user_id);
      SELECT belongs_to_person('sso_identities');
      GRANT SELECT, INSERT, UPDATE, DELETE ON sso_identities TO threadline_app;
      GRANT SELECT ON sso_identities TO threadline_system;

      ALTER TABLE memberships ADD COLUMN break_glass boolean NOT NULL DEFAULT false;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Single sign-on cannot be taken out; restore a backup instead.');
  }
}
