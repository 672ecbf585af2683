import { afterAll, describe, expect, it } from '@jest/globals';
import { deliveryNotice, isAutomatic } from './inbound-mail.rules';
import { MailReader, UnreadableMail } from './mail-reader';

const reader = new MailReader();
afterAll(() => reader.onApplicationShutdown());

const mail = (lines: string[]) => Buffer.from(lines.join('\r\n'));

describe('a mail from outside', () => {
  it('is read: who, about what, in answer to what, and its text', async () => {
    const read = await reader.read(
      mail([
        'From: =?utf-8?q?Ben_=C3=84?= <ben@x.test>',
        'Subject: =?utf-8?b?UmU6IEdyw7zDn2U=?=',
        'Message-ID: <1@x.test>',
        'In-Reply-To: <2@y.test>',
        'References: <3@y.test> <2@y.test>',
        'Auto-Submitted: no',
        'MIME-Version: 1.0',
        'Content-Type: multipart/alternative; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'Sch=C3=B6n',
        '--b',
        'Content-Type: text/html; charset=utf-8',
        '',
        '<p>Schön</p>',
        '--b--',
        '',
      ]),
    );
    expect(read).toMatchObject({
      from: { name: 'Ben Ä', address: 'ben@x.test' },
      subject: 'Re: Grüße',
      messageId: '<1@x.test>',
      inReplyTo: '<2@y.test>',
      references: '<3@y.test> <2@y.test>',
      html: expect.stringContaining('<p>Schön</p>'),
      text: expect.stringContaining('Schön'),
      deliveryStatus: null,
    });
    expect(isAutomatic(read, 'ben@x.test')).toBe(false);
  });

  it('that is a notice of failure keeps its report apart from the mail it returns', async () => {
    const read = await reader.read(
      mail([
        'From: MAILER-DAEMON@x.test',
        'Subject: Undelivered',
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'It failed.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.x.test',
        '',
        'Final-Recipient: rfc822; ben@x.test',
        'Action: failed',
        'Status: 5.1.1',
        '',
        '--b',
        'Content-Type: message/rfc822',
        '',
        'Subject: original',
        '',
        'secret of the original',
        '--b--',
        '',
      ]),
    );
    expect(deliveryNotice(read)).toMatchObject({ action: 'failed', status: '5.1.1', recipient: 'ben@x.test' });
    expect(read.text).not.toContain('secret of the original');
  });
});

describe('a hostile mail', () => {
  const nested = (depth: number): string =>
    depth === 0
      ? 'Content-Type: text/plain\r\n\r\nx\r\n'
      : `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n${nested(depth - 1)}--b${depth}--\r\n`;

  it.each([
    ['200 parts deep', Buffer.from(nested(200))],
    ['with headers of 2 MB', mail([`X-Long: ${'x'.repeat(2_000_000)}`, '', 'x'])],
  ])('%s is put aside', async (_, raw) => {
    await expect(reader.read(raw)).rejects.toBeInstanceOf(UnreadableMail);
  });

  it.each([
    [
      'with 10,000 recipients',
      mail([`To: ${Array.from({ length: 10_000 }, (_, i) => `a${i}@x.test`).join(',\r\n ')}`, 'Subject: s', '', 'x']),
    ],
    [
      'with 1,000 parts',
      mail([
        'Subject: s',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        ...Array.from({ length: 1_000 }, () => '--b\r\nContent-Type: text/plain\r\n\r\nx'),
        '--b--',
        '',
      ]),
    ],
    ['in utf-7', mail(['Subject: s', 'Content-Type: text/html; charset=utf-7', '', '+ADw-script+AD4-'])],
    ['in no charset there is', mail(['Subject: s', 'Content-Type: text/plain; charset=klingon', '', 'x'])],
    ['that is no mail', Buffer.from([0, 1, 2, 3, 255])],
    ['that is empty', Buffer.alloc(0)],
    ['with a bad boundary', mail(['Content-Type: multipart/mixed; boundary=', '', '--', 'x'])],
    ['with NUL characters', mail(['Subject: a\u0000b', '', 'x\u0000y'])],
    ['of 20 MB', Buffer.concat([mail(['Subject: s', '', '']), Buffer.alloc(20_000_000, 'x \r\n')])],
  ])('%s is read or put aside, in time, and the next mail is read', async (_, raw) => {
    const started = process.cpuUsage();
    const read = await reader.read(raw).catch((error: unknown) => error);
    if (read instanceof Error) expect(read).toBeInstanceOf(UnreadableMail);
    else expect(JSON.stringify(read)).not.toContain('\\u0000');
    // Of the processor, the reader's own thread included; not of the clock, which other work on the machine moves.
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(8_000);
    await expect(reader.read(mail(['Subject: next', '', 'x']))).resolves.toMatchObject({ subject: 'next' });
  });

  it('that takes too long is given up, and the next one is read', async () => {
    const slow = mail([
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...Array.from({ length: 200_000 }, () => '--b\r\n\r\nx'),
    ]);
    await expect(reader.read(slow, 1)).rejects.toThrow('it takes longer to read than a mail may');
    await expect(reader.read(mail(['Subject: next', '', 'x']))).resolves.toMatchObject({ subject: 'next' });
  });
});
