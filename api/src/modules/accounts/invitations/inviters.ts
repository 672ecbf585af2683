import { Injectable } from '@nestjs/common';
import type { ReadTx } from '../../../platform/work';
import { beyond, beyondWords, RolesQueries, type Standing, Standings } from '../../people';
import type { Given } from './invitations.queries';

/** What those who invite may give: asked when they ask somebody in, and again when somebody comes. */
@Injectable()
export class Inviters {
  constructor(
    private readonly roles: RolesQueries,
    private readonly standings: Standings,
  ) {}

  /** Whether who invited could do so now: by what they, the role and the teams have become. */
  async couldStill(tx: ReadTx, { inviterId, roleId, teamIds }: Given): Promise<boolean> {
    if (inviterId === null) return true;
    const standing = await this.standings.of(tx, inviterId);
    if (!standing.permissions.has('members:write')) return false;
    const role = await this.role(tx, roleId, standing);
    return role?.objection === null && (await this.mayGiveTeams(tx, teamIds, standing));
  }

  /** What a role is called, and why it is not theirs to give; undefined when there is none of that id. */
  async role(
    tx: ReadTx,
    roleId: string,
    standing: Standing,
  ): Promise<{ name: string; objection: string | null } | undefined> {
    const role = await this.roles.find(tx, roleId);
    if (!role) return undefined;
    const name = role.builtIn ?? role.name;
    if (role.builtIn === 'owner' && !standing.owner) {
      return { name, objection: 'Only an owner may invite another owner.' };
    }
    const lies = beyond(role, standing);
    return { name, objection: lies && beyondWords(lies) };
  }

  /** Who comes into a team may see what is its members': nobody gives by an invitation what they could not by hand. */
  async mayGiveTeams(tx: ReadTx, teamIds: readonly string[], { userId, permissions }: Standing): Promise<boolean> {
    if (permissions.has('teams:write')) return true;
    const others = await tx.query(
      `SELECT 1 FROM teams t WHERE t.id = ANY ($1)
          AND NOT EXISTS (SELECT 1 FROM team_members m WHERE m.team_id = t.id AND m.user_id = $2)`,
      [teamIds, userId],
    );
    return others.length === 0;
  }
}
