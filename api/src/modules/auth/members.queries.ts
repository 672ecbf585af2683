import { Injectable } from '@nestjs/common';
import type { BuiltInRole, Me, Member, Workspace } from '@threadline/contracts';
import { Config } from '../../platform/config';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';

/** Who is in the workspace, and who is asking. */
@Injectable()
export class MembersQueries {
  constructor(private readonly config: Config) {}

  async me(tx: ReadTx): Promise<Me> {
    const [row] = await tx.query<{ id: string; email: string; name: string; role: BuiltInRole }>(
      `SELECT u.id, u.email, u.name, m.role FROM users u JOIN memberships m ON m.user_id = u.id WHERE u.id = $1`,
      [tx.actor.id],
    );
    if (!row) throw new Refusal('not_found');
    return {
      user: { id: row.id, email: row.email, name: row.name },
      workspace: await this.workspace(tx),
      role: row.role,
      permissions: [...tx.actor.permissions],
      installation: { mailbox: this.config.smtpUrl === null },
    };
  }

  async workspace(tx: ReadTx): Promise<Workspace> {
    const [row] = await tx.query<{ name: string; demo: boolean; created_at: Date }>(
      'SELECT name, demo, created_at FROM workspaces',
    );
    if (!row) throw new Refusal('not_found');
    return { id: tx.workspaceId, name: row.name, demo: row.demo, createdAt: row.created_at.toISOString() };
  }

  /** Members by name, those who have left excluded. */
  async members(tx: ReadTx): Promise<Member[]> {
    const rows = await tx.query<{
      id: string;
      user_id: string;
      name: string;
      email: string;
      role: BuiltInRole;
      joined_at: Date;
    }>(
      `SELECT m.id, m.user_id, u.name, u.email, m.role, m.joined_at
         FROM memberships m JOIN users u ON u.id = m.user_id
        WHERE m.ended_at IS NULL ORDER BY u.name, m.id`,
    );
    return rows.map((row) => ({
      id: row.id,
      userId: row.user_id,
      name: row.name,
      email: row.email,
      role: row.role,
      joinedAt: row.joined_at.toISOString(),
    }));
  }

  /** True when that person is a member now. */
  async isMember(tx: ReadTx, userId: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM memberships WHERE user_id = $1 AND ended_at IS NULL', [userId]);
    return rows.length > 0;
  }
}
