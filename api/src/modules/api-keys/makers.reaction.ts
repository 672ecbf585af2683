import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../platform/work';
import { ApiKeys } from './api-keys.service';

/** Whoever leaves takes their keys along: those stopped working with the membership, and stay revoked if it begins again. */
@Reaction('api keys')
@Injectable()
export class MakersReaction implements ReactsTo {
  readonly handles: readonly EventType[] = ['member.removed'];

  constructor(private readonly keys: ApiKeys) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void> {
    for (const event of events) {
      if (event.type === 'member.removed') await this.keys.revokeAllOf(tx, event.data.userId);
    }
  }
}
