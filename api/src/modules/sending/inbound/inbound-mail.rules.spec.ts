import { describe, expect, it } from '@jest/globals';
import { deliveryNotice, headerOf, identityOf, isAutomatic, meaningOf, namedMessages } from './inbound-mail.rules';

type Headers = Record<string, string>;
const headers = (entries: Headers) => ({ headers: new Map(Object.entries(entries)) });

describe('the messages a mail answers', () => {
  it('are its parents first, then its ancestors from the nearest on', () => {
    expect(namedMessages({ inReplyTo: '<c@x>', references: '<a@x> <b@x>\r\n <c@x>' })).toEqual([
      '<c@x>',
      '<b@x>',
      '<a@x>',
    ]);
  });

  it('are few, whatever the header holds', () => {
    const references = Array.from({ length: 5_000 }, (_, i) => `<${i}@x>`).join(' ');
    expect(namedMessages({ inReplyTo: null, references }).length).toBe(30);
    expect(namedMessages({ inReplyTo: 'nonsense', references: `<${'x'.repeat(500)}@x>` })).toEqual([]);
  });
});

describe('a mail without a Message-ID', () => {
  it('is known by its bytes', () => {
    expect(identityOf({ messageId: null }, 'abc')).toBe('<abc@no-message-id.invalid>');
    expect(identityOf({ messageId: ' <a@b> ' }, 'abc')).toBe('<a@b>');
  });
});

describe('mail that machines write', () => {
  it.each<Headers>([
    { 'auto-submitted': 'auto-replied' },
    { 'auto-submitted': 'Auto-Generated; owner-email="x"' },
    { precedence: 'bulk' },
    { precedence: 'auto_reply' },
    { 'x-autoreply': 'yes' },
    { 'x-autorespond': 'Out of office' },
    { 'list-id': '<news.example>' },
    { 'content-type': 'multipart/report; report-type=disposition-notification' },
  ])('is known by %j', (given) => {
    expect(isAutomatic(headers(given), 'ben@x.test')).toBe(true);
  });

  it('is known by having nobody to answer to', () => {
    expect(isAutomatic(headers({}), '')).toBe(true);
  });

  it.each<Headers>([
    {},
    { 'auto-submitted': 'no' },
    { precedence: 'normal' },
    { precedence: 'first-class' },
    { 'x-autoreply': 'no' },
  ])('is not %j', (given) => {
    expect(isAutomatic(headers(given), 'ben@x.test')).toBe(false);
  });
});

const REPORT = 'multipart/report; report-type=delivery-status; boundary="b"';
const status = (fields: string) => `Reporting-MTA: dns; mx.x.test\r\n\r\n${fields}`;

describe('a notice of failure', () => {
  it('is read from its delivery-status part', () => {
    const notice = deliveryNotice({
      ...headers({ 'content-type': REPORT }),
      deliveryStatus: status(
        'Final-Recipient: rfc822; ben@x.test\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n no such\r\n person',
      ),
    });
    expect(notice).toEqual({
      action: 'failed',
      status: '5.1.1',
      recipient: 'ben@x.test',
      diagnostic: '550 5.1.1 no such person',
    });
  });

  it.each([
    ['text/plain', status('Action: failed\nStatus: 5.1.1')],
    ['multipart/report; report-type=disposition-notification', status('Action: failed\nStatus: 5.1.1')],
    [REPORT, null],
    [REPORT, ''],
    [REPORT, status('Action: failed')],
    [REPORT, status('Action: exploded\nStatus: 5.1.1')],
    [REPORT, status('Action: failed\nStatus: 9.9.9')],
    [REPORT, status('Subject: Undeliverable\nmailbox full 5.2.2 failed')],
  ])('is none when it is %s with %j', (type, deliveryStatus) => {
    expect(deliveryNotice({ ...headers({ 'content-type': type }), deliveryStatus })).toBeNull();
  });

  it('bounces the message it is about, for good or for now', () => {
    const notice = { action: 'failed', status: '5.1.1', recipient: 'Ben@x.test', diagnostic: null } as const;
    expect(meaningOf(notice)).toEqual({
      bounced: true,
      forGood: true,
      reason: 'the recipient’s mail server does not take it (5.1.1)',
    });
    expect(meaningOf({ ...notice, status: '4.2.2', diagnostic: 'mailbox full' })).toEqual({
      bounced: true,
      forGood: false,
      reason: 'the recipient’s mail server could not take it for now, and it was given up (4.2.2): mailbox full',
    });
  });

  it('brings nothing back when it says that the mail is late or arrived', () => {
    for (const action of ['delayed', 'delivered', 'relayed', 'expanded'] as const) {
      expect(meaningOf({ action, status: '4.4.7', recipient: null, diagnostic: null }).bounced).toBe(false);
    }
  });
});

describe('a header of a mail that has not been read', () => {
  it('is found in the head only, unfolded, in any case', () => {
    const raw = Buffer.from('Subject: x\r\nREFERENCES: <a@x>\r\n\t<b@x>\r\n\r\nMessage-ID: <evil@x>\r\n');
    expect(headerOf(raw, 'References')).toBe('<a@x> <b@x>');
    expect(headerOf(raw, 'Message-ID')).toBeNull();
    expect(headerOf(Buffer.alloc(0), 'Subject')).toBeNull();
  });
});
