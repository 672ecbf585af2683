import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../platform/work';
import { ScimGroups } from './resources/scim-groups.service';
import { ScimUsers } from './resources/scim-users.service';

/** Whose account went into another one is, to the directory, that other one from then on. */
@Reaction('scim-of-merged-people')
@Injectable()
export class MergedPeopleReaction implements ReactsTo {
  readonly handles: readonly EventType[] = ['user.account_merged'];

  constructor(
    private readonly users: ScimUsers,
    private readonly groups: ScimGroups,
  ) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void> {
    for (const event of events) {
      if (event.type !== 'user.account_merged') continue;
      await this.users.merge(tx, event.data.userId, event.data.into);
      await this.groups.merge(tx, event.data.userId, event.data.into);
    }
  }
}
