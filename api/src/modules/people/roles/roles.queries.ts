import { Injectable } from '@nestjs/common';
import { BUILT_IN_ROLES, type Role, ROLE_DESCRIPTIONS } from '@threadline/contracts';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx } from '../../../platform/work';
import { ROLE_COLUMNS, type RoleRow, shapeOf } from '../standings';

interface Row extends RoleRow {
  name: string;
  description: string;
  members: string;
}

const SELECT = `
  SELECT ${ROLE_COLUMNS}, r.name, r.description,
         (SELECT count(*) FROM memberships m WHERE m.role_id = r.id AND m.ended_at IS NULL) AS members
    FROM roles r`;

/** The roles of a workspace. */
@Injectable()
export class RolesQueries {
  /** Built-in ones first, in their order; then custom ones by name. */
  async list(tx: ReadTx): Promise<Role[]> {
    const rows = await tx.query<Row>(`${SELECT} ORDER BY array_position($1::text[], r.built_in), lower(r.name), r.id`, [
      BUILT_IN_ROLES,
    ]);
    return rows.map(roleOf);
  }

  /** Undefined when there is none of that id. */
  async find(tx: ReadTx, id: string): Promise<Role | undefined> {
    const [row] = await tx.query<Row>(`${SELECT} WHERE r.id = $1`, [id]);
    return row && roleOf(row);
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<Role> {
    const role = await this.find(tx, id);
    if (!role) throw new Refusal('not_found');
    return role;
  }

  /** The people who have it now: their user ids. */
  async holders(tx: ReadTx, id: string): Promise<string[]> {
    const rows = await tx.query<{ user_id: string }>(
      'SELECT user_id FROM memberships WHERE role_id = $1 AND ended_at IS NULL ORDER BY user_id',
      [id],
    );
    return rows.map(({ user_id: userId }) => userId);
  }
}

function roleOf(row: Row): Role {
  return {
    id: row.role_id,
    name: row.name,
    description: row.built_in ? ROLE_DESCRIPTIONS[row.built_in] : row.description,
    builtIn: row.built_in,
    ...shapeOf(row),
    members: Number(row.members),
  };
}
