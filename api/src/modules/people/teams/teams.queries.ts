import { Injectable } from '@nestjs/common';
import type { Team } from '@threadline/contracts';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx } from '../../../platform/work';

interface Row {
  id: string;
  name: string;
  created_at: Date;
  member_ids: string[];
}

const SELECT = `
  SELECT t.id, t.name, t.created_at,
         ARRAY(SELECT m.user_id FROM team_members m WHERE m.team_id = t.id ORDER BY m.user_id) AS member_ids
    FROM teams t`;

/** The teams of a workspace. */
@Injectable()
export class TeamsQueries {
  /** By name. */
  async list(tx: ReadTx): Promise<Team[]> {
    return (await tx.query<Row>(`${SELECT} ORDER BY lower(t.name), t.id`)).map(teamOf);
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<Team> {
    const [row] = await tx.query<Row>(`${SELECT} WHERE t.id = $1`, [id]);
    if (!row) throw new Refusal('not_found');
    return teamOf(row);
  }

  /** The teams that somebody is in. */
  async ofMember(tx: ReadTx, userId: string): Promise<Team[]> {
    const rows = await tx.query<Row>(
      `${SELECT} WHERE EXISTS (SELECT 1 FROM team_members m WHERE m.team_id = t.id AND m.user_id = $1) ORDER BY t.id`,
      [userId],
    );
    return rows.map(teamOf);
  }

  /** True when there is such a team in the workspace. */
  async exists(tx: ReadTx, id: string): Promise<boolean> {
    return (await tx.query('SELECT 1 FROM teams WHERE id = $1', [id])).length > 0;
  }
}

function teamOf(row: Row): Team {
  return { id: row.id, name: row.name, memberIds: row.member_ids, createdAt: row.created_at.toISOString() };
}
