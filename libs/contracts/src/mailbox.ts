/** Who a mail is from or to. */
export interface MailboxPerson {
  /** Of the colleague or the lead; null where it is neither. */
  id: string | null;
  name: string;
  address: string;
}

/** A mail in the built-in mailbox, which plays the outside world while no mail server is configured. */
export interface MailboxMail {
  id: string;
  /** Null for a mail of Threadline itself, such as an invitation. */
  messageId: string | null;
  from: MailboxPerson;
  to: MailboxPerson;
  subject: string;
  receivedAt: string;
  preview: string;
  openedAt: string | null;
  answeredAt: string | null;
  bouncedAt: string | null;
}

export interface MailboxMailPage extends MailboxMail {
  /** Sanitised for a sandboxed frame; remote images are not loaded until the mail is opened as the recipient. */
  html: string;
  text: string;
  headers: { name: string; value: string }[];
  links: { index: number; href: string; text: string }[];
}

/**
 * pending: kept, not yet read · reply: became a message of a conversation · automatic: the same, but a machine wrote it ·
 * bounce: a notice that a message of ours came back · unmatched: no message of ours is known that it belongs to ·
 * unreadable: it could not be read within bounds · duplicate: had come in before.
 */
export const INBOUND_MAIL_STATES = [
  'pending',
  'reply',
  'automatic',
  'bounce',
  'unmatched',
  'unreadable',
  'duplicate',
] as const;
export type InboundMailState = (typeof INBOUND_MAIL_STATES)[number];

/** A mail that came in from outside, whatever became of it. */
export interface InboundMail {
  id: string;
  state: InboundMailState;
  receivedAt: string;
  to: string;
  from: { name: string; address: string } | null;
  subject: string | null;
  messageId: string | null;
  reason: string | null;
}
