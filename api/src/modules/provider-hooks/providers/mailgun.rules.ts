import { createHmac } from 'node:crypto';
import type { ProviderEventKind } from '@threadline/contracts';
import {
  bracketed,
  field,
  isFresh,
  jsonOf,
  type ProviderAccount,
  type ProviderRequest,
  sameText,
  textAt,
  timeOfSeconds,
  told,
  type ToldEvent,
} from './provider-request.rules';

/**
 * Mailgun signs a timestamp and a token, which stand in the body beside the event: HMAC-SHA256, hex. The event itself is
 * not covered, so a token is good once: see `mailgunToken`. (Mailgun, "Securing webhooks".)
 */
export function isFromMailgun({ raw }: ProviderRequest, { secret }: ProviderAccount, now: Date): boolean {
  const body = jsonOf(raw);
  const [timestamp, token, given] = ['timestamp', 'token', 'signature'].map((name) => textAt(body, 'signature', name));
  if (!secret || !timestamp || !token || !given || !isFresh(timestamp, now)) return false;
  return sameText(given, createHmac('sha256', secret).update(timestamp).update(token).digest('hex'));
}

/** What of a request may be taken once only. */
export function mailgunToken({ raw }: ProviderRequest): string | null {
  return textAt(jsonOf(raw), 'signature', 'token');
}

const KINDS: Readonly<Record<string, ProviderEventKind>> = {
  accepted: 'sent',
  delivered: 'delivered',
  opened: 'opened',
  clicked: 'clicked',
  complained: 'complained',
  rejected: 'bounced',
};

/** What Mailgun told: one event a request. */
export function mailgunEvents({ raw }: ProviderRequest): ToldEvent[] {
  const event = field(jsonOf(raw), 'event-data');
  const id = textAt(event, 'id');
  if (id === null) return [];
  const messageId = textAt(event, 'message', 'headers', 'message-id');
  return [
    told({
      id,
      kind: kindOf(event),
      at: timeOfSeconds(field(event, 'timestamp')),
      providerMessageId: messageId,
      messageIdHeader: bracketed(messageId),
      trackingId: textAt(event, 'user-variables', 'threadline_id'),
      reason:
        textAt(event, 'delivery-status', 'message') ??
        textAt(event, 'delivery-status', 'description') ??
        textAt(event, 'reason'),
      recipient: textAt(event, 'recipient'),
      ...unwanted(event),
    }),
  ];
}

function kindOf(event: unknown): ProviderEventKind {
  const name = textAt(event, 'event') ?? '';
  if (name === 'failed') return textAt(event, 'severity') === 'permanent' ? 'bounced' : 'delayed';
  return KINDS[name] ?? 'other';
}

/** Reasons of a permanent failure that lie in the sender or the hour, not in the address. */
const PASSING: readonly (string | null)[] = ['old', 'espblock', 'greylisted', 'suppress-unsubscribe'];

function unwanted(event: unknown): Pick<ToldEvent, 'unwanted'> {
  if (textAt(event, 'event') === 'complained') return { unwanted: 'complained' };
  return textAt(event, 'event') === 'failed' &&
    kindOf(event) === 'bounced' &&
    !PASSING.includes(textAt(event, 'reason'))
    ? { unwanted: 'bounced' }
    : {};
}
