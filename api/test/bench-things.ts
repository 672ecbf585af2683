import type { Page, Reception, WebhookReceiver } from '@threadline/contracts';
import type { Person } from './person';

/** A receiver of a person's workspace, and something that came to it. */
export async function benchThingsOf(person: Person): Promise<{ receiverId: string; receptionId: string }> {
  const receivers = await person.get<Page<WebhookReceiver>>('/api/webhook-bench/receivers');
  const known = receivers.body.items[0];
  const { id, url } = known ?? (await person.post<WebhookReceiver>('/api/webhook-bench/receivers')).body;
  await person.post(new URL(url).pathname, {});
  const receptions = await person.get<Page<Reception>>(`/api/webhook-bench/receivers/${id}/receptions`);
  return { receiverId: id, receptionId: receptions.body.items[0]?.id ?? '' };
}
