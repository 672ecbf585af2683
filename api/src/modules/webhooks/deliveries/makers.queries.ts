import { Injectable } from '@nestjs/common';
import {
  type BuiltInRole,
  DEFAULT_POLICIES,
  type Permission,
  ROLE_PERMISSIONS,
  type Scope,
  type WorkspacePolicies,
} from '@threadline/contracts';
import type { Actor } from '../../../platform/access';
import type { ReadTx } from '../../../platform/work';

interface MakerRow {
  user_id: string;
  second_factor: boolean;
  built_in: BuiltInRole | null;
  permissions: Permission[];
  lead_scope: Scope;
  conversation_scope: Scope;
  team_ids: string[];
  policies: Partial<WorkspacePolicies>;
}

/** What the makers of endpoints may do now. */
@Injectable()
export class MakersQueries {
  /** By user id; who has left, or still has to add a second factor, is not among them. */
  async rights(tx: ReadTx, userIds: readonly string[]): Promise<Map<string, Actor>> {
    const rows = await tx.query<MakerRow>(
      `SELECT m.user_id, u.second_factor, r.built_in, r.permissions, r.lead_scope, r.conversation_scope, w.policies,
              ARRAY(SELECT t.team_id FROM team_members t WHERE t.user_id = m.user_id) AS team_ids
         FROM memberships m
         JOIN roles r ON r.workspace_id = m.workspace_id AND r.id = m.role_id
         JOIN users u ON u.id = m.user_id
         JOIN workspaces w ON w.workspace_id = m.workspace_id
        WHERE m.user_id = ANY ($1) AND m.ended_at IS NULL`,
      [[...new Set(userIds)]],
    );
    const able = rows.filter((row) => {
      const { secondFactorRequired } = { ...DEFAULT_POLICIES, ...row.policies };
      return !secondFactorRequired || row.second_factor;
    });
    return new Map(able.map((row) => [row.user_id, actorOf(tx.workspaceId, row)]));
  }
}

function actorOf(workspaceId: string, row: MakerRow): Actor {
  return {
    type: 'user',
    id: row.user_id,
    userId: row.user_id,
    workspaceId,
    credential: null,
    teamIds: row.team_ids,
    scopes: { leads: row.lead_scope, conversations: row.conversation_scope },
    permissions: new Set(row.built_in ? ROLE_PERMISSIONS[row.built_in] : row.permissions),
  };
}
