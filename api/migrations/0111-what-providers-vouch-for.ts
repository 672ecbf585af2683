import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an identity provider's word began is told from what people proved themselves. */
export class WhatProvidersVouchFor1764000000111 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- True for a browser that nothing but a provider's word has signed in with: the password door does not know it.
      ALTER TABLE known_devices ADD COLUMN vouched_only boolean NOT NULL DEFAULT false;
      -- Tries of sessions that a provider began are counted apart from those of the person.
      ALTER TABLE factor_tries ADD COLUMN vouched boolean NOT NULL DEFAULT false;
      ALTER TABLE factor_tries DROP CONSTRAINT factor_tries_pkey, ADD PRIMARY KEY (user_id, vouched);
      -- True for an identity that its person linked, having proved who they are.
      ALTER TABLE sso_identities ADD COLUMN linked boolean NOT NULL DEFAULT false;
    `);
  }

  async down(): Promise<void> {
    throw new Error('What providers vouched for cannot be taken out; restore a backup instead.');
  }
}
