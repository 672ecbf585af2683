import { at, type Bundle, type Requests } from './zapier.types';

/** The events that most Zaps begin with. */
const EVENTS = [
  { key: 'lead_created', event: 'lead.created', noun: 'Lead', label: 'New Lead', when: 'a lead is added' },
  { key: 'lead_updated', event: 'lead.updated', noun: 'Lead', label: 'Updated Lead', when: 'a lead is changed' },
  {
    key: 'lead_status_changed',
    event: 'lead.status_changed',
    noun: 'Lead',
    label: 'Lead Status Changed',
    when: 'a lead moves to another status',
  },
  {
    key: 'message_received',
    event: 'message.received',
    noun: 'Message',
    label: 'New Message From a Lead',
    when: 'a lead writes',
  },
  {
    key: 'message_replied',
    event: 'message.replied',
    noun: 'Message',
    label: 'Message Replied To',
    when: 'one of your messages is answered',
  },
  {
    key: 'message_opened',
    event: 'message.opened',
    noun: 'Message',
    label: 'Message Opened by a Person',
    when: 'a person opens one of your messages for the first time; machines do not count',
  },
  {
    key: 'message_clicked',
    event: 'message.clicked',
    noun: 'Message',
    label: 'Link Clicked by a Person',
    when: 'a person clicks a link in one of your messages for the first time; machines do not count',
  },
  {
    key: 'message_bounced',
    event: 'message.bounced',
    noun: 'Message',
    label: 'Message Bounced',
    when: 'one of your messages comes back',
  },
  {
    key: 'conversation_assigned',
    event: 'conversation.assigned',
    noun: 'Conversation',
    label: 'Conversation Assigned',
    when: 'a conversation is given to somebody',
  },
] as const;

type Told = (typeof EVENTS)[number];

/** What Zapier shows while the person has no own event of the kind yet. */
const SAMPLE = {
  id: '019bc0de-0000-7000-8000-000000000001',
  seq: 42,
  workspaceId: '019bc0de-0000-7000-8000-000000000002',
  occurredAt: '2026-01-15T09:30:00.000Z',
  actor: { type: 'user', id: '019bc0de-0000-7000-8000-000000000003' },
  data: {},
};

/** A Zap that begins with an event: subscribed while it is on, samples from the workspace's own last events. */
function trigger({ key, event, noun, label, when }: Told) {
  return {
    key,
    noun,
    display: { label, description: `Triggers when ${when}.` },
    operation: {
      type: 'hook',
      performSubscribe: async (z: Requests, bundle: Bundle) => {
        const body = { targetUrl: bundle.targetUrl, eventType: event };
        return (await z.request({ method: 'POST', url: at(bundle, '/hooks/rest'), body })).data;
      },
      performUnsubscribe: async (z: Requests, bundle: Bundle) => {
        const url = at(bundle, `/hooks/rest/${bundle.subscribeData?.id ?? ''}`);
        const { status } = await z.request({ method: 'DELETE', url, skipThrowForStatus: true });
        // Gone already is what was wanted: it had expired, or somebody took it out.
        if (status !== 204 && status !== 404) throw new Error(`Threadline answered ${status} to unsubscribing.`);
        return {};
      },
      perform: (_z: Requests, bundle: Bundle) => [bundle.cleanedRequest],
      performList: async (z: Requests, bundle: Bundle) =>
        (await z.request({ url: at(bundle, '/hooks/rest/sample'), params: { eventType: event } })).data,
      sample: { ...SAMPLE, type: event },
    },
  } as const;
}

export const triggers = Object.fromEntries(EVENTS.map((told) => [told.key, trigger(told)]));
