import { Injectable } from '@nestjs/common';
import type { GroupRole } from '@threadline/contracts';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx, Tx } from '../../../platform/work';
import { type RoleRef, Roles } from '../../auth';
import { beyond, beyondWords, MembersService, RolesQueries, type Standing } from '../../people';

interface Mapping {
  default_role_id: string;
  group_roles: GroupRole[];
}

/**
 * The roles that a directory gives: those that the workspace's identity provider is set up with. A directory never makes
 * or unmakes an owner.
 */
@Injectable()
export class ScimRoles {
  constructor(
    private readonly roles: Roles,
    private readonly queries: RolesQueries,
    private readonly members: MembersService,
  ) {}

  /** What somebody who is provisioned begins with. @throws Refusal `forbidden` when it gives more than the doer has */
  async usual(tx: ReadTx, standing: Standing): Promise<RoleRef> {
    return this.within(tx, await this.first(tx), standing);
  }

  /** What somebody comes back with: the role they had. @throws Refusal `forbidden`, as for the usual one */
  async former(tx: ReadTx, roleId: string, standing: Standing): Promise<RoleRef> {
    return this.within(tx, (await this.notOwner(tx, roleId)) ?? (await this.first(tx)), standing);
  }

  /** @throws Refusal `forbidden` when any role that a directory gives now lies beyond the doer */
  async refuseBeyond(tx: ReadTx, standing: Standing): Promise<void> {
    await this.usual(tx, standing);
    for (const { roleId } of (await this.mapping(tx))?.group_roles ?? []) {
      const role = await this.notOwner(tx, roleId);
      if (role) await this.within(tx, role, standing);
    }
  }

  /**
   * Gives people the role of the first mapped group that the directory said they are in; who has left all of them has the
   * usual one again.
   * Others keep what they have. Events `member.role_changed`.
   */
  async followGroups(tx: Tx, userIds: readonly string[]): Promise<void> {
    const mapping = await this.mapping(tx);
    if (!mapping || mapping.group_roles.length === 0) return;
    const people = await tx.query<{ membership_id: string; role_id: string; owner: boolean; groups: string[] }>(
      `SELECT m.id AS membership_id, m.role_id, r.built_in IS NOT DISTINCT FROM 'owner' AS owner,
              ARRAY(SELECT s.name FROM scim_groups s WHERE m.user_id = ANY (s.member_ids)) AS groups
         FROM memberships m JOIN roles r ON r.id = m.role_id
        WHERE m.user_id = ANY ($1) AND m.ended_at IS NULL ORDER BY m.id`,
      [userIds],
    );
    const mapped = mapping.group_roles.map(({ roleId }) => roleId);
    for (const person of people.filter(({ owner }) => !owner)) {
      const given = mapping.group_roles.find(({ group }) => person.groups.includes(group))?.roleId;
      const wanted = given ? await this.notOwner(tx, given) : mapped.includes(person.role_id) && (await this.first(tx));
      if (wanted) await this.members.giveRole(tx, person.membership_id, wanted.id);
    }
  }

  /** Whom the directory takes away no group gives a role, should they come back. */
  async forget(tx: Tx, userId: string): Promise<void> {
    await tx.query('UPDATE scim_groups SET member_ids = array_remove(member_ids, $1) WHERE $1 = ANY (member_ids)', [
      userId,
    ]);
  }

  private async first(tx: ReadTx): Promise<RoleRef> {
    const mapping = await this.mapping(tx);
    const role = mapping && (await this.notOwner(tx, mapping.default_role_id));
    return role ?? this.roles.builtIn(tx, 'agent');
  }

  private async within(tx: ReadTx, role: RoleRef, standing: Standing): Promise<RoleRef> {
    const lies = beyond(await this.queries.one(tx, role.id), standing);
    if (lies) throw new Refusal('forbidden', { detail: beyondWords(lies) });
    return role;
  }

  private async mapping(tx: ReadTx): Promise<Mapping | undefined> {
    const [mapping] = await tx.query<Mapping>(
      'SELECT default_role_id, group_roles FROM sso_providers WHERE enabled ORDER BY id LIMIT 1',
    );
    return mapping;
  }

  private async notOwner(tx: ReadTx, roleId: string): Promise<RoleRef | null> {
    const [role] = await tx.query<RoleRef>(
      `SELECT id, coalesce(built_in, name) AS name FROM roles WHERE id = $1 AND built_in IS DISTINCT FROM 'owner'`,
      [roleId],
    );
    return role ?? null;
  }
}
