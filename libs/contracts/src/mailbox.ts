/** A mail in the built-in mailbox, which plays the outside world while no mail server is configured. */
export interface MailboxMail {
  id: string;
  messageId: string;
  from: { name: string; address: string };
  to: { name: string; address: string };
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
