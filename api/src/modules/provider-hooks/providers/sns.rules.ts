import { X509Certificate, verify } from 'node:crypto';
import type { ProviderEventKind } from '@threadline/contracts';
import {
  bracketed,
  field,
  jsonOf,
  listAt,
  type ProviderAccount,
  type ProviderRequest,
  TOLERANCE_MS,
  textAt,
  timeOfText,
  told,
  type ToldEvent,
} from './provider-request.rules';

/** What is signed of each kind of message, in this order. */
const SIGNED: Readonly<Record<string, readonly string[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};
const ALGORITHMS: Readonly<Record<string, string>> = { '1': 'sha1', '2': 'sha256' };
/** SNS keeps the time of publishing over all its tries, which go on for an hour by default and can be set to more. */
const OLDEST_MS = 24 * 60 * 60_000;

export const TOPIC = /^arn:aws(?:-cn|-us-gov)?:sns:([a-z]{2}(?:-[a-z]+)+-\d):\d{12}:[\w.-]{1,256}$/;

/**
 * Whether an address is SNS's own, in the region of the topic: nothing else out of a message is ever called.
 * `certificate`: where a signing certificate lies.
 */
export function isAtSns(url: string | null, topic: string, what: 'certificate' | 'confirmation'): boolean {
  const region = TOPIC.exec(topic)?.[1];
  if (url === null || region === undefined || !URL.canParse(url) || url.length > 2_000) return false;
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const hosts = [`sns.${region}.amazonaws.com`, `sns.${region}.amazonaws.com.cn`];
  if (protocol !== 'https:' || port !== '' || username || password || !hosts.includes(hostname)) return false;
  return what === 'confirmation' ? pathname === '/' : /^\/SimpleNotificationService-[\w-]{1,100}\.pem$/.test(pathname);
}

/** Where the certificate of a message lies; null when the message is not of the account's topic, or far from now. */
export function certificateOf({ raw }: ProviderRequest, { settings }: ProviderAccount, now: Date): string | null {
  const body = jsonOf(raw);
  const topic = textAt(body, 'TopicArn');
  const at = timeOfText(textAt(body, 'Timestamp'));
  if (!topic || topic !== settings.topicArn || !at) return null;
  const age = now.getTime() - at.getTime();
  if (age > OLDEST_MS || age < -TOLERANCE_MS) return null;
  const url = textAt(body, 'SigningCertURL');
  return isAtSns(url, topic, 'certificate') ? url : null;
}

/** Whether a message is signed with the key of this certificate: version 1 by SHA-1, version 2 by SHA-256. */
export function isSignedBySns({ raw }: ProviderRequest, certificate: string, now: Date): boolean {
  const body = jsonOf(raw);
  const algorithm = ALGORITHMS[textAt(body, 'SignatureVersion') ?? ''];
  const names = SIGNED[textAt(body, 'Type') ?? ''];
  const signature = textAt(body, 'Signature');
  if (!algorithm || !names || !signature) return false;
  const text = names
    .filter((name) => typeof field(body, name) === 'string')
    .map((name) => `${name}\n${String(field(body, name))}\n`)
    .join('');
  try {
    const { publicKey, validFromDate, validToDate } = new X509Certificate(certificate);
    if (now < validFromDate || now > validToDate || publicKey.asymmetricKeyType !== 'rsa') return false;
    return verify(algorithm, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

const KINDS: Readonly<Record<string, ProviderEventKind>> = {
  Send: 'sent',
  Delivery: 'delivered',
  Open: 'opened',
  Click: 'clicked',
  DeliveryDelay: 'delayed',
  Complaint: 'complained',
  Reject: 'bounced',
};

/** What SES told through SNS: one event a request, or SNS's question whether we want to be told. */
export function sesEvents({ raw }: ProviderRequest): ToldEvent[] {
  const body = jsonOf(raw);
  const id = textAt(body, 'MessageId');
  if (id === null) return [];
  const at = timeOfText(textAt(body, 'Timestamp'));
  switch (textAt(body, 'Type')) {
    case 'SubscriptionConfirmation':
      return [told({ id, kind: 'confirmation', at, confirmAt: textAt(body, 'SubscribeURL') ?? '' })];
    case 'Notification': {
      const message = field(body, 'Message');
      return [ofMail(id, typeof message === 'string' ? jsonOf(Buffer.from(message)) : undefined, at)];
    }
    default:
      return [told({ id, kind: 'other', at, reason: 'SNS ended the subscription' })];
  }
}

/** `eventType` where SES publishes events of a configuration set, `notificationType` where an identity notifies. */
function ofMail(id: string, message: unknown, at: Date | null): ToldEvent {
  const type = textAt(message, 'eventType') ?? textAt(message, 'notificationType') ?? '';
  const header = listAt(message, 'mail', 'headers').find((one) => textAt(one, 'name')?.toLowerCase() === 'message-id');
  return told({
    id,
    kind: type === 'Bounce' ? bounceKind(message) : (KINDS[type] ?? 'other'),
    at: timeOfText(textAt(message, type.toLowerCase(), 'timestamp')) ?? at,
    providerMessageId: textAt(message, 'mail', 'messageId'),
    messageIdHeader: bracketed(textAt(header, 'value') ?? textAt(message, 'mail', 'commonHeaders', 'messageId')),
    trackingId: textAt(listAt(message, 'mail', 'tags', 'threadline_id')[0]) ?? null,
    reason:
      textAt(listAt(message, 'bounce', 'bouncedRecipients')[0], 'diagnosticCode') ??
      textAt(message, 'reject', 'reason') ??
      textAt(message, 'complaint', 'complaintFeedbackType'),
    ...unwanted(type, message),
  });
}

/** Out-of-office answers and full mailboxes come as transient bounces: they say nothing for good. */
function bounceKind(message: unknown): ProviderEventKind {
  return textAt(message, 'bounce', 'bounceType') === 'Permanent' ? 'bounced' : 'delayed';
}

/** A report that it is no spam comes as a complaint too. */
function unwanted(type: string, message: unknown): Pick<ToldEvent, 'unwanted' | 'recipient'> {
  if (type === 'Bounce' && bounceKind(message) === 'bounced') {
    const [recipient] = listAt(message, 'bounce', 'bouncedRecipients');
    return { unwanted: 'bounced', recipient: textAt(recipient, 'emailAddress') };
  }
  if (type !== 'Complaint' || textAt(message, 'complaint', 'complaintFeedbackType') === 'not-spam') return {};
  const [recipient] = listAt(message, 'complaint', 'complainedRecipients');
  return { unwanted: 'complained', recipient: textAt(recipient, 'emailAddress') };
}
