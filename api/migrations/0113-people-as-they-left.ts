import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who somebody was when they left stays with the workspace; what becomes of them elsewhere does not reach it. */
export class PeopleAsTheyLeft1764000000113 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE memberships ADD COLUMN left_email text, ADD COLUMN left_name text;
      COMMENT ON COLUMN memberships.left_email IS 'the address when the membership ended; null while it lasts';
      COMMENT ON COLUMN memberships.left_name IS 'the name when the membership ended; null while it lasts';

      -- The owner of the tables is bound by their policies too, and has to see all rows to fill the new columns.
      ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE memberships NO FORCE ROW LEVEL SECURITY;
      UPDATE memberships m SET left_email = u.email, left_name = u.name
        FROM users u WHERE u.id = m.user_id AND m.ended_at IS NOT NULL;
      ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
      ALTER TABLE users FORCE ROW LEVEL SECURITY;

      -- With the rights of who asks: the policies of both tables decide what is seen.
      CREATE VIEW workspace_people WITH (security_invoker = true) AS
        SELECT m.workspace_id, m.user_id, coalesce(m.left_email, u.email) AS email, coalesce(m.left_name, u.name) AS name
          FROM memberships m JOIN users u ON u.id = m.user_id;
      COMMENT ON VIEW workspace_people IS 'members and former members by the address and name that their workspace knows';
      GRANT SELECT ON workspace_people TO threadline_app, threadline_system;
    `);
  }

  async down(): Promise<void> {
    throw new Error('What people were called when they left cannot be told any more; restore a backup instead.');
  }
}
