import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { fromMailgun, fromMeta, fromTwilio, SendGridAccount, TestSns } from '../testing/signers';
import { isFromMailgun } from './mailgun.rules';
import { isFromMeta, metaChallenge, metaEvents } from './meta.rules';
import type { ProviderAccount, ProviderRequest } from './provider-request.rules';
import { isFromSendGrid, sendGridEvents } from './sendgrid.rules';
import { certificateOf, isAtSns, isSignedBySns, sesEvents } from './sns.rules';
import { isFromTwilio, twilioEvents } from './twilio.rules';

const NOW = new Date('2026-11-21T12:00:00.000Z');
const account = (more: Partial<ProviderAccount> = {}): ProviderAccount => ({ settings: {}, secret: null, ...more });
const minutesOn = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
/** The same with one bit of the body turned. */
const altered = ({ raw, ...rest }: ProviderRequest): ProviderRequest => {
  const bytes = Buffer.from(raw);
  bytes[bytes.length - 4] = (bytes[bytes.length - 4] ?? 0) ^ 1;
  return { ...rest, raw: bytes };
};

describe('a call of Twilio', () => {
  const secret = account({ secret: '12345' });
  const form = (parameters: [string, string][]) => Buffer.from(new URLSearchParams(parameters).toString());
  const called = (url: string, signature: string, raw: Buffer, type = 'application/x-www-form-urlencoded') => ({
    url,
    raw,
    headers: { 'content-type': type, 'x-twilio-signature': signature },
  });
  const URL = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  const PUBLISHED: [string, string][] = [
    ['CallSid', 'CA1234567890ABCDE'],
    ['Caller', '+14158675309'],
    ['Digits', '1234'],
    ['From', '+14158675309'],
    ['To', '+18005551212'],
  ];

  it('is known by the example that Twilio publishes', () => {
    expect(isFromTwilio(called(URL, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', form(PUBLISHED)), secret)).toBe(true);
  });

  it('is known when a parameter comes several times, as Twilio publishes it', () => {
    const parameters: [string, string][] = [
      ['Sid', 'CA123'],
      ['SidAccount', 'AC123'],
      ['Digits', '5678'],
      ['Digits', '1234'],
      ['Digits', '1234'],
    ];
    expect(isFromTwilio(called(URL, 'IK+Dwps556ElfBT0I3Rgjkr1wJU=', form(parameters)), secret)).toBe(true);
  });

  it('is known by the digest of a body that is no form, as Twilio publishes it', () => {
    const url = `${URL}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620`;
    const raw = Buffer.from('{"property": "value", "boolean": true}');
    const request = called(url, 'a9nBmqA0ju/hNViExpshrM61xv4=', raw, 'application/json');
    expect(isFromTwilio(request, secret)).toBe(true);
    expect(isFromTwilio(altered(request), secret)).toBe(false);
    expect(isFromTwilio({ ...request, url: URL }, secret)).toBe(false);
  });

  it('is not known at another address, with another value, by another secret or without a signature', () => {
    const genuine = called(URL, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', form(PUBLISHED));
    expect(isFromTwilio({ ...genuine, url: `${URL}&x=1` }, secret)).toBe(false);
    expect(isFromTwilio(altered(genuine), secret)).toBe(false);
    expect(isFromTwilio(genuine, account({ secret: '12346' }))).toBe(false);
    expect(isFromTwilio({ ...genuine, headers: { 'content-type': 'application/x-www-form-urlencoded' } }, secret)).toBe(
      false,
    );
    expect(isFromTwilio(genuine, account())).toBe(false);
  });

  it('is known with and without the port of its scheme, and with blanks and emoji as they are', () => {
    const text = { MessageSid: 'SM1', From: '+15550100', Body: '  two  blanks 😀 ' };
    const signed = fromTwilio('https://mycompany.com:443/hook', '12345', text);
    expect(isFromTwilio({ ...signed, url: 'https://mycompany.com/hook' }, secret)).toBe(true);
    expect(twilioEvents({ ...signed, url: '' })).toMatchObject([
      {
        id: 'SM1:received',
        kind: 'received',
        received: { channel: 'sms', from: '+15550100', text: '  two  blanks 😀 ' },
      },
    ]);
  });
});

describe('a call of SendGrid', () => {
  const raw = Buffer.from(
    '[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n',
  );
  const published: ProviderRequest = {
    url: '',
    raw,
    headers: {
      'x-twilio-email-event-webhook-signature':
        'MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=',
      'x-twilio-email-event-webhook-timestamp': '1600112502',
    },
  };
  const key = account({
    settings: {
      verificationKey:
        'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==',
    },
  });
  const then = new Date(1600112502_000);

  it('is known by the example that SendGrid publishes, line end and all', () => {
    expect(isFromSendGrid(published, key, then)).toBe(true);
    expect(isFromSendGrid({ ...published, raw: raw.subarray(0, -2) }, key, then)).toBe(false);
    expect(sendGridEvents(published)).toMatchObject([
      {
        id: 'ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA',
        kind: 'bounced',
        messageIdHeader: '<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>',
        reason: 'Bounced Address',
        at: new Date(1600112492_000),
      },
    ]);
  });

  it('is not known six minutes later, nor by another key, nor altered', () => {
    expect(isFromSendGrid(published, key, new Date(then.getTime() + 360_000))).toBe(false);
    expect(isFromSendGrid(published, key, new Date(then.getTime() - 360_000))).toBe(false);
    const other = new SendGridAccount();
    expect(isFromSendGrid(published, account({ settings: { verificationKey: other.verificationKey } }), then)).toBe(
      false,
    );
    expect(isFromSendGrid(altered(published), key, then)).toBe(false);
    expect(isFromSendGrid(published, account({ settings: { verificationKey: 'AAAA' } }), then)).toBe(false);
  });
});

describe('a call of Mailgun', () => {
  const secret = account({ secret: 'key-of-mine' });

  it('is known by the HMAC of timestamp and token, for five minutes', () => {
    const request = { url: '', ...fromMailgun('key-of-mine', { id: 'e1', event: 'delivered' }, NOW) };
    expect(isFromMailgun(request, secret, NOW)).toBe(true);
    expect(isFromMailgun(request, secret, minutesOn(4))).toBe(true);
    expect(isFromMailgun(request, secret, minutesOn(6))).toBe(false);
    expect(isFromMailgun(request, account({ secret: 'another' }), NOW)).toBe(false);
    expect(isFromMailgun({ ...request, raw: Buffer.from('{}') }, secret, NOW)).toBe(false);
  });
});

describe('a call of Meta', () => {
  const secret = account({ secret: 'app secret', settings: { verifyToken: 'agreed word' } });

  it('is known by its own bytes: emoji stay escaped as Meta writes them', () => {
    const value = {
      messages: [
        { id: 'wamid.1', from: '491512345678', timestamp: '1600112502', type: 'text', text: { body: 'Grüße 😀' } },
      ],
    };
    const request = { url: '', ...fromMeta('app secret', { entry: [{ changes: [{ value }] }] }) };
    expect(isFromMeta(request, secret)).toBe(true);
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(request.raw.toString())));
    expect(isFromMeta({ ...request, raw: rewritten }, secret)).toBe(false);
    expect(isFromMeta(altered(request), secret)).toBe(false);
    expect(metaEvents(request)).toMatchObject([
      { id: 'wamid.1:received', received: { channel: 'whatsapp', from: '+491512345678', text: 'Grüße 😀' } },
    ]);
  });

  it('is answered its challenge when it says the agreed word, and nothing else', () => {
    const asked = { 'hub.mode': 'subscribe', 'hub.verify_token': 'agreed word', 'hub.challenge': '1158201444' };
    expect(metaChallenge(asked, secret)).toBe('1158201444');
    expect(metaChallenge({ ...asked, 'hub.verify_token': 'guess' }, secret)).toBeNull();
    expect(metaChallenge({ ...asked, 'hub.challenge': '<script>' }, secret)).toBeNull();
    expect(metaChallenge({ ...asked, 'hub.mode': 'unsubscribe' }, secret)).toBeNull();
    expect(metaChallenge(asked, account())).toBeNull();
  });
});

describe('a message of SNS', () => {
  const sns = new TestSns(NOW);
  const topic = account({ settings: { topicArn: sns.topicArn } });
  const request = (signed: ReturnType<TestSns['notify']>): ProviderRequest => ({ url: '', ...signed });

  it.each(['1', '2'])('is known by signature version %s', (SignatureVersion) => {
    const signed = request(sns.notify({ eventType: 'Delivery' }, { SignatureVersion, Subject: 'A subject' }));
    expect(certificateOf(signed, topic, NOW)).toBe(sns.certificateUrl);
    expect(isSignedBySns(signed, sns.certificate, NOW)).toBe(true);
    const other = request({ ...signed, raw: Buffer.from(signed.raw.toString().replace('A subject', 'B subject')) });
    expect(isSignedBySns(other, sns.certificate, NOW)).toBe(false);
  });

  it('is known as a question for confirmation too', () => {
    const signed = request(sns.askForConfirmation());
    expect(isSignedBySns(signed, sns.certificate, NOW)).toBe(true);
    expect(sesEvents(signed)).toMatchObject([
      { kind: 'confirmation', confirmAt: expect.stringContaining('Token=abc') },
    ]);
  });

  it('is not known by the certificate of somebody else, one that has run out, or an unknown version', () => {
    const signed = request(sns.notify({}));
    expect(isSignedBySns(signed, new TestSns(NOW).certificate, NOW)).toBe(false);
    expect(isSignedBySns(signed, sns.certificate, minutesOn(60 * 48))).toBe(false);
    expect(isSignedBySns(request(sns.notify({}, { SignatureVersion: '3' })), sns.certificate, NOW)).toBe(false);
    expect(isSignedBySns(signed, 'no certificate', NOW)).toBe(false);
  });

  it('is not even looked at from another topic, a day late, or with a certificate from elsewhere', () => {
    const of = (more: Record<string, string>) => certificateOf(request(sns.notify({}, more)), topic, NOW);
    expect(of({ TopicArn: 'arn:aws:sns:eu-west-1:999999999999:mail-events' })).toBeNull();
    expect(of({ Timestamp: minutesOn(-60 * 25).toISOString() })).toBeNull();
    expect(of({ Timestamp: minutesOn(10).toISOString() })).toBeNull();
    expect(
      of({ SigningCertURL: 'https://sns.eu-west-1.amazonaws.com.evil.test/SimpleNotificationService-0a.pem' }),
    ).toBeNull();
  });

  it.each([
    ['http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem'],
    ['https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a.pem'],
    ['https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-0a.pem'],
    ['https://evil@sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem'],
    ['https://s3.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem'],
    ['https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem.txt'],
    ['https://sns.eu-west-1.amazonaws.com/x/../bucket.pem'],
    ['https://169.254.169.254/SimpleNotificationService-0a.pem'],
  ])('is never verified with a certificate at %s', (url) => {
    expect(isAtSns(url, sns.topicArn, 'certificate')).toBe(false);
  });

  it('says what became of a mail of SES', () => {
    const mail = { messageId: 'ses-1', commonHeaders: { messageId: '<m1@acme.test>' } };
    const bounce = (bounceType: string) => ({
      notificationType: 'Bounce',
      mail,
      bounce: {
        bounceType,
        timestamp: '2026-11-21T11:59:00.000Z',
        bouncedRecipients: [{ diagnosticCode: 'smtp; 550 5.1.1 user unknown' }],
      },
    });
    const [gone] = sesEvents(request(sns.notify(bounce('Permanent'))));
    expect(gone).toMatchObject({
      kind: 'bounced',
      messageIdHeader: '<m1@acme.test>',
      reason: 'smtp; 550 5.1.1 user unknown',
    });
    expect(sesEvents(request(sns.notify(bounce('Transient'))))).toMatchObject([{ kind: 'delayed' }]);
  });
});

describe('comparing signatures', () => {
  it('takes texts of any length', () => {
    const raw = Buffer.from('{}');
    const headers = { 'x-hub-signature-256': 'sha256=' };
    expect(isFromMeta({ url: '', raw, headers }, account({ secret: 's' }))).toBe(false);
    const right = `sha256=${createHmac('sha256', 's').update(raw).digest('hex')}`;
    expect(isFromMeta({ url: '', raw, headers: { 'x-hub-signature-256': right } }, account({ secret: 's' }))).toBe(
      true,
    );
  });
});
