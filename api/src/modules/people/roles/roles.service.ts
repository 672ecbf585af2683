import { Injectable } from '@nestjs/common';
import { EVERYTHING, type Permission, ref, type Role, type RoleScopes } from '@threadline/contracts';
import { v7 } from 'uuid';
import { isDuplicate, isReferredTo } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import type { Tx } from '../../../platform/work';
import { SessionDirectory } from '../../auth';
import { type Standing, Standings } from '../standings';
import { beyond, beyondWords, givesTheSame, ordered, type RoleShape, shapeProblem } from '../role.rules';
import { RolesQueries } from './roles.queries';

export interface NewRole {
  name: string;
  description?: string;
  permissions: readonly Permission[];
  /** Everything when absent. */
  scopes?: RoleScopes;
}

/** Commands on a workspace's own roles. */
@Injectable()
export class RolesService {
  constructor(
    private readonly queries: RolesQueries,
    private readonly standings: Standings,
    private readonly directory: SessionDirectory,
  ) {}

  /**
   * Event `role.created`.
   * @throws Refusal `duplicate` (the name), `invalid_input`, `forbidden` for what the caller does not have
   */
  async create(tx: Tx, input: NewRole): Promise<Role> {
    const standing = await this.standings.take(tx);
    const role: Role = {
      id: v7(),
      name: input.name,
      description: input.description ?? '',
      builtIn: null,
      permissions: ordered(input.permissions),
      scopes: input.scopes ?? EVERYTHING,
      members: 0,
    };
    check(role, standing);
    await this.write(
      tx,
      role,
      `INSERT INTO roles (workspace_id, id, name, description, permissions, lead_scope, conversation_scope, created_at)
       VALUES ($7, $1, $2, $3, $4, $5, $6, $8)`,
      [tx.workspaceId, tx.now],
    );
    tx.append({ type: 'role.created', ...about(role.id), data: { role } });
    return role;
  }

  /**
   * Changes the given fields and leaves the others. Event `role.updated`; none when everything is so already. When it
   * gives something else now, the event is about everybody who has it, and they feel it at once.
   * @throws Refusal `not_found`, `built_in_role`, `duplicate`, `invalid_input`, `forbidden`
   */
  async change(tx: Tx, id: string, wanted: Partial<NewRole>): Promise<Role> {
    const standing = await this.standings.take(tx);
    const before = await this.own(tx, id);
    refuseBeyond(before, standing);
    const after: Role = {
      ...before,
      name: wanted.name ?? before.name,
      description: wanted.description ?? before.description,
      permissions: ordered(wanted.permissions ?? before.permissions),
      scopes: wanted.scopes ?? before.scopes,
    };
    check(after, standing);
    const gives = givesTheSame(before, after);
    if (gives && before.name === after.name && before.description === after.description) return before;
    await this.write(
      tx,
      after,
      `UPDATE roles SET name = $2, description = $3, permissions = $4, lead_scope = $5, conversation_scope = $6
        WHERE id = $1`,
    );
    const affected = gives ? [] : await this.queries.holders(tx, id);
    const { name, description, permissions, scopes } = before;
    tx.append({
      type: 'role.updated',
      ...about(id, affected),
      data: { role: after },
      before: { name, description, permissions, scopes },
    });
    tx.afterCommit(() => this.directory.forgetAll());
    return after;
  }

  /**
   * Event `role.deleted`.
   * @throws Refusal `not_found`, `built_in_role`, `role_in_use`, `forbidden`
   */
  async delete(tx: Tx, id: string): Promise<void> {
    const standing = await this.standings.take(tx);
    const role = await this.own(tx, id);
    refuseBeyond(role, standing);
    if (role.members > 0) {
      const people = role.members === 1 ? 'One member has' : `${role.members} members have`;
      throw new Refusal('role_in_use', { detail: `${people} this role. Give them another one first.` });
    }
    // The rows of people who have left name their last role, which means nothing any longer.
    await tx.query(
      `UPDATE memberships SET role_id = (SELECT id FROM roles WHERE built_in = 'agent')
        WHERE role_id = $1 AND ended_at IS NOT NULL`,
      [id],
    );
    try {
      await tx.query('DELETE FROM roles WHERE id = $1', [id]);
    } catch (error) {
      if (!isReferredTo(error)) throw error;
      throw new Refusal('role_in_use', { detail: 'An invitation or single sign-on still gives this role.' });
    }
    tx.append({ type: 'role.deleted', ...about(id), data: { roleId: id, name: role.name } });
  }

  private async own(tx: Tx, id: string): Promise<Role> {
    const role = await this.queries.one(tx, id);
    if (role.builtIn) throw new Refusal('built_in_role');
    return role;
  }

  private async write(tx: Tx, role: Role, sql: string, rest: readonly unknown[] = []): Promise<void> {
    const { id, name, description, permissions, scopes } = role;
    try {
      await tx.query(sql, [id, name, description, permissions, scopes.leads, scopes.conversations, ...rest]);
    } catch (error) {
      if (!isDuplicate(error, 'roles_name')) throw error;
      throw new Refusal('duplicate', {
        detail: `There is a role called ${name} already.`,
        errors: [{ path: 'name', message: 'belongs to another role' }],
      });
    }
  }
}

function check(shape: RoleShape, standing: Standing): void {
  refuseBeyond(shape, standing);
  const problem = shapeProblem(shape);
  if (problem) throw new Refusal('invalid_input', { errors: [problem] });
}

function refuseBeyond(shape: RoleShape, standing: Standing): void {
  const lies = beyond(shape, standing);
  if (lies) throw new Refusal('forbidden', { detail: beyondWords(lies) });
}

function about(id: string, userIds: readonly string[] = []) {
  const people = userIds.map((userId) => ref('user', userId));
  return { subject: { type: 'role' as const, id }, about: [ref('role', id), ...people] };
}
