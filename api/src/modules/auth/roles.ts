import { Injectable } from '@nestjs/common';
import { BUILT_IN_ROLES, type BuiltInRole } from '@threadline/contracts';
import { v7 } from 'uuid';
import { Refusal } from '../../platform/refusal';
import type { ReadTx, Tx } from '../../platform/work';

/** A role as a membership refers to it; `name` is the word of a built-in one. */
export interface RoleRef {
  id: string;
  name: string;
}

/** SQL for what a role is called: the word of a built-in one, or its name. */
export const ROLE_NAME = 'coalesce(r.built_in, r.name)';

/** The roles of a workspace, as far as signing in and joining need them. */
@Injectable()
export class Roles {
  /** Every workspace has the built-in roles from its beginning; their permissions stand in the contracts. */
  async makeBuiltIn(tx: Tx): Promise<void> {
    for (const word of BUILT_IN_ROLES) {
      const name = word.charAt(0).toUpperCase() + word.slice(1);
      await tx.query('INSERT INTO roles (workspace_id, id, built_in, name, created_at) VALUES ($1, $2, $3, $4, $5)', [
        tx.workspaceId,
        v7(),
        word,
        name,
        tx.now,
      ]);
    }
  }

  async builtIn(tx: ReadTx, word: BuiltInRole): Promise<RoleRef> {
    const [role] = await tx.query<{ id: string }>('SELECT id FROM roles WHERE built_in = $1', [word]);
    if (!role) throw new Error(`A workspace has no role ${word}`);
    return { id: role.id, name: word };
  }

  /** A role of this workspace. @throws Refusal `not_found` */
  async find(tx: ReadTx, id: string): Promise<RoleRef> {
    const [role] = await tx.query<RoleRef>(`SELECT id, ${ROLE_NAME} AS name FROM roles r WHERE id = $1`, [id]);
    if (!role) throw new Refusal('not_found');
    return role;
  }
}
