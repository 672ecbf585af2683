import type { Locator, Page } from '@playwright/test';
import { Person, expect, live, signInOn, signOutOn, stranger, test } from './world';

test.describe('the gate', () => {
  test('somebody registers, signs out, mistypes the password, and signs in again', async ({ browser }) => {
    const nova = new Person(await browser.newContext(), stranger());
    const page = await nova.tab('/');
    await expect(page).toHaveURL(/\/sign-in/);
    // Pressed as people do, who take their time: what the press itself sets off must not move what is pressed.
    await press(page, page.getByRole('link', { name: 'Forgot your password?' }));
    await press(page, page.getByRole('link', { name: 'Back to sign in' }));
    await page.getByRole('textbox', { name: 'E-mail' }).fill('nova');
    await press(page, page.getByRole('link', { name: 'Create a workspace' }));
    await page.getByRole('textbox', { name: 'Your name' }).fill(nova.account.name);
    await page.getByRole('textbox', { name: 'Workspace' }).fill('Nova Ltd');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(nova.account.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(nova.account.passphrase);
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
    await expect(page.getByRole('banner').getByText('Nova Ltd')).toBeVisible();
    await live(page);

    // Signing out ends the session at once, also for what the screen was just asking.
    nova.provokes(/401/);
    await signOutOn(page);
    await page.goto('/leads');
    await expect(page).toHaveURL(/\/sign-in/);

    await signInOn(page, { ...nova.account, passphrase: 'wrong horse' });
    await expect(page.getByRole('alert')).toContainText('The e-mail address or the password is not right.');
    await expect(page.getByRole('textbox', { name: 'E-mail' })).toHaveValue(nova.account.email);

    await signInOn(page, nova.account);
    await expect(page).toHaveURL(/\/leads/);
    await expect(page.getByRole('heading', { name: 'Leads' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Leads' })).toBeVisible();
    await live(page);
    expect(nova.unexpected).toEqual([]);
    await nova.context.close();
  });

  test('a screen that needs a session leads to the sign-in and back to where one wanted to go', async ({ person }) => {
    const mara = await person('mara');
    const page = await mara.tab('/inbox/all');
    await expect(page).toHaveURL(/\/sign-in/);
    await signInOn(page, mara.account);
    await expect(page).toHaveURL(/\/inbox\/all/);
  });

  test('signing out in one tab signs out the other', async ({ person }) => {
    const mara = await person('mara');
    const first = await mara.signIn('/leads');
    const second = await mara.tab('/dashboard');
    await live(second);
    mara.provokes(/401/);
    await signOutOn(first);
    await expect(second).toHaveURL(/\/sign-in/);
  });
});

/** A click as a hand makes it. */
async function press(page: Page, target: Locator): Promise<void> {
  await target.hover();
  await page.mouse.down();
  await page.waitForTimeout(90);
  await page.mouse.up();
  await expect(target).toBeHidden();
}
