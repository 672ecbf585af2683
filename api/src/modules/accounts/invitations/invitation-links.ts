import { Injectable } from '@nestjs/common';
import type { Invitation } from '@threadline/contracts';
import { systemActor } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { Standings } from '../../people';
import { InvitationsQueries, type OpenedInvitation } from './invitations.queries';
import { Inviters } from './inviters';

/**
 * The links of invitations. One works while who sent it could still invite like that, and until somebody of its address
 * leaves: who was taken out does not come back by what was sent before.
 */
@Injectable()
export class InvitationLinks {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: InvitationsQueries,
    private readonly inviters: Inviters,
    private readonly standings: Standings,
  ) {}

  /** The invitation that a link is to. @throws Refusal `invalid_token`, whatever is wrong with it */
  async opened(token: string): Promise<OpenedInvitation> {
    const invitation = await this.queries.opened(token);
    const works = await this.work.read(systemActor(invitation.workspaceId, 'invitations'), (tx) =>
      this.inviters.couldStill(tx, invitation),
    );
    if (!works) throw new Refusal('invalid_token');
    return invitation;
  }

  /** Uses it up, in turn with what changes its inviter. @throws Refusal `invalid_token` */
  async use(tx: Tx, token: string): Promise<Invitation> {
    await this.standings.takeTurn(tx);
    const used = await this.queries.use(tx, token);
    if (!used || !(await this.inviters.couldStill(tx, used))) throw new Refusal('invalid_token');
    return this.queries.one(tx, used.id);
  }
}
