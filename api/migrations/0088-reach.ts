import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One index for each way of reaching a conversation: by who it is assigned to, and by its team. Leads have theirs by
 * owner from the beginning.
 */
export class Reach1764000000088 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX conversations_of_assignee ON conversations
        (workspace_id, assignee_id, coalesce(last_message_at, created_at) DESC, id DESC) WHERE assignee_id IS NOT NULL;
      CREATE INDEX conversations_of_team ON conversations
        (workspace_id, team_id, coalesce(last_message_at, created_at) DESC, id DESC) WHERE team_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX conversations_of_assignee; DROP INDEX conversations_of_team;');
  }
}
