import { Injectable } from '@nestjs/common';
import type { Me, Member, Workspace } from '@threadline/contracts';
import { memberBehind } from '../../platform/access';
import { Config } from '../../platform/config';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { ROLE_NAME } from './roles';

interface MemberRow {
  id: string;
  user_id: string;
  name: string;
  email: string;
  role_id: string;
  role: string;
  team_ids: string[];
  second_factor: boolean;
  joined_at: Date;
}

/** Who is in the workspace, and who is asking. */
@Injectable()
export class MembersQueries {
  constructor(private readonly config: Config) {}

  async me(tx: ReadTx): Promise<Me> {
    const [row] = await tx.query<{
      id: string;
      email: string;
      address_confirmed: boolean;
      name: string;
      role_id: string;
      role: string;
    }>(
      `SELECT u.id, u.email, u.address_proved_at IS NOT NULL AS address_confirmed, u.name, m.role_id, ${ROLE_NAME} AS role
         FROM users u JOIN memberships m ON m.user_id = u.id JOIN roles r ON r.id = m.role_id WHERE u.id = $1`,
      [memberBehind(tx.actor)],
    );
    if (!row) throw new Refusal('not_found');
    return {
      user: { id: row.id, email: row.email, name: row.name },
      addressConfirmed: row.address_confirmed,
      workspace: await this.workspace(tx),
      roleId: row.role_id,
      role: row.role,
      scopes: tx.actor.scopes,
      permissions: [...tx.actor.permissions],
      secondFactorMissing: tx.actor.secondFactorMissing ?? false,
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
  members(tx: ReadTx): Promise<Member[]> {
    return this.read(tx, 'ORDER BY u.name, m.id');
  }

  /** One member, by the membership's id or the person's; undefined when there is none, or they have left. */
  async member(tx: ReadTx, by: { id: string } | { userId: string }): Promise<Member | undefined> {
    const [member] =
      'id' in by
        ? await this.read(tx, 'AND m.id = $1', [by.id])
        : await this.read(tx, 'AND m.user_id = $1', [by.userId]);
    return member;
  }

  private async read(tx: ReadTx, rest: string, parameters: readonly unknown[] = []): Promise<Member[]> {
    const rows = await tx.query<MemberRow>(
      `SELECT m.id, m.user_id, u.name, u.email, u.second_factor, m.role_id, ${ROLE_NAME} AS role, m.joined_at,
              ARRAY(SELECT t.team_id FROM team_members t WHERE t.user_id = m.user_id ORDER BY t.team_id) AS team_ids
         FROM memberships m JOIN users u ON u.id = m.user_id JOIN roles r ON r.id = m.role_id
        WHERE m.ended_at IS NULL ${rest}`,
      parameters,
    );
    return rows.map((row) => ({
      id: row.id,
      userId: row.user_id,
      name: row.name,
      email: row.email,
      roleId: row.role_id,
      role: row.role,
      teamIds: row.team_ids,
      secondFactor: row.second_factor,
      joinedAt: row.joined_at.toISOString(),
    }));
  }

  /** True when that person is a member now. */
  async isMember(tx: ReadTx, userId: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM memberships WHERE user_id = $1 AND ended_at IS NULL', [userId]);
    return rows.length > 0;
  }
}
