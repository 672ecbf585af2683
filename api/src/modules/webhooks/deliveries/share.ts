import type { Envelope, EventType, Permission, WebhookFilter, WebhookKind } from '@threadline/contracts';

/** An endpoint as fanning out has to know it. */
export interface Subscriber {
  id: string;
  kind: WebhookKind;
  event_types: EventType[];
  filters: WebhookFilter[];
  ordered: boolean;
  maker_id: string;
  granted: Permission[] | null;
  since_seq: string;
}

/** What goes to one endpoint. */
export interface Share {
  subscriber: Subscriber;
  events: Envelope[];
}
