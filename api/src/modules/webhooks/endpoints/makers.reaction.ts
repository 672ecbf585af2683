import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../../platform/work';
import { Webhooks } from './webhooks.service';

/** Nothing is delivered to an endpoint of somebody who has left; a colleague can switch it on with rights of their own. */
@Reaction('webhook makers')
@Injectable()
export class WebhookMakersReaction implements ReactsTo {
  readonly handles: readonly EventType[] = ['member.removed'];

  constructor(private readonly webhooks: Webhooks) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void> {
    for (const event of events) {
      if (event.type === 'member.removed') await this.webhooks.disableAllOf(tx, event.data.userId);
    }
  }
}
