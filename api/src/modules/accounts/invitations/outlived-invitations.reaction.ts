import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../../platform/work';
import { Standings } from '../../people';
import { InvitationsQueries } from './invitations.queries';
import { InvitationsService } from './invitations.service';
import { Inviters } from './inviters';

/**
 * Ends invitations whose links no longer work, so that nobody waits for them: of inviters who have left or may not invite
 * like that any longer, and to addresses whose people came in another way or have left. They stay ended, whoever comes
 * back.
 */
@Reaction('outlived-invitations')
@Injectable()
export class OutlivedInvitationsReaction implements ReactsTo {
  readonly handles: readonly EventType[] = [
    'member.joined',
    'member.removed',
    'member.role_changed',
    'role.updated',
    'team.updated',
  ];

  constructor(
    private readonly invitations: InvitationsService,
    private readonly queries: InvitationsQueries,
    private readonly inviters: Inviters,
    private readonly standings: Standings,
  ) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void> {
    await this.standings.takeTurn(tx);
    for (const event of events) {
      if (event.type === 'member.joined') await this.endSent(tx, event, { email: event.data.member.email });
      if (event.type === 'member.removed') await this.endSent(tx, event, { userId: event.data.userId });
    }
    for (const given of await this.queries.open(tx)) {
      if (!(await this.inviters.couldStill(tx, given))) await this.invitations.end(tx, given.id);
    }
  }

  private async endSent(tx: Tx, { occurredAt }: Envelope, by: { email: string } | { userId: string }): Promise<void> {
    for (const id of await this.queries.sentBefore(tx, occurredAt, by)) await this.invitations.end(tx, id);
  }
}
