import { Injectable } from '@nestjs/common';
import {
  type BuiltInRole,
  EVERYTHING,
  PERMISSIONS,
  type Permission,
  ROLE_PERMISSIONS,
  type Scope,
} from '@threadline/contracts';
import type { ReadTx, Tx } from '../../platform/work';
import type { Reach } from './role.rules';

/** Who wants to change people or roles, and what they are at this moment. */
export interface Standing extends Reach {
  /** Null for what acts without a member: Threadline itself, a directory. */
  userId: string | null;
  /** Only an owner makes and unmakes owners; a key of an owner's is none. */
  owner: boolean;
}

/** A role as rows have it. */
export interface RoleRow {
  role_id: string;
  built_in: BuiltInRole | null;
  permissions: Permission[];
  lead_scope: Scope;
  conversation_scope: Scope;
}

/** SQL for the columns of a RoleRow, from roles r. */
export const ROLE_COLUMNS = 'r.id AS role_id, r.built_in, r.permissions, r.lead_scope, r.conversation_scope';

/** What a role gives: of a built-in one this stands in the contracts. */
export function shapeOf(row: RoleRow): { permissions: Permission[]; scopes: { leads: Scope; conversations: Scope } } {
  return {
    permissions: row.built_in ? [...ROLE_PERMISSIONS[row.built_in]] : row.permissions,
    scopes: { leads: row.lead_scope, conversations: row.conversation_scope },
  };
}

/**
 * Changes of people and roles in a workspace take turns, and each goes by what its doer is when its turn has come; a
 * directory is what the maker of its token is.
 */
@Injectable()
export class Standings {
  /** Waits for the turn, which ends with the transaction, and says who acts. */
  async take(tx: Tx): Promise<Standing> {
    await this.takeTurn(tx);
    const { userId, boundBy, credential, permissions } = tx.actor;
    const member = userId ?? boundBy;
    if (member === undefined) return { userId, owner: false, permissions: new Set(PERMISSIONS), scopes: EVERYTHING };
    const standing = await this.of(tx, member);
    if (userId === null) return { ...standing, userId, owner: false };
    return {
      ...standing,
      owner: standing.owner && credential?.kind !== 'api_key',
      permissions: new Set([...standing.permissions].filter((permission) => permissions.has(permission))),
    };
  }

  /** Waits for the turn too, and says what a member is then: for what happens on their word while others act. */
  async takeFor(tx: Tx, userId: string): Promise<Standing> {
    await this.takeTurn(tx);
    return this.of(tx, userId);
  }

  /** Waits for the turn, which ends with the transaction. */
  async takeTurn(tx: Tx): Promise<void> {
    // One row that every workspace has. Rows that refer to it are not held up by this lock.
    await tx.query(`SELECT 1 FROM roles WHERE built_in = 'owner' FOR NO KEY UPDATE`);
  }

  /** What a member is; it stays so only for who has the turn. Who is no member may do nothing. */
  async of(tx: ReadTx, userId: string): Promise<Standing> {
    const [row] = await tx.query<RoleRow>(
      `SELECT ${ROLE_COLUMNS} FROM memberships m JOIN roles r ON r.id = m.role_id
        WHERE m.user_id = $1 AND m.ended_at IS NULL`,
      [userId],
    );
    if (!row) return { userId, owner: false, permissions: new Set(), scopes: { leads: 'own', conversations: 'own' } };
    const { permissions, scopes } = shapeOf(row);
    return { userId, owner: row.built_in === 'owner', permissions: new Set(permissions), scopes };
  }
}
