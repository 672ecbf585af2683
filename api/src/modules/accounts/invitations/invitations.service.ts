import { Injectable } from '@nestjs/common';
import { DEFAULT_POLICIES, type EventType, type Invitation, ref, type WorkspacePolicies } from '@threadline/contracts';
import { v7 } from 'uuid';
import { Config } from '../../../platform/config';
import { Refusal } from '../../../platform/refusal';
import type { Actor } from '../../../platform/access';
import type { ReadTx, Tx } from '../../../platform/work';
import { AccountMails } from '../../account-mail';
import { type Standing, Standings } from '../../people';
import { hashOfToken, newToken } from '../account-links';
import { LetterLimits } from '../letter-limits';
import { domainAllowed, INVITATION_LASTS_MS } from './invitation.rules';
import { InvitationsQueries } from './invitations.queries';
import { Inviters } from './inviters';

export interface Inviting {
  email: string;
  roleId: string;
  teamIds?: readonly string[];
}

type Happening = Extract<EventType, 'invitation.created' | 'invitation.resent' | 'invitation.revoked'>;

/** Asking people in. Nobody gives a role that reaches further than their own. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly queries: InvitationsQueries,
    private readonly inviters: Inviters,
    private readonly standings: Standings,
    private readonly mails: AccountMails,
    private readonly config: Config,
    private readonly limits: LetterLimits,
  ) {}

  /** Before each mail, and outside of the unit of work. @throws Refusal `too_many_requests` */
  admit(actor: Actor, email: string): Promise<void> {
    return this.limits.admit(actor.userId, email);
  }

  /**
   * Invites an address by mail; one that has an open invitation gets a new one in its place.
   * Event `invitation.created`, or `invitation.resent` for an address that had been invited.
   * @throws Refusal `already_member`, `domain_not_allowed`, `forbidden`, `invalid_input`
   */
  async invite(tx: Tx, { email, roleId, teamIds = [] }: Inviting): Promise<Invitation> {
    const standing = await this.standings.take(tx);
    const roleName = await this.givable(tx, roleId, standing);
    await this.refuseStrangeTeams(tx, teamIds);
    await this.refuseTeamsBeyond(tx, teamIds, standing);
    if (!domainAllowed(email, (await this.workspace(tx)).policies.allowedEmailDomains)) {
      throw new Refusal('domain_not_allowed');
    }
    const [member] = await tx.query(
      `SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id WHERE lower(u.email) = lower($1) AND m.ended_at IS NULL`,
      [email],
    );
    if (member) throw new Refusal('already_member');
    const [pending] = await tx.query<{ id: string; role_id: string }>(
      `SELECT id, role_id FROM invitations WHERE lower(email) = lower($1) AND accepted_at IS NULL AND revoked_at IS NULL
          FOR UPDATE`,
      [email],
    );
    if (pending) {
      await this.givable(tx, pending.role_id, standing);
      await tx.query('UPDATE invitations SET role_id = $2, role_name = $3, team_ids = $4 WHERE id = $1', [
        pending.id,
        roleId,
        roleName,
        teamIds,
      ]);
      return this.send(tx, pending.id, standing, 'invitation.resent');
    }
    const id = v7();
    await tx.query(
      `INSERT INTO invitations (workspace_id, id, email, role_id, role_name, team_ids, token_hash, created_at, sent_at,
                                expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, '', $7, $7, $7)`,
      [tx.workspaceId, id, email, roleId, roleName, teamIds, tx.now],
    );
    return this.send(tx, id, standing, 'invitation.created');
  }

  /**
   * Mails it again, with a new link; the earlier one stops working. From then on it is the sender's, and holds while they
   * may invite like that. Event `invitation.resent`.
   * @throws Refusal `not_found`, `wrong_state`, `forbidden`
   */
  async resend(tx: Tx, id: string): Promise<Invitation> {
    const { standing, invitation } = await this.open(tx, id);
    await this.refuseTeamsBeyond(tx, invitation.teamIds, standing);
    return this.send(tx, id, standing, 'invitation.resent');
  }

  /** Takes it back: its link stops working. @throws Refusal `not_found`, `wrong_state`, `forbidden` */
  async revoke(tx: Tx, id: string): Promise<void> {
    await this.open(tx, id);
    await this.end(tx, id);
  }

  /** Ends an open invitation, whoever acts: its link stops working. Event `invitation.revoked`. */
  async end(tx: Tx, id: string): Promise<void> {
    await tx.query('UPDATE invitations SET revoked_at = $2 WHERE id = $1', [id, tx.now]);
    this.append(tx, 'invitation.revoked', await this.queries.one(tx, id));
  }

  /** Locks an invitation that can still be changed, by somebody who could have made it. */
  private async open(tx: Tx, id: string): Promise<{ standing: Standing; invitation: Invitation }> {
    const standing = await this.standings.take(tx);
    await tx.query('SELECT 1 FROM invitations WHERE id = $1 FOR UPDATE', [id]);
    const invitation = await this.queries.one(tx, id);
    const { status, roleId } = invitation;
    if (status === 'accepted' || status === 'revoked') {
      throw new Refusal('wrong_state', { detail: `This invitation was ${status} already.` });
    }
    await this.givable(tx, roleId, standing);
    return { standing, invitation };
  }

  private async send(tx: Tx, id: string, { userId }: Standing, type: Happening): Promise<Invitation> {
    const token = newToken();
    const expiresAt = new Date(tx.now.getTime() + INVITATION_LASTS_MS);
    await tx.query(
      `UPDATE invitations SET token_hash = $2, sent_at = $3, expires_at = $4, proves_address = $5, invited_by = $6
        WHERE id = $1`,
      [id, hashOfToken(token), tx.now, expiresAt, this.config.mailProves, userId],
    );
    const invitation = await this.queries.one(tx, id);
    const { name } = await this.workspace(tx);
    await this.mails.queue(
      tx,
      { email: invitation.email, name: '' },
      {
        kind: 'invitation',
        token,
        expiresAt,
        workspace: name,
        invitedBy: tx.actor.name ?? invitation.invitedBy?.name ?? name,
        role: invitation.role,
      },
      // Who looks after the workspace shall not become an owner by it; whoever invites could have given the role anyway.
      { addresseeOnly: invitation.role === 'owner', userId: tx.actor.userId },
    );
    this.append(tx, type, invitation);
    return invitation;
  }

  private append(tx: Tx, type: Happening, invitation: Invitation): void {
    tx.append({
      type,
      subject: { type: 'invitation', id: invitation.id },
      about: [ref('invitation', invitation.id)],
      data: { invitation },
    });
  }

  /** The name of a role that the inviter may give. @throws Refusal `invalid_input`, `forbidden` */
  private async givable(tx: ReadTx, roleId: string, standing: Standing): Promise<string> {
    const role = await this.inviters.role(tx, roleId, standing);
    if (!role) throw invalid('roleId', 'there is no such role');
    if (role.objection !== null) throw new Refusal('forbidden', { detail: role.objection });
    return role.name;
  }

  private async refuseStrangeTeams(tx: ReadTx, teamIds: readonly string[]): Promise<void> {
    const known = await tx.query('SELECT id FROM teams WHERE id = ANY ($1)', [teamIds]);
    if (known.length < new Set(teamIds).size) throw invalid('teamIds', 'there is no such team');
  }

  private async refuseTeamsBeyond(tx: ReadTx, teamIds: readonly string[], standing: Standing): Promise<void> {
    if (await this.inviters.mayGiveTeams(tx, teamIds, standing)) return;
    throw new Refusal('forbidden', {
      detail: 'Without the right to change teams you invite to teams of your own only.',
    });
  }

  private async workspace(tx: ReadTx): Promise<{ name: string; policies: WorkspacePolicies }> {
    const [row] = await tx.query<{ name: string; policies: Partial<WorkspacePolicies> }>(
      'SELECT name, policies FROM workspaces',
    );
    if (!row) throw new Refusal('not_found');
    return { name: row.name, policies: { ...DEFAULT_POLICIES, ...row.policies } };
  }
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('invalid_input', { errors: [{ path, message }] });
}
