import {
  createHash,
  createHmac,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import type { ProviderRequest } from '../providers/provider-request.rules';

type Signed = Pick<ProviderRequest, 'raw' | 'headers'>;

/** A form as Twilio posts it to this address, signed by its published algorithm. */
export function fromTwilio(url: string, secret: string, form: Record<string, string>): Signed {
  const text =
    url +
    Object.keys(form)
      .sort()
      .map((name) => name + String(form[name]))
      .join('');
  return {
    raw: Buffer.from(new URLSearchParams(form).toString()),
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': createHmac('sha1', secret).update(text).digest('base64'),
    },
  };
}

/** An account of SendGrid's with a key of its own. */
export class SendGridAccount {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly verificationKey = this.keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

  post(events: object[], now: Date): Signed {
    const raw = Buffer.from(`${JSON.stringify(events)}\r\n`);
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const signature = sign('sha256', Buffer.concat([Buffer.from(timestamp), raw]), this.keys.privateKey);
    return {
      raw,
      headers: {
        'content-type': 'application/json',
        'x-twilio-email-event-webhook-signature': signature.toString('base64'),
        'x-twilio-email-event-webhook-timestamp': timestamp,
      },
    };
  }
}

/** An event as Mailgun posts it, its signature beside it. */
export function fromMailgun(secret: string, event: object, now: Date, token = randomBytes(25).toString('hex')): Signed {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signature = createHmac('sha256', secret)
    .update(timestamp + token)
    .digest('hex');
  const body = { signature: { timestamp, token, signature }, 'event-data': event };
  return { raw: Buffer.from(JSON.stringify(body)), headers: { 'content-type': 'application/json' } };
}

/** What Meta posts; it escapes what is not ASCII, and signs that. */
export function fromMeta(secret: string, body: object): Signed {
  const escaped = JSON.stringify(body).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const raw = Buffer.from(escaped);
  const signature = `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
  return { raw, headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature } };
}

/** SNS in one region, with a key and a certificate of its own. */
export class TestSns {
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly certificate: string;
  readonly certificateUrl = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a1b2c3d.pem';
  readonly topicArn = 'arn:aws:sns:eu-west-1:123456789012:mail-events';

  constructor(private readonly now: Date) {
    this.certificate = certificateFor(this.keys.publicKey, this.keys.privateKey, now);
  }

  notify(message: object, more: Record<string, string> = {}): Signed {
    return this.message({ Type: 'Notification', Message: JSON.stringify(message), ...more });
  }

  askForConfirmation(more: Record<string, string> = {}): Signed {
    return this.message({
      Type: 'SubscriptionConfirmation',
      Message: 'You have chosen to subscribe to the topic.',
      SubscribeURL: `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${this.topicArn}&Token=abc`,
      Token: 'abc',
      ...more,
    });
  }

  private message(fields: Record<string, string>): Signed {
    const body: Record<string, string> = {
      MessageId: createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 32),
      TopicArn: this.topicArn,
      Timestamp: this.now.toISOString(),
      SignatureVersion: '2',
      SigningCertURL: this.certificateUrl,
      ...fields,
    };
    const names = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
    const text = names
      .filter((name) => body[name] !== undefined)
      .map((name) => `${name}\n${body[name]}\n`)
      .join('');
    const algorithm = body.SignatureVersion === '1' ? 'sha1' : 'sha256';
    body.Signature ??= sign(algorithm, Buffer.from(text), this.keys.privateKey).toString('base64');
    return { raw: Buffer.from(JSON.stringify(body)), headers: { 'content-type': 'text/plain; charset=UTF-8' } };
  }
}

/** A self-signed X.509 certificate, good for a day around now (RFC 5280, no more than a reader needs). */
function certificateFor(publicKey: KeyObject, privateKey: KeyObject, now: Date): string {
  const algorithm = der(0x30, Buffer.from('06092a864886f70d01010b0500', 'hex'));
  const name = der(0x30, der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('sns.test')))));
  const day = 24 * 60 * 60_000;
  const time = (at: number) => der(0x18, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')}`));
  const signed = der(
    0x30,
    der(0xa0, Buffer.from('020102', 'hex')),
    Buffer.from('020101', 'hex'),
    algorithm,
    name,
    der(0x30, time(now.getTime() - day), time(now.getTime() + day)),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
  );
  const signature = createSign('sha256').update(signed).sign(privateKey);
  const bytes = der(0x30, signed, algorithm, der(0x03, Buffer.concat([Buffer.alloc(1), signature])));
  return `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}
