/** What a notice of failure tells. */
export interface Notice {
  kind: 'hard' | 'soft';
  messageId: string;
  date: Date;
  /** Whom the mail did not reach. */
  recipient: string;
  /** Where the notice goes: the mail's return path. */
  returnPath: string;
  /** The head of the mail that came back. */
  originalHead: string;
}

const CAUSES = {
  hard: {
    status: '5.1.1',
    reply: '550 5.1.1 The e-mail account that you tried to reach does not exist',
    words: 'There is nobody with this address here.',
  },
  soft: {
    status: '4.2.2',
    reply: '452 4.2.2 The recipient’s mailbox is full',
    words: 'The mailbox has been full for too long. Delivery was given up.',
  },
} as const;

/** A notice as mail servers write it (RFC 3464), from the recipient's server to the return path. */
export function noticeOfFailure(notice: Notice): Buffer {
  const { status, reply, words } = CAUSES[notice.kind];
  const domain = notice.recipient.slice(notice.recipient.lastIndexOf('@') + 1);
  const boundary = `=_notice_${notice.messageId.replace(/\W/g, '').slice(0, 40)}`;
  const lines = [
    `From: Mail Delivery System <MAILER-DAEMON@${domain}>`,
    `To: <${notice.returnPath}>`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${notice.date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${notice.messageId}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    `Your mail to ${notice.recipient} could not be delivered.`,
    '',
    words,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; mx.${domain}`,
    '',
    `Final-Recipient: rfc822; ${notice.recipient}`,
    'Action: failed',
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${reply.replace('’', "'")}`,
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    ...notice.originalHead.split(/\r?\n/),
    '',
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}
