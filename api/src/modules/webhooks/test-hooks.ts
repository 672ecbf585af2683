import type { Delivery, Lead, Page, Webhook } from '@threadline/contracts';
import { v7 } from 'uuid';
import type { Person, TestApp } from '../../../test';
import { DeliveryLimits } from './deliveries';

/** An endpoint, and the one answer that showed its secret. */
export type MadeWebhook = Webhook & { secret: string };

/** For a test app that may call receivers on this machine. */
export const REACHING = { env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' } };

/** Gives receivers up after so many milliseconds from now on; without a number, when the product does. */
export function setDeadline(app: TestApp, deadlineMs?: number): void {
  const { deadlineMs: usual, slowAfterMs } = new DeliveryLimits();
  Object.assign(app.get(DeliveryLimits), {
    deadlineMs: deadlineMs ?? usual,
    slowAfterMs: deadlineMs === undefined ? slowAfterMs : 200,
  });
}

/** Makes an endpoint that gets new leads, unless it is told otherwise. */
export async function hookOf(person: Person, url: string, more: object = {}): Promise<MadeWebhook> {
  const made = await person.post<MadeWebhook>('/api/webhooks', { url, eventTypes: ['lead.created'], ...more });
  if (made.status !== 201) throw new Error(`It was not made: ${JSON.stringify(made.body)}`);
  return made.body;
}

/** Makes a lead, and answers its id. */
export async function raise(person: Person, more: object = {}): Promise<string> {
  const made = await person.post<Lead>('/api/leads', { name: `Lead ${v7()}`, ...more });
  if (made.status !== 201) throw new Error(`The lead was not made: ${JSON.stringify(made.body)}`);
  return made.body.id;
}

/** The newest deliveries of an endpoint. */
export async function deliveriesOf(person: Person, webhookId: string, query = ''): Promise<Delivery[]> {
  const list = await person.get<Page<Delivery>>(`/api/webhooks/${webhookId}/deliveries${query}`);
  if (list.status !== 200) throw new Error(`The list was not answered: ${JSON.stringify(list.body)}`);
  return list.body.items;
}
