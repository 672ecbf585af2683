import { Injectable } from '@nestjs/common';
import { DEFAULT_POLICIES, type Invitation, type WorkspacePolicies } from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { SystemDatabase } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx, Tx } from '../../../platform/work';
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

/** SQL for whether an invitation i can be used at $2: it is open, and nobody of its address has left since it was sent. */
const USABLE = `i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2 AND NOT EXISTS (
         SELECT 1 FROM memberships gone JOIN users leaver ON leaver.id = gone.user_id
          WHERE gone.workspace_id = i.workspace_id AND lower(coalesce(gone.left_email, leaver.email)) = lower(i.email)
            AND gone.ended_at >= i.sent_at)`;

/** What an invitation gives, and on whose word. */
export interface Given {
  id: string;
  roleId: string;
  teamIds: string[];
  /** Null for what Threadline itself has sent. */
  inviterId: string | null;
}

const GIVEN = 'i.id, i.role_id AS "roleId", i.team_ids AS "teamIds", i.invited_by AS "inviterId"';

/** An invitation as its token opens it. */
export interface OpenedInvitation extends Given {
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
    const [row] = await this.database.query<
      Given & {
        workspace_id: string;
        workspace_name: string;
        email: string;
        role: string;
        invited_by: string | null;
        expires_at: Date;
        proves_address: boolean;
        policies: Partial<WorkspacePolicies>;
      }
    >(
      `SELECT ${GIVEN}, i.workspace_id, w.name AS workspace_name, i.email, coalesce(r.built_in, r.name) AS role,
              u.name AS invited_by, i.expires_at, i.proves_address, w.policies
         FROM invitations i
         JOIN workspaces w ON w.workspace_id = i.workspace_id
         JOIN roles r ON r.workspace_id = i.workspace_id AND r.id = i.role_id
         LEFT JOIN workspace_people u ON u.workspace_id = i.workspace_id AND u.user_id = i.invited_by
        WHERE i.token_hash = $1 AND ${USABLE}`,
      [hashOfToken(token), this.clock.now()],
    );
    if (!row) throw new Refusal('invalid_token');
    return {
      id: row.id,
      roleId: row.roleId,
      teamIds: row.teamIds,
      inviterId: row.inviterId,
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

  /** Marks the invitation of a token as accepted; undefined when it cannot be used. */
  async use(tx: Tx, token: string): Promise<Given | undefined> {
    const [used] = await tx.query<Given>(
      `WITH used AS (
         UPDATE invitations i SET accepted_at = $2 WHERE i.token_hash = $1 AND ${USABLE} RETURNING ${GIVEN}
       ) SELECT * FROM used`,
      [hashOfToken(token), tx.now],
    );
    return used;
  }

  /** Those that could be accepted by now if their inviters may still give what they do. */
  async open(tx: Tx): Promise<Given[]> {
    return tx.query<Given>(
      `SELECT ${GIVEN} FROM invitations i
        WHERE i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $1 ORDER BY i.id`,
      [tx.now],
    );
  }

  /** The open ones to an address, or by somebody, that were last sent before a moment. */
  async sentBefore(tx: Tx, moment: string, by: { email: string } | { userId: string }): Promise<string[]> {
    const [condition, value] =
      'email' in by
        ? ['lower(i.email) = lower($3)', by.email]
        : ['(i.invited_by = $3 OR lower(i.email) = (SELECT lower(u.email) FROM users u WHERE u.id = $3))', by.userId];
    const rows = await tx.query<{ id: string }>(
      `SELECT i.id FROM invitations i
        WHERE i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $1 AND i.sent_at <= $2 AND ${condition}
        ORDER BY i.id`,
      [tx.now, moment, value],
    );
    return rows.map(({ id }) => id);
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
