import type { MailboxMail, MailboxMailPage, Page } from '@threadline/contracts';
import type { Person } from './person';
import type { TestApp } from './test-app';

/** The mails to an address that a workspace's built-in mailbox holds, newest first. */
export async function mailsTo(app: TestApp, reader: Person, address: string): Promise<MailboxMail[]> {
  await app.settle();
  const list = await reader.get<Page<MailboxMail>>('/api/mailbox?limit=200');
  return list.body.items.filter(({ to }) => to.address === address);
}

/** The secret of the link in the newest mail to an address, which the reader finds in the built-in mailbox if there is no mail server. */
export async function tokenMailedTo(app: TestApp, reader: Person, address: string): Promise<string> {
  if (app.mailServer) {
    const [newest] = await tokensPostedTo(app, address);
    if (!newest) throw new Error(`No link was mailed to ${address}`);
    return newest;
  }
  const [mail] = await mailsTo(app, reader, address);
  if (!mail) throw new Error(`There is no mail to ${address}`);
  const page = await reader.get<MailboxMailPage>(`/api/mailbox/${mail.id}`);
  const token = /#token=([\w-]+)/.exec(page.body.text)?.[1];
  if (!token) throw new Error(`There is no link in “${mail.subject}”`);
  return token;
}

/** The secrets of the links in the mails to an address, newest first, also where nobody may read them by the API. */
export async function tokensPostedTo(app: TestApp, address: string): Promise<string[]> {
  return (await textsPostedTo(app, address)).flatMap((text) => /#token=([\w-]+)/.exec(text)?.[1] ?? []);
}

/** The mails to an address, newest first, also where nobody may read them by the API. */
export async function textsPostedTo(app: TestApp, address: string): Promise<string[]> {
  return (await rawMailsTo(app, address)).map((raw) => raw.replace(/=\r\n/g, '').replace(/=3D/g, '='));
}

/** The subjects of the mails to an address, newest first, also where nobody may read them by the API. */
export async function subjectsPostedTo(app: TestApp, address: string): Promise<string[]> {
  return (await rawMailsTo(app, address)).map((raw) => /^Subject: (.*)\r$/m.exec(raw)?.[1] ?? '');
}

async function rawMailsTo(app: TestApp, address: string): Promise<string[]> {
  await app.settle();
  if (app.mailServer) {
    const taken = app.mailServer.taken.filter(({ to }) => to.includes(address));
    return taken.map(({ content }) => content).reverse();
  }
  const rows = await app.rows<{ raw: Buffer }>(
    'SELECT raw FROM mailbox_mails WHERE to_address = $1 ORDER BY received_at DESC, id DESC',
    [address],
  );
  return rows.map(({ raw }) => raw.toString('latin1'));
}
