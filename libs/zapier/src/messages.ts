import { at, type Bundle, filled, type Requests } from './zapier.types';

export const sendMessage = {
  key: 'send_message',
  noun: 'Message',
  display: {
    label: 'Send Message',
    description: 'Sends a lead an email that is tracked and shows in the conversation.',
  },
  operation: {
    inputFields: [
      {
        key: 'leadId',
        label: 'Lead ID',
        type: 'string',
        required: true,
        helpText: 'From a trigger, or from Find Lead.',
      },
      { key: 'subject', label: 'Subject', type: 'string' },
      { key: 'content', label: 'Text', type: 'text', required: true },
    ],
    perform: async (z: Requests, bundle: Bundle) => {
      const url = at(bundle, `/leads/${encodeURIComponent(filled(bundle, 'leadId') ?? '')}/messages`);
      const subject = filled(bundle, 'subject');
      const body = { channel: 'email', content: filled(bundle, 'content'), ...(subject ? { subject } : {}) };
      return (await z.request({ method: 'POST', url, body })).data;
    },
    sample: {
      id: '019bc0de-0000-7000-8000-000000000004',
      leadId: '019bc0de-0000-7000-8000-000000000001',
      channel: 'email',
      direction: 'outbound',
      status: 'queued',
      subject: 'Your offer',
      content: 'Hello Lin, here is the offer.',
    },
  },
} as const;
