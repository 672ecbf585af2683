import { createHash, createHmac } from 'node:crypto';
import type { ProviderEventKind } from '@threadline/contracts';
import {
  field,
  jsonOf,
  type ProviderAccount,
  type ProviderRequest,
  sameText,
  told,
  type ToldEvent,
} from './provider-request.rules';

/**
 * Twilio signs the exact address, and behind it every form parameter by name and then value: HMAC-SHA1, base64. Other
 * bodies are signed by their SHA-256, which stands in the address as `bodySHA256`. There is no time in it, so what was
 * taken once is told apart by its ids. (Twilio, "Webhooks security".)
 */
export function isFromTwilio({ raw, headers, url }: ProviderRequest, { secret }: ProviderAccount): boolean {
  const given = headers['x-twilio-signature'];
  if (!given || !secret) return false;
  const digest = new URL(url).searchParams.get('bodySHA256');
  const form = isForm(headers);
  if (!form && digest === null) return false;
  const tail = form ? sortedPairs(raw) : '';
  const genuine = withAndWithoutPort(url).some((address) => sameText(given, signature(secret, address + tail)));
  if (digest === null) return genuine;
  return genuine && sameText(digest.toLowerCase(), createHash('sha256').update(raw).digest('hex'));
}

function signature(secret: string, text: string): string {
  return createHmac('sha1', secret).update(text, 'utf8').digest('base64');
}

/** Every name once for each of its different values, untrimmed, in order. */
function sortedPairs(raw: Buffer): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of formOf(raw)) values.set(name, (values.get(name) ?? new Set()).add(value));
  return [...values.keys()]
    .sort()
    .map((name) =>
      [...(values.get(name) ?? [])]
        .sort()
        .map((value) => name + value)
        .join(''),
    )
    .join('');
}

function formOf(raw: Buffer): URLSearchParams {
  return new URLSearchParams(raw.toString('utf8'));
}

function isForm(headers: ProviderRequest['headers']): boolean {
  return (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

/** Twilio signs some addresses with the port of their scheme written out, some without. */
function withAndWithoutPort(url: string): string[] {
  const [, scheme = '', host = '', rest = ''] = /^(https?):\/\/([^/]+)(.*)$/s.exec(url) ?? [];
  const port = scheme === 'https' ? '443' : '80';
  const bare = host.replace(new RegExp(`:${port}$`), '');
  return bare.includes(':') ? [url] : [`${scheme}://${bare}${rest}`, `${scheme}://${bare}:${port}${rest}`];
}

const KINDS: Readonly<Record<string, ProviderEventKind>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
  undelivered: 'failed',
};

/** What Twilio told: an incoming text, or the state of one of ours. */
export function twilioEvents({ raw, headers }: ProviderRequest): ToldEvent[] {
  const given = isForm(headers) ? Object.fromEntries(formOf(raw)) : jsonOf(raw);
  const value = (name: string) => {
    const found = field(given, name);
    return typeof found === 'string' && found !== '' ? found.replaceAll('\u0000', '') : null;
  };
  const id = value('MessageSid') ?? value('SmsSid');
  if (id === null) return [];
  const status = value('MessageStatus') ?? value('SmsStatus') ?? 'received';
  const [channel, from] = addressOf(value('From') ?? '');
  if (status === 'received' || status === 'receiving') {
    const received = { channel, from, text: value('Body') ?? '' };
    return [told({ id: `${id}:received`, kind: 'received', providerMessageId: id, received })];
  }
  const error = value('ErrorCode');
  const reason = error === null ? null : `Twilio says error ${error.slice(0, 20)}`;
  return [told({ id: `${id}:${status}`, kind: KINDS[status] ?? 'other', providerMessageId: id, reason })];
}

/** `whatsapp:+49…` or `+49…`. */
function addressOf(from: string): [channel: string, number: string] {
  const [channel, number] = from.split(':', 2);
  return number === undefined ? ['sms', from] : [channel ?? 'sms', number];
}
