import { Injectable } from '@nestjs/common';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx, Tx } from '../../../platform/work';
import { Standings, TeamsService } from '../../people';
import { readGroup, type ScimGroup, type WantedGroup, writableGroup } from './scim-group';
import { isUuid } from './scim-ids';
import { patched } from './scim-patching';
import { invalidValue } from './scim-refusal';
import { ScimRoles } from './scim-roles';

interface Row {
  id: string;
  name: string;
  external_id: string | null;
  members: { id: string; name: string }[];
  created_at: Date;
  updated_at: Date | null;
}

/** What a directory does with groups: a group of it is a team. Events are those of teams, and of roles that follow. */
@Injectable()
export class ScimGroups {
  constructor(
    private readonly teams: TeamsService,
    private readonly roles: ScimRoles,
    private readonly standings: Standings,
  ) {}

  /** All teams, those that were made by hand too. */
  list(tx: ReadTx): Promise<ScimGroup[]> {
    return this.where(tx, 'true', []);
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<ScimGroup> {
    const [group] = isUuid(id) ? await this.where(tx, 't.id = $1', [id]) : [];
    if (!group) throw new Refusal('not_found');
    return group;
  }

  /** @throws Refusal `duplicate` (the name), ScimRefusal `invalidValue` for members that are not there */
  async create(tx: Tx, body: unknown): Promise<ScimGroup> {
    const wanted = readGroup(body);
    await this.standings.take(tx);
    const memberIds = await this.present(tx, wanted.memberIds);
    const { id } = await this.teams.create(tx, { name: wanted.displayName, memberIds });
    await this.keep(tx, id, wanted);
    await this.roles.followGroups(tx, memberIds);
    return this.one(tx, id);
  }

  /** PUT. @throws Refusal `not_found`, `duplicate`, ScimRefusal `invalidValue` */
  async replace(tx: Tx, id: string, body: unknown): Promise<ScimGroup> {
    await this.standings.take(tx);
    return this.change(tx, await this.one(tx, id), readGroup(body));
  }

  /** PATCH. @throws Refusal `not_found`, `duplicate`, and what the operations are refused with */
  async patch(tx: Tx, id: string, body: unknown): Promise<ScimGroup> {
    await this.standings.take(tx);
    const group = await this.one(tx, id);
    return this.change(tx, group, readGroup(patched(writableGroup(group), body)));
  }

  /** @throws Refusal `not_found`, `conflict` while something is assigned to the team */
  async delete(tx: Tx, id: string): Promise<void> {
    await this.standings.take(tx);
    const { members } = await this.one(tx, id);
    await this.teams.delete(tx, id);
    await this.roles.followGroups(
      tx,
      members.map((member) => member.id),
    );
  }

  private async change(tx: Tx, group: ScimGroup, wanted: WantedGroup): Promise<ScimGroup> {
    const memberIds = await this.present(tx, wanted.memberIds);
    await this.teams.change(tx, group.id, { name: wanted.displayName, memberIds });
    await this.keep(tx, group.id, wanted);
    await this.roles.followGroups(tx, [...new Set([...memberIds, ...group.members.map(({ id }) => id)])]);
    return this.one(tx, group.id);
  }

  /** Those of the members who are in the workspace now: who was deactivated belongs to no team. */
  private async present(tx: Tx, ids: readonly string[]): Promise<string[]> {
    const known = await tx.query<{ user_id: string; here: boolean }>(
      'SELECT user_id, ended_at IS NULL AS here FROM memberships WHERE user_id = ANY ($1)',
      [ids.filter(isUuid)],
    );
    const unknown = ids.filter((id) => !known.some(({ user_id: userId }) => userId === id));
    if (unknown.length > 0) throw invalidValue(`There is no user ${unknown[0]}.`);
    return known.filter(({ here }) => here).map(({ user_id: userId }) => userId);
  }

  private async keep(tx: Tx, teamId: string, { externalId }: WantedGroup): Promise<void> {
    await tx.query(
      `INSERT INTO scim_groups (workspace_id, team_id, external_id, updated_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (workspace_id, team_id) DO UPDATE SET external_id = $3, updated_at = $4`,
      [tx.workspaceId, teamId, externalId, tx.now],
    );
  }

  private async where(tx: ReadTx, condition: string, parameters: unknown[]): Promise<ScimGroup[]> {
    const rows = await tx.query<Row>(
      `SELECT t.id, t.name, t.created_at, s.external_id, s.updated_at,
              coalesce((SELECT json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.id)
                 FROM team_members g JOIN users u ON u.id = g.user_id WHERE g.team_id = t.id), '[]') AS members
         FROM teams t LEFT JOIN scim_groups s ON s.team_id = t.id WHERE ${condition} ORDER BY t.id`,
      parameters,
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      externalId: row.external_id,
      members: row.members,
      createdAt: row.created_at,
      updatedAt: row.updated_at ?? row.created_at,
    }));
  }
}
