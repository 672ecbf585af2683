import { createHmac, randomBytes } from 'node:crypto';
import type { Message } from '@threadline/contracts';
import { composer, expect, newLead, pictures, test } from './world';

/** The seconds in which a message can be taken back, and then some for the mail to arrive. */
const LEFT_BY = 30_000;

/** What Mailgun posts of a mail, signed as it does: over a time and a token beside the event. */
function mailgun(key: string, event: object): { body: string } {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const token = randomBytes(25).toString('hex');
  const signature = createHmac('sha256', key)
    .update(timestamp + token)
    .digest('hex');
  return { body: JSON.stringify({ signature: { timestamp, token, signature }, 'event-data': event }) };
}

test.describe('providers', () => {
  test('an admin lets Mailgun call: what it tells comes in by itself, and what somebody else tells does not', async ({
    person,
  }) => {
    test.setTimeout(120_000);
    const mara = await person('mara');
    await mara.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const mark = Date.now().toString(36);
    const name = `Mailgun ${mark}`;
    const key = `key-${mark}`;
    const page = await mara.signIn('/settings/providers');
    await page.getByRole('button', { name: 'Add provider' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add a provider' });
    await dialog.getByRole('combobox', { name: 'Provider' }).selectOption({ label: 'Mailgun' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByLabel('HTTP webhook signing key').fill(key);
    await pictures(page, 'provider-new');
    await dialog.getByRole('button', { name: 'Add provider' }).click();
    await expect(page.getByRole('heading', { name })).toContainText('Waiting for a first call');
    await expect(page.getByText('Nothing came in yet.')).toBeVisible();
    await pictures(page, 'provider-setup');
    await page.getByRole('button', { name: 'Copy the address' }).click();
    const address = await page.evaluate(() => navigator.clipboard.readText());
    expect(address).toMatch(/^http.*\/[\w-]{40,}$/);

    // A mail leaves, and Mailgun says that it came back.
    const other = await mara.tab('/dashboard');
    await newLead(other, `Lin ${mark}`, `lin.${mark}@example.com`);
    const sending = other.waitForResponse(
      (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/messages'),
    );
    await composer(other).subject.fill('Offer');
    await composer(other).message.fill('Hello Lin');
    await composer(other).send.click();
    const { trackingId } = (await (await sending).json()) as Message;
    await expect(other.getByText(/Delivered/).first()).toBeVisible({ timeout: LEFT_BY });
    const bounce = {
      ...{ id: `bounce-${mark}`, event: 'failed', severity: 'permanent', timestamp: Date.now() / 1000 },
      ...{ recipient: `lin.${mark}@example.com`, 'user-variables': { threadline_id: trackingId } },
      'delivery-status': { message: '550 5.1.1 There is no such mailbox' },
    };
    const tell = (signedWith: string) =>
      fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        ...mailgun(signedWith, bounce),
      });
    expect((await tell(key)).status).toBe(200);
    const told = page.getByRole('region', { name: `What ${name} told` });
    await expect(told.getByText('Bounced')).toBeVisible();
    await expect(told.getByText('Applied', { exact: true }).last()).toBeVisible();
    await expect(told.getByText('550 5.1.1 There is no such mailbox')).toBeVisible();
    await expect(page.getByRole('heading', { name })).toContainText('Receiving');
    await expect(other.getByText(/came back|Bounced/i).first()).toBeVisible();
    await pictures(page, 'provider-told');

    // Nothing more goes there, until somebody knows better.
    await expect(other.getByText(`Nothing is sent to lin.${mark}@example.com`)).toBeVisible();
    await pictures(other, 'lead-suppressed');
    await other.getByRole('button', { name: 'Send there again…' }).click();
    const lifting = other.getByRole('dialog', { name: 'Send there again' });
    await lifting.getByRole('textbox', { name: 'Why' }).fill('Lin called: the mailbox works again');
    await pictures(other, 'lead-suppression-lift');
    await lifting.getByRole('button', { name: 'Allow mail to this address' }).click();
    await expect(lifting).toBeHidden();
    await expect(other.getByText(`Nothing is sent to lin.${mark}@example.com`)).toBeHidden();
    await expect(other.getByText('Lin called: the mailbox works again')).toBeVisible();

    // The same in another name is turned away, and that is seen too.
    expect((await tell('a guess')).status).toBe(403);
    await expect(page.getByRole('heading', { name })).toContainText('Signature refused');
    await expect(page.getByText(/A call was turned away/)).toBeVisible();
    await expect(told.getByRole('listitem')).toHaveCount(1);
    await pictures(page, 'provider-refused');

    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Forget what it told, and take no more calls' }).click();
    await expect(page.getByRole('heading', { name })).toBeHidden();
  });
});
