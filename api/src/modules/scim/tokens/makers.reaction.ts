import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../../platform/work';
import { ScimTokens } from './scim-tokens.service';

/** Whoever leaves takes their tokens along: those stopped working with the membership, and stay revoked if it begins again. */
@Reaction('SCIM tokens')
@Injectable()
export class ScimMakersReaction implements ReactsTo {
  readonly handles: readonly EventType[] = ['member.removed'];

  constructor(private readonly tokens: ScimTokens) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void> {
    for (const event of events) {
      if (event.type === 'member.removed') await this.tokens.revokeAllOf(tx, event.data.userId);
    }
  }
}
