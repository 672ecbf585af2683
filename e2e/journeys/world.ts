import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, expect, type Page, test as base } from '@playwright/test';

/** Kept as an artefact of the run. */
const SCREENSHOTS = resolve(import.meta.dirname, '../../test-results/screenshots');

export interface SignIn {
  email: string;
  passphrase: string;
  name: string;
}

/** Somebody at their computer: a browser of their own with as many tabs as they like. */
export class Person {
  private readonly complaints: string[] = [];
  private readonly provoked: RegExp[] = [];

  constructor(
    readonly context: BrowserContext,
    readonly account: SignIn,
  ) {
    context.on('page', (page) => this.listen(page));
  }

  /** Another tab. */
  async tab(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(path);
    return page;
  }

  /** Signs in through the form; answers the tab, on the screen that was asked for. */
  async signIn(path = '/dashboard'): Promise<Page> {
    const page = await this.tab(path);
    await signInOn(page, this.account);
    await expect(page).toHaveURL(new RegExp(path));
    await live(page);
    return page;
  }

  /** From here on a complaint like this in the browser's console is what the test asked for. */
  provokes(complaint: RegExp): void {
    this.provoked.push(complaint);
  }

  /** What the browser complained of and nobody provoked. */
  get unexpected(): string[] {
    return this.complaints.filter((complaint) => !this.provoked.some((pattern) => pattern.test(complaint)));
  }

  private listen(page: Page): void {
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`${message.location().url}: ${message.text()}`);
    });
  }
}

/** The people of the demo workspace, in the order in which they are asked for, each in a browser of their own. */
export const test = base.extend<{ person: (name: string) => Promise<Person> }>({
  person: async ({ browser }, use) => {
    const people: Person[] = [];
    await use(async (name) => {
      const person = new Person(await browser.newContext(), await demoSignIn(name));
      people.push(person);
      return person;
    });
    const unexpected = people.flatMap((person) => person.unexpected);
    await Promise.all(people.map(({ context }) => context.close()));
    expect(unexpected, 'the browser has nothing to complain of').toEqual([]);
  },
});
export { expect };

/** Nobody in particular, with an address of their own. */
export function stranger(): SignIn {
  const mark = `${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;
  return { email: `nova.${mark}@example.com`, passphrase: 'correct horse battery staple', name: 'Nova Example' };
}

export async function signInOn(page: Page, { email, passphrase }: SignIn): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(passphrase);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Signs out by the menu, and waits for the fresh page that the app then opens: until it stands, no other can be. */
export async function signOutOn(page: Page): Promise<void> {
  const fresh = page.waitForEvent('load');
  await page.getByRole('button', { name: /^Menu of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await fresh;
  await expect(page).toHaveURL(/\/sign-in/);
}

/** The screen says that what it shows is as it is now. */
export async function live(page: Page): Promise<void> {
  await expect(page.getByRole('img', { name: 'Live', exact: true })).toBeVisible();
}

/** A new lead by the form; answers the tab, on the lead's page. */
export async function newLead(page: Page, name: string, email: string): Promise<void> {
  await page.goto('/leads?new=1');
  const form = page.getByRole('dialog', { name: 'New lead' });
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  await form.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await form.getByRole('button', { name: 'Add lead' }).click();
  await expect(form).toBeHidden();
  await page.locator('tl-toasts').getByRole('button', { name: 'Open' }).click();
  await expect(page).toHaveURL(/\/leads\/[\da-f-]{36}/);
  await expect(page.getByRole('heading', { name, level: 1 })).toBeAttached();
}

/** The editor of the conversation on screen. */
export function composer(page: Page) {
  return {
    message: page.getByRole('textbox', { name: 'Message' }),
    subject: page.getByRole('textbox', { name: 'Subject' }),
    send: page.getByRole('button', { name: 'Send', exact: true }),
    /** What is said about the draft: Saving…, Saved, Offline… */
    state: page.getByRole('status', { name: 'Draft' }),
  };
}

/** The address of the link in the newest mail of that subject, as the built-in mailbox shows it. */
export async function mailedLink(reader: Page, subject: RegExp, label: string): Promise<string> {
  // Who has an account is listed by name, who was only invited by address.
  const mail = reader.getByRole('navigation', { name: 'Mails' }).getByRole('link').filter({ hasText: subject });
  // The mail of somebody who is not signed in announces itself to nobody: it is looked for.
  await expect(async () => {
    await reader.goto('/mailbox');
    await expect(mail.first()).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 20_000 });
  await mail.first().click();
  const href = await reader.locator('tl-mail-view').getByRole('link', { name: label }).getAttribute('href');
  if (!href) throw new Error(`There is no link “${label}” in the mail`);
  return href;
}

/** Somebody who was invited by the owner and is about to join, in a browser of their own. */
export async function invited(owner: Page, browser: Browser, role = 'Agent'): Promise<{ guest: Person; page: Page }> {
  const guest = new Person(await browser.newContext(), stranger());
  await owner.goto('/settings/members');
  await owner.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = owner.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill(guest.account.email);
  await dialog.getByRole('combobox', { name: 'Role' }).selectOption({ label: role });
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(dialog).toBeHidden();
  await expect(owner.locator('tl-invitations').getByText(guest.account.email)).toBeVisible();
  const link = await mailedLink(owner, /invites you/, 'Accept the invitation');

  const page = await guest.tab(link);
  await expect(page.getByRole('heading', { name: /^Join/ })).toBeVisible();
  await page.getByRole('textbox', { name: 'Your name' }).fill(guest.account.name);
  await page.getByRole('textbox', { name: 'Password' }).fill(guest.account.passphrase);
  await expect(page.locator('tl-password-strength p')).toHaveText(/Strong|Good|Taken/);
  return { guest, page };
}

/** A picture of the screen, in the run's artefacts. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
}

/** The same screen at both widths, light and dark. */
export async function pictures(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await picture(page, `${name}-${width}-${scheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}

/** Demo people are made right after the first start; their sign-ins stand in the data folder. */
async function demoSignIn(name: string): Promise<SignIn> {
  const folder = process.env.E2E_DATA_DIR;
  if (!folder) throw new Error('E2E_DATA_DIR is not set: the configuration of Playwright sets it.');
  const file = join(folder, 'secrets/demo-sign-ins.json');
  await expect.poll(() => existsSync(file), { message: 'the demo workspace is made', timeout: 60_000 }).toBe(true);
  const { signIns } = JSON.parse(readFileSync(file, 'utf8')) as { signIns: SignIn[] };
  const found = signIns.find((one) => one.email.startsWith(`${name}@`));
  if (!found) throw new Error(`The demo workspace has no ${name}.`);
  return found;
}
