import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../platform/work';
import { Identities } from './identities/identities.service';

/** Whose account went into another one signs in there from then on. */
@Reaction('identities-of-merged-people')
@Injectable()
export class MergedPeopleReaction implements ReactsTo {
  readonly handles: readonly EventType[] = ['user.account_merged'];

  constructor(private readonly identities: Identities) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void> {
    for (const event of events) {
      if (event.type === 'user.account_merged') await this.identities.move(tx, event.data.userId, event.data.into);
    }
  }
}
