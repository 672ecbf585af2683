import type { Delivery, Page, Webhook } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';

/** Pure: the endpoints after an event, the newest first. */
export function reduceWebhooks(webhooks: readonly Webhook[], event: EventOfStore<'activity'>): readonly Webhook[] {
  switch (event.type) {
    case 'webhook.created':
    case 'webhook.updated':
    case 'webhook.enabled':
    case 'webhook.disabled':
      return withWebhook(webhooks, event.data.webhook);
    case 'webhook.deleted':
      return webhooks.filter(({ id }) => id !== event.data.webhookId);
    case 'webhook.secret_rotated': {
      const { webhookId, oldUntil } = event.data;
      return changed(webhooks, webhookId, ({ oldSecretsUntil }) => ({
        oldSecretsUntil: oldSecretsUntil.includes(oldUntil) ? oldSecretsUntil : [...oldSecretsUntil, oldUntil],
      }));
    }
    case 'webhook.failing':
      return changed(webhooks, event.data.webhookId, ({ failingSince }) => ({
        failingSince: failingSince ?? event.occurredAt,
      }));
    case 'webhook.recovered':
      return changed(webhooks, event.data.webhookId, () => ({ failingSince: null }));
    default:
      return webhooks;
  }
}

/** With one endpoint as it is now; a new one comes first. */
export function withWebhook(webhooks: readonly Webhook[], webhook: Webhook): readonly Webhook[] {
  if (!webhooks.some(({ id }) => id === webhook.id)) return [webhook, ...webhooks];
  return webhooks.map((each) => (each.id === webhook.id ? webhook : each));
}

function changed(
  webhooks: readonly Webhook[],
  id: string,
  change: (webhook: Webhook) => Partial<Webhook>,
): readonly Webhook[] {
  return webhooks.map((each) => (each.id === id ? { ...each, ...change(each) } : each));
}

/** What of a list that is read again and again is on screen. */
export interface Listed<T> {
  /** Null while the first answer is on its way. */
  items: readonly T[] | null;
  /** Where the next page begins; null at the end. */
  cursor: string | null;
  /** Why the last reading did not work. */
  cause: unknown;
}

export const NOTHING_LISTED: Listed<never> = { items: null, cursor: null, cause: null };

/** Pure: with the first page read again. What was loaded below it stays, where the page reaches down to it. */
export function withFirstPage(state: Listed<Delivery>, page: Page<Delivery>): Listed<Delivery> {
  const last = page.items.at(-1);
  const below = (state.items ?? []).filter(({ eventSeq }) => last !== undefined && eventSeq < last.eventSeq);
  if (page.nextCursor === null || below.length === 0)
    return { items: page.items, cursor: page.nextCursor, cause: null };
  return { items: [...page.items, ...below], cursor: state.cursor, cause: null };
}

/** Pure: with a further page below. */
export function withNextPage(state: Listed<Delivery>, page: Page<Delivery>): Listed<Delivery> {
  const known = new Set((state.items ?? []).map(({ id }) => id));
  const items = [...(state.items ?? []), ...page.items.filter(({ id }) => !known.has(id))];
  return { items, cursor: page.nextCursor, cause: null };
}
