import { Injectable } from '@nestjs/common';
import { type Member, ref } from '@threadline/contracts';
import { memberBehind } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import type { Tx } from '../../../platform/work';
import { MembersQueries, Roles, SessionDirectory, Sessions } from '../../auth';
import { ROLE_COLUMNS, type RoleRow, shapeOf, Standings } from '../standings';
import { TeamsService } from '../teams/teams.service';
import { objectionToRemoval, objectionToRole, objectionToTouch, type Objection, type Target } from '../member.rules';

/** Commands on members. */
@Injectable()
export class MembersService {
  constructor(
    private readonly members: MembersQueries,
    private readonly roles: Roles,
    private readonly sessions: Sessions,
    private readonly directory: SessionDirectory,
    private readonly standings: Standings,
    private readonly teams: TeamsService,
  ) {}

  /**
   * Gives a member another role. Event `member.role_changed`; none when they have it already.
   * @throws Refusal `not_found`, `invalid_input` when there is no such role, `forbidden`, `last_owner`
   */
  async giveRole(tx: Tx, id: string, roleId: string): Promise<Member> {
    const standing = await this.standings.take(tx);
    const member = await this.find(tx, { id });
    const [role] = await tx.query<RoleRow>(`SELECT ${ROLE_COLUMNS} FROM roles r WHERE r.id = $1`, [roleId]);
    if (!role) throw invalid('roleId', 'there is no such role');
    if (member.roleId === roleId) return member;
    const given = { ...shapeOf(role), owner: role.built_in === 'owner' };
    const owners = await this.ownersBesides(tx, member.userId);
    refuse(objectionToRole(standing, await this.target(tx, member), given, owners));
    return this.put(tx, member, roleId);
  }

  /**
   * Ends a membership: its sessions end, it leaves its teams, and what the member owned goes to `reassignTo` or to
   * nobody, which the modules that own it see to. Events `session.ended`, `team.updated`, `member.removed`.
   * @throws Refusal `not_found`, `invalid_input` when `reassignTo` is no other member, `forbidden`, `last_owner`
   */
  async remove(tx: Tx, id: string, reassignTo: string | null): Promise<void> {
    const standing = await this.standings.take(tx);
    const member = await this.find(tx, { id });
    refuse(objectionToRemoval(standing, await this.target(tx, member), await this.ownersBesides(tx, member.userId)));
    await this.end(tx, member, reassignTo);
  }

  /** The member who asks leaves. @throws Refusal `last_owner` */
  async leave(tx: Tx): Promise<void> {
    const member = await this.find(tx, { userId: memberBehind(tx.actor) });
    await this.remove(tx, member.id, null);
  }

  /**
   * Hands the ownership to another member; who hands it on becomes an admin. Events `workspace.ownership_transferred`
   * and `member.role_changed`. Answers the new owner.
   * @throws Refusal `forbidden` unless the caller is an owner, `invalid_input` when it is no other member
   */
  async transferOwnership(tx: Tx, userId: string): Promise<Member> {
    const standing = await this.standings.take(tx);
    if (!standing.owner || standing.userId === null) {
      throw new Refusal('forbidden', { detail: 'Only an owner can hand the workspace on.' });
    }
    if (userId === standing.userId) throw invalid('userId', 'choose somebody else');
    const heir = await this.members.member(tx, { userId });
    if (!heir) throw invalid('userId', 'must be a member of the workspace');
    const before = await this.find(tx, { userId: standing.userId });
    const [owner, admin] = [await this.roles.builtIn(tx, 'owner'), await this.roles.builtIn(tx, 'admin')];
    tx.append({
      type: 'workspace.ownership_transferred',
      subject: { type: 'workspace', id: tx.workspaceId },
      about: [ref('workspace', tx.workspaceId), ref('user', before.userId), ref('user', userId)],
      data: { from: before.userId, to: userId },
    });
    const after = heir.roleId === owner.id ? heir : await this.put(tx, heir, owner.id);
    await this.put(tx, before, admin.id);
    return after;
  }

  /**
   * Ends all sessions of a member in this workspace. Events `session.ended`.
   * @throws Refusal `not_found`, `forbidden` for who may do more than the caller
   */
  async signOut(tx: Tx, id: string): Promise<void> {
    const { userId } = await this.mayTouch(tx, id);
    await this.sessions.endAll(tx, userId, 'revoked');
  }

  /** A member whom who acts may do something to. @throws Refusal `not_found`, `forbidden` for who may do more than they */
  async mayTouch(tx: Tx, id: string): Promise<Member> {
    const standing = await this.standings.take(tx);
    const member = await this.find(tx, { id });
    refuse(objectionToTouch(standing, await this.target(tx, member)));
    return member;
  }

  /** Whether `doerId` may now do something to a member, as `mayTouch` asks of who acts; nobody to who is none. */
  async mayBeTouched(tx: Tx, userId: string, doerId: string): Promise<boolean> {
    const standing = await this.standings.takeFor(tx, doerId);
    const member = await this.members.member(tx, { userId });
    return member !== undefined && objectionToTouch(standing, await this.target(tx, member)) === null;
  }

  private async put(tx: Tx, before: Member, roleId: string): Promise<Member> {
    await tx.query('UPDATE memberships SET role_id = $2 WHERE id = $1', [before.id, roleId]);
    const member = await this.find(tx, { id: before.id });
    tx.append({
      type: 'member.role_changed',
      subject: { type: 'user', id: member.userId },
      about: [ref('user', member.userId)],
      data: { member, from: before.role, to: member.role },
    });
    tx.afterCommit(() => this.directory.forgetAll());
    return member;
  }

  private async end(tx: Tx, member: Member, reassignTo: string | null): Promise<void> {
    const { id, userId, name } = member;
    if (reassignTo === userId) throw invalid('reassignTo', 'choose somebody who stays');
    if (reassignTo !== null && !(await this.members.isMember(tx, reassignTo))) {
      throw invalid('reassignTo', 'must be a member of the workspace');
    }
    await this.sessions.endAll(tx, userId, 'member_removed');
    await this.teams.takeOut(tx, userId);
    // What they are called and reach by later, elsewhere, is not this workspace's to learn.
    await tx.query(
      `UPDATE memberships m SET ended_at = $2, left_email = u.email, left_name = u.name
         FROM users u WHERE m.id = $1 AND u.id = m.user_id`,
      [id, tx.now],
    );
    tx.append({
      type: 'member.removed',
      subject: { type: 'user', id: userId },
      about: [ref('user', userId), ...(reassignTo === null ? [] : [ref('user', reassignTo)])],
      data: { memberId: id, userId, name, reassignedTo: reassignTo },
    });
    tx.afterCommit(() => this.directory.forgetAll());
  }

  private async find(tx: Tx, by: { id: string } | { userId: string }): Promise<Member> {
    const member = await this.members.member(tx, by);
    if (!member) throw new Refusal('not_found');
    return member;
  }

  private async target(tx: Tx, member: Member): Promise<Target> {
    const [role] = await tx.query<RoleRow>(`SELECT ${ROLE_COLUMNS} FROM roles r WHERE r.id = $1`, [member.roleId]);
    if (!role) throw new Refusal('not_found');
    return { ...shapeOf(role), userId: member.userId, owner: role.built_in === 'owner' };
  }

  private async ownersBesides(tx: Tx, userId: string): Promise<number> {
    const rows = await tx.query(
      `SELECT 1 FROM memberships m JOIN roles r ON r.id = m.role_id
        WHERE r.built_in = 'owner' AND m.ended_at IS NULL AND m.user_id <> $1`,
      [userId],
    );
    return rows.length;
  }
}

function refuse(objection: Objection | null): void {
  if (objection) throw new Refusal(objection.code, { detail: objection.detail });
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('invalid_input', { errors: [{ path, message }] });
}
