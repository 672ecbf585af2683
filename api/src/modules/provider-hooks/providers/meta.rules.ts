import { createHmac } from 'node:crypto';
import type { ProviderEventKind } from '@threadline/contracts';
import {
  field,
  jsonOf,
  listAt,
  type ProviderAccount,
  type ProviderRequest,
  sameText,
  textAt,
  timeOfSeconds,
  told,
  type ToldEvent,
} from './provider-request.rules';

/**
 * Meta signs the raw body with the app's secret: HMAC-SHA256 in `X-Hub-Signature-256`. It escapes characters in its own
 * way, so only the bytes as they came will do. (Meta, "Webhooks: getting started".)
 */
export function isFromMeta({ raw, headers }: ProviderRequest, { secret }: ProviderAccount): boolean {
  const given = headers['x-hub-signature-256'];
  if (!given || !secret) return false;
  return sameText(given, `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`);
}

/** What Meta's question at set-up is answered with; null when it does not know the word that was agreed on. */
export function metaChallenge(
  query: Readonly<Record<string, unknown>>,
  { settings }: Pick<ProviderAccount, 'settings'>,
): string | null {
  const [mode, word, challenge] = ['hub.mode', 'hub.verify_token', 'hub.challenge'].map((name) => query[name]);
  if (mode !== 'subscribe' || typeof word !== 'string' || typeof challenge !== 'string') return null;
  if (!settings.verifyToken || !sameText(word, settings.verifyToken)) return null;
  return /^[\w.-]{1,200}$/.test(challenge) ? challenge : null;
}

const KINDS: Readonly<Record<string, ProviderEventKind>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
};

/** What Meta told of WhatsApp: states of our messages, and messages to us. */
export function metaEvents({ raw }: ProviderRequest): ToldEvent[] {
  const values = listAt(jsonOf(raw), 'entry').flatMap((entry) =>
    listAt(entry, 'changes').map((change) => field(change, 'value')),
  );
  return values.flatMap((value) => [
    ...listAt(value, 'statuses').flatMap(ofStatus),
    ...listAt(value, 'messages').flatMap(ofMessage),
  ]);
}

function ofStatus(status: unknown): ToldEvent[] {
  const id = textAt(status, 'id');
  const name = textAt(status, 'status');
  if (id === null || name === null) return [];
  const [error] = listAt(status, 'errors');
  return [
    told({
      id: `${id}:${name}`,
      kind: KINDS[name] ?? 'other',
      at: timeOfSeconds(field(status, 'timestamp')),
      providerMessageId: id,
      reason: textAt(error, 'error_data', 'details') ?? textAt(error, 'title'),
    }),
  ];
}

function ofMessage(message: unknown): ToldEvent[] {
  const id = textAt(message, 'id');
  const from = textAt(message, 'from');
  if (id === null || from === null) return [];
  const type = textAt(message, 'type') ?? 'message';
  const text = textAt(message, 'text', 'body') ?? textAt(message, type, 'caption') ?? `(${type})`;
  return [
    told({
      id: `${id}:received`,
      kind: 'received',
      at: timeOfSeconds(field(message, 'timestamp')),
      providerMessageId: id,
      received: { channel: 'whatsapp', from: `+${from.replace(/\D/g, '')}`, text },
    }),
  ];
}
