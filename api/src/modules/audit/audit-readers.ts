import { Injectable } from '@nestjs/common';
import {
  type BuiltInRole,
  DEFAULT_POLICIES,
  type Permission,
  ROLE_PERMISSIONS,
  type WorkspacePolicies,
} from '@threadline/contracts';
import type { ReadTx } from '../../platform/work';

/** Somebody of the workspace, to write to. */
export interface Reader {
  id: string;
  name: string;
  email: string;
}

interface ReaderRow extends Reader {
  built_in: BuiltInRole | null;
  permissions: Permission[];
  second_factor: boolean;
  policies: Partial<WorkspacePolicies>;
}

/** Who of some people may do something at this moment: what goes on after its request asks again and again. */
@Injectable()
export class AuditReaders {
  /** Those of them who are members and hold the permission now. */
  async holding(tx: ReadTx, permission: Permission, userIds: readonly string[]): Promise<Reader[]> {
    if (userIds.length === 0) return [];
    const rows = await this.read(tx, 'AND m.user_id = ANY ($1::uuid[])', [userIds]);
    return rows.filter((row) => holds(row, permission)).map(({ id, name, email }) => ({ id, name, email }));
  }

  /** The owners of the workspace. */
  async owners(tx: ReadTx): Promise<Reader[]> {
    const rows = await this.read(tx, `AND r.built_in = 'owner'`, []);
    return rows.map(({ id, name, email }) => ({ id, name, email }));
  }

  private read(tx: ReadTx, rest: string, values: readonly unknown[]): Promise<ReaderRow[]> {
    return tx.query<ReaderRow>(
      `SELECT u.id, u.name, u.email, u.second_factor, r.built_in, r.permissions, w.policies
         FROM memberships m JOIN users u ON u.id = m.user_id JOIN roles r ON r.id = m.role_id, workspaces w
        WHERE m.ended_at IS NULL ${rest} ORDER BY u.name, u.id`,
      values,
    );
  }
}

function holds(row: ReaderRow, permission: Permission): boolean {
  const { secondFactorRequired } = { ...DEFAULT_POLICIES, ...row.policies };
  if (secondFactorRequired && !row.second_factor) return false;
  return (row.built_in ? ROLE_PERMISSIONS[row.built_in] : row.permissions).includes(permission);
}
