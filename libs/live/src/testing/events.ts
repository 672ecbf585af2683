import type { Envelope, EnvelopeOf, EventDataMap, EventType } from '@threadline/contracts';
import { TIMESTAMP } from './fake.server';

function envelope<T extends EventType>(seq: number, type: T, id: string, data: EventDataMap[T]): EnvelopeOf<T> {
  return {
    id: `event-${seq}`,
    seq,
    type,
    workspaceId: 'workspace',
    occurredAt: TIMESTAMP,
    actor: { type: 'user', id: 'ada' },
    subject: { type: 'lead', id },
    about: [],
    data,
  };
}

/** An event of the service `messages`. */
export function judged(seq: number): Envelope {
  return envelope(seq, 'engagement.judged', `message-${seq}`, {
    messageId: `message-${seq}`,
    leadId: 'lead',
    hits: [],
  });
}

/** An event of the service `leads`, about the lead with this id. */
export function deleted(seq: number, leadId = `lead-${seq}`): EnvelopeOf<'lead.deleted'> {
  return envelope(seq, 'lead.deleted', leadId, { leadId, name: `Lead ${leadId}` });
}
