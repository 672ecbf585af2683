import type { Provider, ProviderConnection, ProviderEventKind, ProviderEventState } from '@threadline/contracts';
import type { Tone } from '../../../shared/ui';

/** What a provider is called, what it is asked for, and where the address goes. */
export interface ProviderWords {
  name: string;
  /** What it tells of. */
  about: string;
  /** The one setting that its signatures are checked with. */
  setting: 'secret' | 'verificationKey' | 'topicArn';
  label: string;
  hint: string;
  /** What to do there, in order. */
  steps: readonly string[];
}

export const PROVIDER_WORDS: Record<Provider, ProviderWords> = {
  sendgrid: {
    name: 'SendGrid',
    about: 'What became of mail that leaves by SendGrid',
    setting: 'verificationKey',
    label: 'Verification key',
    hint: 'Shown once Signed Event Webhook is switched on',
    steps: [
      'In SendGrid, open Settings, Mail Settings, Event Webhooks, and create a webhook.',
      'Paste the address as its Post URL, and choose delivered, deferred, bounced, dropped and spam reports.',
      'Switch Signed Event Webhook on, and enter its verification key here.',
      'Press Test Integration: its events show up below as unmatched.',
    ],
  },
  mailgun: {
    name: 'Mailgun',
    about: 'What became of mail that leaves by Mailgun',
    setting: 'secret',
    label: 'HTTP webhook signing key',
    hint: 'Under API Security in your account, not an API key',
    steps: [
      'In Mailgun, open Send, Sending, Webhooks, and choose your domain.',
      'Add a webhook with the address for delivered, permanent failure, temporary failure and spam complaints.',
      'Enter the HTTP webhook signing key of your account here.',
      'Press Test webhook: its event shows up below as unmatched.',
    ],
  },
  ses: {
    name: 'Amazon SES',
    about: 'What became of mail that leaves by SES, told through SNS',
    setting: 'topicArn',
    label: 'ARN of the SNS topic',
    hint: 'Nothing of any other topic is taken',
    steps: [
      'In SNS, create a standard topic, and enter its ARN here.',
      'Add an HTTPS subscription with the address as its endpoint. Leave raw message delivery off.',
      'Threadline confirms the subscription by itself; it says so here.',
      'In SES, let your configuration set publish its events to the topic, with the original headers.',
    ],
  },
  twilio: {
    name: 'Twilio',
    about: 'SMS that come in, and what became of yours',
    setting: 'secret',
    label: 'Auth token',
    hint: 'The primary one of the account, on its dashboard',
    steps: [
      'In Twilio, open Phone Numbers, your number, Messaging configuration.',
      'Paste the address where a message comes in, and as the status callback.',
      'Enter the auth token of the account here.',
    ],
  },
  meta: {
    name: 'WhatsApp (Meta)',
    about: 'WhatsApp messages that come in, and what became of yours',
    setting: 'secret',
    label: 'App secret',
    hint: 'Under App settings, Basic',
    steps: [
      'In your Meta app, open WhatsApp, Configuration, and edit the webhook.',
      'Paste the address as callback URL and the verify token above, and press Verify and save.',
      'Subscribe to the field messages.',
    ],
  },
};

/** In the order of the list to choose from: mail first. */
export const PROVIDER_CHOICES: readonly Provider[] = ['sendgrid', 'mailgun', 'ses', 'twilio', 'meta'];

export const STATE_WORDS: Record<ProviderEventState, { label: string; tone: Tone }> = {
  pending: { label: 'Waiting', tone: 'neutral' },
  applied: { label: 'Applied', tone: 'good' },
  noted: { label: 'Noted', tone: 'neutral' },
  outdated: { label: 'Outdated', tone: 'neutral' },
  unmatched: { label: 'Unmatched', tone: 'warn' },
  unreadable: { label: 'Unreadable', tone: 'bad' },
  failed: { label: 'Failed', tone: 'bad' },
};

export const KIND_WORDS: Record<ProviderEventKind, string> = {
  sent: 'Accepted',
  delivered: 'Delivered',
  read: 'Read',
  opened: 'Opened',
  clicked: 'Clicked',
  delayed: 'Delayed',
  failed: 'Failed',
  bounced: 'Bounced',
  complained: 'Complaint',
  received: 'Message in',
  confirmation: 'Subscription',
  other: 'Something else',
};

/** How a connection stands. A denial since the last signed event means that the secret is probably not the right one. */
export function standing(connection: ProviderConnection): { label: string; tone: Tone } {
  const { lastEventAt, lastDeniedAt, confirmedAt } = connection;
  if (lastDeniedAt && (!lastEventAt || lastDeniedAt > lastEventAt)) return { label: 'Signature refused', tone: 'bad' };
  if (lastEventAt) return { label: 'Receiving', tone: 'good' };
  return confirmedAt ? { label: 'Confirmed', tone: 'good' } : { label: 'Waiting for a first call', tone: 'neutral' };
}

/** `12 applied, 3 unmatched`; null when nothing came in yet. */
export function countWords({ counts }: ProviderConnection): string | null {
  const words = (Object.entries(counts) as [ProviderEventState, number][])
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count.toLocaleString('en')} ${STATE_WORDS[state].label.toLowerCase()}`);
  return words.length > 0 ? words.join(', ') : null;
}

/** A label in the middle of a sentence: "auth token", but still "HTTP webhook signing key". */
export function inSentence(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}
