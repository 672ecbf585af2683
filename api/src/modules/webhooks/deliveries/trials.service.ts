import { Injectable } from '@nestjs/common';
import type { Envelope, WebhookTest } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Actor, eventActor } from '../../../platform/access';
import { Clock } from '../../../platform/clock';
import { Refusal } from '../../../platform/refusal';
import { UnitOfWork } from '../../../platform/work';
import { about, WebhooksQueries } from '../endpoints';
import { DeliveryLedger } from './delivery.ledger';
import { DeliverySender } from './delivery.sender';
import { Payloads } from './payloads';

/** Sends a test event at once, past the ledger. */
@Injectable()
export class Trials {
  constructor(
    private readonly work: UnitOfWork,
    private readonly webhooks: WebhooksQueries,
    private readonly payloads: Payloads,
    private readonly ledger: DeliveryLedger,
    private readonly sender: DeliverySender,
    private readonly clock: Clock,
  ) {}

  /**
   * A `webhook.created` of the endpoint itself with `seq` 0, signed and sent like every other event, also while it is
   * disabled. Answers what the receiver said; the history and the endpoint's health do not count it. Noted when it was
   * sent, so that an Idempotency-Key answers all of it again.
   * @throws Refusal `not_found`
   */
  async send(actor: Actor, id: string): Promise<WebhookTest> {
    const { event, payload } = await this.work.read(actor, async (tx) => {
      const webhook = await this.webhooks.one(tx, id);
      const event: Envelope = {
        id: v7(),
        seq: 0,
        type: 'webhook.created',
        workspaceId: tx.workspaceId,
        occurredAt: this.clock.now().toISOString(),
        actor: eventActor(actor),
        ...about(webhook),
        data: { webhook },
      };
      return { event, payload: await this.payloads.make(tx, webhook.kind, event) };
    });
    const endpoint = (await this.ledger.endpoints([id])).get(id);
    if (!endpoint || endpoint.workspaceId !== actor.workspaceId) throw new Refusal('not_found');
    const { attempt } = await this.sender.attempt(endpoint, { id: event.id, body: payload });
    return this.work.run(actor, async (tx) => {
      tx.note({ action: 'webhook.tested', outcome: 'allowed', targets: [`webhook:${id}`] });
      return { eventId: event.id, delivered: attempt.error === undefined, payload, ...attempt };
    });
  }
}
