import type { MailboxMail, MailboxMailPage, Page } from '@threadline/contracts';
import type { Person, TestApp } from '../../../../test';

/** The mails to an address that a workspace's built-in mailbox holds, newest first. */
export async function mailsTo(app: TestApp, reader: Person, address: string): Promise<MailboxMail[]> {
  await app.settle();
  const list = await reader.get<Page<MailboxMail>>('/api/mailbox?limit=200');
  return list.body.items.filter(({ to }) => to.address === address);
}

/** The secret of the link in the newest mail to an address. */
export async function tokenMailedTo(app: TestApp, reader: Person, address: string): Promise<string> {
  const [mail] = await mailsTo(app, reader, address);
  if (!mail) throw new Error(`There is no mail to ${address}`);
  const page = await reader.get<MailboxMailPage>(`/api/mailbox/${mail.id}`);
  const token = /#token=([\w-]+)/.exec(page.body.text)?.[1];
  if (!token) throw new Error(`There is no link in “${mail.subject}”`);
  return token;
}
