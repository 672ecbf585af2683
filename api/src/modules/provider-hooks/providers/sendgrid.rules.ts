import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { ProviderEventKind } from '@threadline/contracts';
import {
  bracketed,
  field,
  isFresh,
  jsonOf,
  type ProviderAccount,
  type ProviderRequest,
  textAt,
  timeOfSeconds,
  told,
  type ToldEvent,
} from './provider-request.rules';

/**
 * SendGrid's Event Webhook signs its timestamp and the raw body with ECDSA on P-256 over SHA-256; the verification key
 * is the base64 of a DER public key. (SendGrid, "Event Webhook security features".)
 */
export function isFromSendGrid({ raw, headers }: ProviderRequest, account: ProviderAccount, now: Date): boolean {
  const signature = headers['x-twilio-email-event-webhook-signature'];
  const timestamp = headers['x-twilio-email-event-webhook-timestamp'];
  const key = readVerificationKey(account.settings.verificationKey ?? '');
  if (!signature || !timestamp || !key || !isFresh(timestamp, now)) return false;
  return verify('sha256', Buffer.concat([Buffer.from(timestamp), raw]), key, Buffer.from(signature, 'base64'));
}

/** The key in the form that SendGrid shows it; null for anything that is no P-256 key. */
export function readVerificationKey(text: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null;
  }
}

const KINDS: Readonly<Record<string, ProviderEventKind>> = {
  processed: 'sent',
  delivered: 'delivered',
  open: 'opened',
  click: 'clicked',
  deferred: 'delayed',
  bounce: 'bounced',
  dropped: 'bounced',
  spamreport: 'complained',
};

/** What SendGrid told: up to 128 events a request. */
export function sendGridEvents({ raw }: ProviderRequest): ToldEvent[] {
  const items = jsonOf(raw);
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown) => {
    const id = textAt(item, 'sg_event_id');
    if (id === null) return [];
    return told({
      id,
      kind: KINDS[textAt(item, 'event') ?? ''] ?? 'other',
      at: timeOfSeconds(field(item, 'timestamp')),
      providerMessageId: textAt(item, 'sg_message_id')?.split('.')[0] ?? null,
      messageIdHeader: bracketed(textAt(item, 'smtp-id')),
      trackingId: textAt(item, 'threadline_id'),
      reason: textAt(item, 'reason') ?? textAt(item, 'response'),
      recipient: textAt(item, 'email'),
      ...unwanted(item),
    });
  });
}

/** A bounce that is called `blocked` was refused for now only; what SendGrid itself drops says nothing of the address. */
function unwanted(item: unknown): Pick<ToldEvent, 'unwanted'> {
  const event = textAt(item, 'event');
  if (event === 'spamreport') return { unwanted: 'complained' };
  return event === 'bounce' && textAt(item, 'type') !== 'blocked' ? { unwanted: 'bounced' } : {};
}
