import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An address belongs to an account once it is proved; until then any number of accounts may carry it. */
export class ProvedAddresses1764000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The owner of the table is bound by its policies too, and has to see all rows to fill the new column.
      ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE users ADD COLUMN address_proved_at timestamptz(3);
      UPDATE users SET address_proved_at = created_at;
      ALTER TABLE users FORCE ROW LEVEL SECURITY;
      DROP INDEX users_email;
      CREATE UNIQUE INDEX users_proved_email ON users (lower(email)) WHERE address_proved_at IS NOT NULL;
      CREATE INDEX users_by_email ON users (lower(email));
      GRANT SELECT (address_proved_at), UPDATE (address_proved_at) ON users TO threadline_app;

      -- All accounts of an address share a salt, so that one hash finds the one that a password is of.
      ALTER TABLE installation ADD COLUMN salt_key bytea NOT NULL
        DEFAULT sha256((gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text)::bytea);

      ALTER TABLE account_links
        DROP CONSTRAINT account_links_purpose_check,
        ADD CONSTRAINT account_links_purpose_check
          CHECK (purpose IN ('password_reset', 'email_change', 'address_confirm')),
        ADD COLUMN password_hash text;
      COMMENT ON COLUMN account_links.password_hash IS 'the same password, salted for the new address';
      CREATE INDEX account_links_of_address ON account_links (lower(email), purpose, created_at);

      -- Mails to an address that nobody has proved are for whoever proves it, and for nobody else.
      ALTER TABLE account_mails ADD COLUMN addressee_only boolean NOT NULL DEFAULT false;
      GRANT SELECT (addressee_only) ON account_mails TO threadline_system;
      ALTER TABLE mailbox_mails ADD COLUMN addressee_only boolean NOT NULL DEFAULT false;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Accounts may share an address by now; restore a backup instead.');
  }
}
