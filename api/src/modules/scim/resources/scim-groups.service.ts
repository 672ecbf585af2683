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
  said: string[] | null;
  members: { id: string; name: string }[];
  created_at: Date;
  updated_at: Date | null;
}

/**
 * What a directory does with groups: a group of it is a team. Events are those of teams, and of roles that follow. Who may
 * change teams by hand puts people into the team and gives it another name; the group stays what the directory said, and
 * roles follow that alone.
 */
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
    await this.keep(tx, id, { ...wanted, memberIds });
    await this.roles.followGroups(tx, memberIds);
    return this.one(tx, id);
  }

  /** PUT. @throws Refusal `not_found`, `duplicate`, ScimRefusal `invalidValue` */
  async replace(tx: Tx, id: string, body: unknown): Promise<ScimGroup> {
    await this.standings.take(tx);
    const wanted = readGroup(body);
    const memberIds = await this.present(tx, wanted.memberIds);
    return this.change(tx, await this.one(tx, id), { ...wanted, memberIds }, { said: memberIds, followed: memberIds });
  }

  /** PATCH. @throws Refusal `not_found`, `duplicate`, and what the operations are refused with */
  async patch(tx: Tx, id: string, body: unknown): Promise<ScimGroup> {
    await this.standings.take(tx);
    const group = await this.one(tx, id);
    const wanted = readGroup(patched(writableGroup(group), body));
    const memberIds = await this.present(tx, wanted.memberIds);
    const there = group.members.map((member) => member.id);
    // Whom somebody put into a team by hand the directory has not named by leaving them there.
    const come = memberIds.filter((each) => !there.includes(each));
    const said = group.said ? memberIds : come;
    // Nor does it speak of those whom it leaves where they are: one may have come back by hand, with another role.
    const followed = wanted.displayName === group.name ? come : said;
    return this.change(tx, group, { ...wanted, memberIds }, { said, followed });
  }

  /** @throws Refusal `not_found`, `conflict` while something is assigned to the team */
  async delete(tx: Tx, id: string): Promise<void> {
    await this.standings.take(tx);
    const { members } = await this.one(tx, id);
    await tx.query('DELETE FROM scim_groups WHERE team_id = $1', [id]);
    await this.teams.delete(tx, id);
    await this.roles.followGroups(
      tx,
      members.map((member) => member.id),
    );
  }

  /** The last directory is disconnected: its groups are teams like any other, and nobody's role follows them. */
  async forgetAll(tx: Tx): Promise<void> {
    await tx.query('DELETE FROM scim_groups');
  }

  /** One account took the place of another, also where the directory named that. */
  async merge(tx: Tx, from: string, into: string): Promise<void> {
    await tx.query(
      `UPDATE scim_groups SET member_ids = array_replace(array_remove(member_ids, $2), $1, $2) WHERE $1 = ANY (member_ids)`,
      [from, into],
    );
  }

  private async change(
    tx: Tx,
    group: ScimGroup,
    wanted: WantedGroup,
    { said, followed }: { said: string[]; followed: string[] },
  ): Promise<ScimGroup> {
    const before = group.members.map(({ id }) => id);
    const inTeam = await tx.query<{ user_id: string }>(
      `SELECT g.user_id FROM teams t JOIN team_members g ON g.team_id = t.id WHERE t.id = $1 FOR UPDATE OF t`,
      [group.id],
    );
    const byHand = inTeam.map(({ user_id: userId }) => userId).filter((userId) => !before.includes(userId));
    await this.teams.change(tx, group.id, {
      ...(wanted.displayName === group.name ? {} : { name: wanted.displayName }),
      memberIds: [...byHand, ...wanted.memberIds],
    });
    await this.keep(tx, group.id, { ...wanted, memberIds: said });
    const gone = before.filter((each) => !wanted.memberIds.includes(each));
    await this.roles.followGroups(tx, [...followed, ...gone]);
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

  /** What the directory said of the group. */
  private async keep(tx: Tx, teamId: string, { displayName, externalId, memberIds }: WantedGroup): Promise<void> {
    await tx.query(
      `INSERT INTO scim_groups (workspace_id, team_id, name, external_id, member_ids, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (workspace_id, team_id) DO UPDATE SET name = $3, external_id = $4, member_ids = $5, updated_at = $6`,
      [tx.workspaceId, teamId, displayName, externalId, memberIds, tx.now],
    );
  }

  private async where(tx: ReadTx, condition: string, parameters: unknown[]): Promise<ScimGroup[]> {
    const rows = await tx.query<Row>(
      `SELECT t.id, coalesce(s.name, t.name) AS name, t.created_at, s.external_id, s.updated_at, s.member_ids AS said,
              coalesce((SELECT json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.id)
                 FROM memberships m JOIN users u ON u.id = m.user_id
                WHERE m.ended_at IS NULL AND u.id = ANY (coalesce(s.member_ids, ARRAY(
                        SELECT g.user_id FROM team_members g WHERE g.team_id = t.id)))), '[]') AS members
         FROM teams t LEFT JOIN scim_groups s ON s.team_id = t.id WHERE ${condition} ORDER BY t.id`,
      parameters,
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      externalId: row.external_id,
      members: row.members,
      said: row.said,
      createdAt: row.created_at,
      updatedAt: row.updated_at ?? row.created_at,
    }));
  }
}
