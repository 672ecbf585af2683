import { Injectable } from '@nestjs/common';
import { type DisabledReason, ref, type Webhook } from '@threadline/contracts';
import type { Tx } from '../../../platform/work';
import { type AccountNotice, AccountMails } from '../../account-mail';
import { WebhooksQueries } from './webhooks.queries';

interface Reader {
  email: string;
  name: string;
  workspace: string;
}

/** What becomes of an endpoint by what its receiver answers: failing, well again, disabled. Each is told once. */
@Injectable()
export class EndpointStates {
  constructor(
    private readonly queries: WebhooksQueries,
    private readonly mails: AccountMails,
  ) {}

  /**
   * Ends deliveries to an endpoint; what waits is cancelled, and can be replayed. Event `webhook.disabled`; its maker and
   * the owners get a mail, unless they did it themselves. Disabling twice is no error: answers whether it was enabled.
   */
  async disable(tx: Tx, id: string, reason: DisabledReason): Promise<boolean> {
    const [done] = await tx.query<{ id: string }>(
      `WITH done AS (UPDATE webhooks SET disabled_at = $2, disabled_reason = $3, updated_at = $2
                      WHERE id = $1 AND disabled_at IS NULL RETURNING id)
       SELECT id FROM done`,
      [id, tx.now, reason],
    );
    if (!done) return false;
    // The claim stays: an answer to what is under way is written down still.
    await tx.query(
      `UPDATE webhook_deliveries SET status = 'cancelled', next_at = NULL, finished_at = $2
        WHERE webhook_id = $1 AND status = 'pending'`,
      [id, tx.now],
    );
    const webhook = await this.queries.one(tx, id);
    tx.append({ type: 'webhook.disabled', ...about(webhook), data: { webhook, reason }, before: { enabled: true } });
    if (reason !== 'switched_off') await this.tell(tx, webhook, { kind: 'webhook_disabled', url: webhook.url, reason });
    return true;
  }

  /** A delivery has failed for the fourth time. Event `webhook.failing`, and a mail; once until it is well again. */
  async failing(tx: Tx, id: string, { deliveryId, error }: { deliveryId: string; error: string }): Promise<void> {
    const [told] = await tx.query<{ id: string }>(
      `WITH told AS (UPDATE webhooks SET told_failing_at = $2
                      WHERE id = $1 AND told_failing_at IS NULL AND disabled_at IS NULL RETURNING id)
       SELECT id FROM told`,
      [id, tx.now],
    );
    if (!told) return;
    const webhook = await this.queries.one(tx, id);
    const { url } = webhook;
    tx.append({ type: 'webhook.failing', ...about(webhook), data: { webhookId: id, url, deliveryId, error } });
    await this.tell(tx, webhook, { kind: 'webhook_failing', url, error });
  }

  /** It took a delivery after all had heard that it fails. Event `webhook.recovered`, and a mail. */
  async recovered(tx: Tx, id: string): Promise<void> {
    const [told] = await tx.query<{ id: string }>(
      `WITH told AS (UPDATE webhooks SET told_failing_at = NULL WHERE id = $1 AND told_failing_at IS NOT NULL RETURNING id)
       SELECT id FROM told`,
      [id],
    );
    if (!told) return;
    const webhook = await this.queries.one(tx, id);
    tx.append({ type: 'webhook.recovered', ...about(webhook), data: { webhookId: id, url: webhook.url } });
    await this.tell(tx, webhook, { kind: 'webhook_recovered', url: webhook.url });
  }

  private async tell(tx: Tx, webhook: Webhook, notice: EndpointNotice): Promise<void> {
    const readers = await tx.query<Reader>(
      `SELECT u.email, u.name, s.name AS workspace
         FROM memberships m
         JOIN roles r ON r.id = m.role_id
         JOIN users u ON u.id = m.user_id
         CROSS JOIN workspaces s
        WHERE m.ended_at IS NULL AND (m.user_id = $1 OR r.built_in = 'owner')`,
      [webhook.maker.id],
    );
    for (const { workspace, ...to } of readers) await this.mails.queue(tx, to, { ...notice, workspace });
  }
}

type WithoutWorkspace<T> = T extends { workspace: string } ? Omit<T, 'workspace'> : never;
type EndpointNotice = WithoutWorkspace<Extract<AccountNotice, { kind: `webhook_${string}` }>>;

/** Subject and refs of an event about an endpoint. */
export function about({ id, maker }: Pick<Webhook, 'id' | 'maker'>) {
  return { subject: { type: 'webhook' as const, id }, about: [ref('webhook', id), ref('user', maker.id)] };
}
