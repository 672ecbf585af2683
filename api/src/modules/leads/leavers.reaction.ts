import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../platform/work';
import { MembersQueries } from '../auth';
import { LeadsService } from './leads.service';

/** So many leads change hands in one transaction. */
const CHUNK = 200;

/** Who is removed owns nothing any longer: their leads go to whom the removal named, or to nobody. */
@Reaction('leads-of-leavers')
@Injectable()
export class LeadsOfLeavers implements ReactsTo {
  readonly handles: readonly EventType[] = ['member.removed'];

  constructor(
    private readonly leads: LeadsService,
    private readonly members: MembersQueries,
  ) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void | 'again'> {
    for (const event of events) {
      if (event.type !== 'member.removed') continue;
      const { userId, reassignedTo } = event.data;
      // Who has come back since keeps what is theirs now.
      if (await this.members.isMember(tx, userId)) continue;
      const left = await tx.query<{ id: string }>(
        'SELECT id FROM leads WHERE owner_id = $1 AND deleted_at IS NULL ORDER BY id LIMIT $2',
        [userId, CHUNK],
      );
      const stays = reassignedTo !== null && (await this.members.isMember(tx, reassignedTo));
      for (const { id } of left) await this.leads.change(tx, id, { ownerId: stays ? reassignedTo : null });
      if (left.length === CHUNK) return 'again';
    }
  }
}
