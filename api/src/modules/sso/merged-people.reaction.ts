import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../platform/work';
import { Identities } from './identities/identities.service';

/**
 * The identities of an account that went into another one end. They are the word of whoever runs a provider, which is no
 * way into an account that was proved by its address: the person links them there, once signed in.
 */
@Reaction('identities-of-merged-people')
@Injectable()
export class MergedPeopleReaction implements ReactsTo {
  readonly handles: readonly EventType[] = ['user.account_merged'];

  constructor(private readonly identities: Identities) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void> {
    for (const event of events) {
      if (event.type === 'user.account_merged') await this.identities.drop(tx, event.data.userId);
    }
  }
}
