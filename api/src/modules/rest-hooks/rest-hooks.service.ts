import { Injectable } from '@nestjs/common';
import { Refusal } from '../../platform/refusal';
import type { Tx } from '../../platform/work';
import { Webhooks } from '../webhooks';
import type { SubscribeDto, SubscriptionDto } from './rest-hooks.dto';

/**
 * Subscriptions are endpoints like all others, made by a program: what is delivered, signed, tried again and given up is
 * the endpoints' business. Beside each stands that it is one, and when it ends.
 */
@Injectable()
export class RestHooks {
  constructor(private readonly webhooks: Webhooks) {}

  /** Event `webhook.created`. @throws Refusal `invalid_input` for an end that is past; `quota_reached` */
  async subscribe(tx: Tx, { targetUrl, eventType, expiresAt }: SubscribeDto): Promise<SubscriptionDto> {
    const ends = expiresAt === undefined ? null : new Date(expiresAt);
    if (ends && ends <= tx.now) {
      throw new Refusal('invalid_input', { errors: [{ path: 'expiresAt', message: 'expiresAt must lie ahead' }] });
    }
    const description = 'REST hook (Zapier, n8n, Make)';
    // Nobody checks a signature here: the address is the secret, made for this one subscription by who receives.
    const { id } = await this.webhooks.create(
      tx,
      { url: targetUrl, eventTypes: [eventType], description },
      () => undefined,
    );
    await tx.query('INSERT INTO rest_hooks (workspace_id, webhook_id, expires_at) VALUES ($1, $2, $3)', [
      tx.workspaceId,
      id,
      ends,
    ]);
    return { id, targetUrl, eventType, ...(ends ? { expiration_date: ends.toISOString() } : {}) };
  }

  /** Ends a subscription, whoever made it. Event `webhook.deleted`. @throws Refusal `not_found` for any other endpoint */
  async unsubscribe(tx: Tx, id: string): Promise<void> {
    if (!(await this.isOne(tx, id))) throw new Refusal('not_found');
    await this.webhooks.delete(tx, id);
  }

  async isOne(tx: Tx, id: string): Promise<boolean> {
    return (await tx.query('SELECT 1 FROM rest_hooks WHERE webhook_id = $1', [id])).length > 0;
  }

  /** Takes out those that have ended. */
  async endExpired(tx: Tx): Promise<void> {
    const ended = await tx.query<{ webhook_id: string }>(
      'SELECT webhook_id FROM rest_hooks WHERE expires_at <= $1 ORDER BY webhook_id FOR UPDATE',
      [tx.now],
    );
    for (const { webhook_id: id } of ended) await this.webhooks.delete(tx, id);
  }
}
