import { Injectable } from '@nestjs/common';
import { type BuiltInRole, DEFAULT_POLICIES, type Invitation, type WorkspacePolicies } from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { SystemDatabase } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx } from '../../../platform/work';
import { hashOfToken } from '../account-links';
import { invitationStatus } from './invitation.rules';

interface Row {
  id: string;
  email: string;
  role_id: string;
  role: string;
  team_ids: string[];
  inviter_id: string | null;
  inviter_name: string | null;
  created_at: Date;
  sent_at: Date;
  expires_at: Date;
  accepted_at: Date | null;
  revoked_at: Date | null;
}

const SELECT = `
  SELECT i.id, i.email, i.role_id, coalesce(r.built_in, r.name, i.role_name) AS role, i.team_ids,
         u.user_id AS inviter_id, u.name AS inviter_name, i.created_at, i.sent_at, i.expires_at, i.accepted_at, i.revoked_at
    FROM invitations i
    LEFT JOIN roles r ON r.id = i.role_id
    LEFT JOIN workspace_people u ON u.workspace_id = i.workspace_id AND u.user_id = i.invited_by`;

/** Ended invitations are shown for so long. */
const SHOWN_DAYS = 30;

/** An invitation as its token opens it. */
export interface OpenedInvitation {
  id: string;
  workspaceId: string;
  workspaceName: string;
  email: string;
  role: string;
  invitedBy: string | null;
  expiresAt: Date;
  /** Whether having its link shows that one has the address. */
  provesAddress: boolean;
  policies: WorkspacePolicies;
}

@Injectable()
export class InvitationsQueries {
  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
  ) {}

  /** The open ones first, then those that ended within the last month; each newest first. */
  async list(tx: ReadTx): Promise<Invitation[]> {
    const rows = await tx.query<Row>(
      `${SELECT}
        WHERE coalesce(i.accepted_at, i.revoked_at) IS NULL OR coalesce(i.accepted_at, i.revoked_at) > $1
        ORDER BY coalesce(i.accepted_at, i.revoked_at) IS NOT NULL, i.sent_at DESC, i.id DESC LIMIT 500`,
      [new Date(this.clock.millis() - SHOWN_DAYS * 86_400_000)],
    );
    return rows.map((row) => this.invitationOf(row));
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<Invitation> {
    const [row] = await tx.query<Row>(`${SELECT} WHERE i.id = $1`, [id]);
    if (!row) throw new Refusal('not_found');
    return this.invitationOf(row);
  }

  /** The invitation a token opens. @throws Refusal `invalid_token`, whatever is wrong with it */
  async opened(token: string): Promise<OpenedInvitation> {
    const [row] = await this.database.query<{
      id: string;
      workspace_id: string;
      workspace_name: string;
      email: string;
      role: string;
      invited_by: string | null;
      expires_at: Date;
      proves_address: boolean;
      policies: Partial<WorkspacePolicies>;
    }>(
      `SELECT i.id, i.workspace_id, w.name AS workspace_name, i.email, coalesce(r.built_in, r.name) AS role,
              u.name AS invited_by, i.expires_at, i.proves_address, w.policies
         FROM invitations i
         JOIN workspaces w ON w.workspace_id = i.workspace_id
         JOIN roles r ON r.workspace_id = i.workspace_id AND r.id = i.role_id
         LEFT JOIN workspace_people u ON u.workspace_id = i.workspace_id AND u.user_id = i.invited_by
        WHERE i.token_hash = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2`,
      [hashOfToken(token), this.clock.now()],
    );
    if (!row) throw new Refusal('invalid_token');
    return {
      id: row.id,
      workspaceId: row.workspace_id,
      workspaceName: row.workspace_name,
      email: row.email,
      role: row.role,
      invitedBy: row.invited_by,
      expiresAt: row.expires_at,
      provesAddress: row.proves_address,
      policies: { ...DEFAULT_POLICIES, ...row.policies },
    };
  }

  /** What an inviter has to be able to give: the role as it is now. Undefined when there is none of that id. */
  async role(tx: ReadTx, id: string) {
    const [row] = await tx.query<{ built_in: BuiltInRole | null; name: string }>(
      'SELECT built_in, coalesce(built_in, name) AS name FROM roles WHERE id = $1',
      [id],
    );
    return row && { owner: row.built_in === 'owner', name: row.name };
  }

  private invitationOf(row: Row): Invitation {
    return {
      id: row.id,
      email: row.email,
      roleId: row.role_id,
      role: row.role,
      teamIds: row.team_ids,
      status: invitationStatus(
        { acceptedAt: row.accepted_at, revokedAt: row.revoked_at, expiresAt: row.expires_at },
        this.clock.now(),
      ),
      invitedBy: row.inviter_id === null ? null : { id: row.inviter_id, name: row.inviter_name ?? '' },
      createdAt: row.created_at.toISOString(),
      sentAt: row.sent_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
    };
  }
}
