import { Injectable } from '@nestjs/common';
import { ref, type Team } from '@threadline/contracts';
import { v7 } from 'uuid';
import { isDuplicate, isReferredTo } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import type { Tx } from '../../../platform/work';
import { SessionDirectory } from '../../auth';
import { difference, idsOf } from './team.rules';
import { TeamsQueries } from './teams.queries';

/** Commands on teams. Events about a team are about the people who come to it and go from it, too. */
@Injectable()
export class TeamsService {
  constructor(
    private readonly queries: TeamsQueries,
    private readonly directory: SessionDirectory,
  ) {}

  /** Event `team.created`. @throws Refusal `duplicate` (the name), `invalid_input` when somebody is not a member */
  async create(tx: Tx, input: { name: string; memberIds?: readonly string[] }): Promise<Team> {
    const memberIds = idsOf(input.memberIds ?? []);
    await this.refuseStrangers(tx, memberIds);
    const team: Team = { id: v7(), name: input.name, memberIds, createdAt: tx.now.toISOString() };
    await this.write(tx, team, 'INSERT INTO teams (workspace_id, id, name, created_at) VALUES ($3, $1, $2, $4)', [
      tx.workspaceId,
      tx.now,
    ]);
    await this.move(tx, team.id, { come: memberIds, go: [] });
    tx.append({ type: 'team.created', ...about(team.id, memberIds), data: { team } });
    return team;
  }

  /**
   * Changes the given fields and leaves the others. Event `team.updated`; none when everything is so already.
   * @throws Refusal `not_found`, `duplicate`, `invalid_input`
   */
  async change(tx: Tx, id: string, wanted: { name?: string; memberIds?: readonly string[] }): Promise<Team> {
    await tx.query('SELECT 1 FROM teams WHERE id = $1 FOR UPDATE', [id]);
    const before = await this.queries.one(tx, id);
    const after: Team = {
      ...before,
      name: wanted.name ?? before.name,
      memberIds: wanted.memberIds ? idsOf(wanted.memberIds) : before.memberIds,
    };
    const moves = difference(before.memberIds, after.memberIds);
    await this.refuseStrangers(tx, moves.come);
    if (before.name === after.name && moves.come.length + moves.go.length === 0) return before;
    await this.write(tx, after, 'UPDATE teams SET name = $2 WHERE id = $1');
    await this.move(tx, id, moves);
    tx.append({
      type: 'team.updated',
      ...about(id, [...moves.come, ...moves.go]),
      data: { team: after },
      before: { name: before.name, memberIds: before.memberIds },
    });
    return after;
  }

  /** Event `team.deleted`. @throws Refusal `not_found`, `conflict` while something is assigned to it or a directory keeps it */
  async delete(tx: Tx, id: string): Promise<void> {
    await tx.query('SELECT 1 FROM teams WHERE id = $1 FOR UPDATE', [id]);
    const team = await this.queries.one(tx, id);
    try {
      await tx.query('DELETE FROM teams WHERE id = $1', [id]);
    } catch (error) {
      if (!isReferredTo(error)) throw error;
      throw new Refusal('conflict', { detail: 'Something is still assigned to this team, or a directory keeps it.' });
    }
    tx.append({ type: 'team.deleted', ...about(id, team.memberIds), data: { teamId: id, name: team.name } });
    tx.afterCommit(() => this.directory.forgetAll());
  }

  /** Takes somebody out of all their teams. Events `team.updated`. */
  async takeOut(tx: Tx, userId: string): Promise<void> {
    for (const { id } of await this.queries.ofMember(tx, userId)) {
      await tx.query('SELECT 1 FROM teams WHERE id = $1 FOR UPDATE', [id]);
      const { memberIds } = await this.queries.one(tx, id);
      await this.change(tx, id, { memberIds: memberIds.filter((each) => each !== userId) });
    }
  }

  private async refuseStrangers(tx: Tx, userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    // Locked, so that nobody who is being removed is put into a team at the same moment.
    const members = await tx.query<{ user_id: string }>(
      'SELECT user_id FROM memberships WHERE user_id = ANY ($1) AND ended_at IS NULL ORDER BY id FOR SHARE',
      [userIds],
    );
    if (members.length === userIds.length) return;
    const known = new Set(members.map(({ user_id: userId }) => userId));
    const errors = userIds
      .filter((userId) => !known.has(userId))
      .map((userId) => ({ path: 'memberIds', message: `${userId} is not a member of the workspace` }));
    throw new Refusal('invalid_input', { errors });
  }

  private async move(tx: Tx, id: string, { come, go }: { come: string[]; go: string[] }): Promise<void> {
    if (come.length + go.length === 0) return;
    await tx.query(
      `INSERT INTO team_members (workspace_id, team_id, user_id) SELECT $1, $2, unnest($3::uuid[])
       ON CONFLICT DO NOTHING`,
      [tx.workspaceId, id, come],
    );
    await tx.query('DELETE FROM team_members WHERE team_id = $1 AND user_id = ANY ($2)', [id, go]);
    tx.afterCommit(() => this.directory.forgetAll());
  }

  private async write(tx: Tx, team: Team, sql: string, rest: readonly unknown[] = []): Promise<void> {
    try {
      await tx.query(sql, [team.id, team.name, ...rest]);
    } catch (error) {
      if (!isDuplicate(error, 'teams_name')) throw error;
      throw new Refusal('duplicate', {
        detail: `There is a team called ${team.name} already.`,
        errors: [{ path: 'name', message: 'belongs to another team' }],
      });
    }
  }
}

function about(id: string, userIds: readonly string[]) {
  const people = userIds.map((userId) => ref('user', userId));
  return { subject: { type: 'team' as const, id }, about: [ref('team', id), ...people] };
}
