import type { Webhook } from '@threadline/contracts';
import { v7 } from 'uuid';
import type { Person } from './person';
import type { TestApp } from './test-app';

/**
 * An endpoint that is switched off, whose address may not be reached, and a delivery of it that was given up; and one
 * that a program has subscribed.
 */
export async function webhookThingsOf(
  app: TestApp,
  person: Person,
): Promise<{ webhookId: string; deliveryId: string; restHookId: string }> {
  // Things are made anew for each route, and a workspace has fifty endpoints at most.
  await app.rows('DELETE FROM webhooks WHERE workspace_id = $1', [person.workspaceId]);
  const endpoint = { url: 'https://8.8.8.8/hook', eventTypes: [], enabled: false };
  const made = await person.post<Webhook>('/api/webhooks', endpoint);
  const subscribed = await person.post<Webhook>('/api/webhooks', endpoint);
  const restHookId = subscribed.body.id;
  await app.rows('INSERT INTO rest_hooks (workspace_id, webhook_id) VALUES ($1, $2)', [person.workspaceId, restHookId]);
  const deliveryId = v7();
  await app.rows("UPDATE webhooks SET url = 'http://127.0.0.1:1/' WHERE id = $1", [made.body.id]);
  await app.rows(
    `INSERT INTO webhook_deliveries (workspace_id, id, webhook_id, event_id, seq, event_type, kind, status, created_at)
     VALUES ($1, $2, $3, $4, 1, 'workspace.created', 'standard', 'failed', now())`,
    [person.workspaceId, deliveryId, made.body.id, v7()],
  );
  return { webhookId: made.body.id, deliveryId, restHookId };
}
