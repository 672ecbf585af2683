import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../platform/work';
import { RestHooks } from './rest-hooks.service';

/** A receiver that answers 410 has unsubscribed: Zapier says so for Zaps whose end it could not tell otherwise. */
@Reaction('rest hooks')
@Injectable()
export class GoneHooksReaction implements ReactsTo {
  readonly handles: readonly EventType[] = ['webhook.disabled'];

  constructor(private readonly hooks: RestHooks) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void> {
    for (const event of events) {
      if (event.type !== 'webhook.disabled' || event.data.reason !== 'gone') continue;
      const { id } = event.data.webhook;
      if (await this.hooks.isOne(tx, id)) await this.hooks.unsubscribe(tx, id);
    }
  }
}
