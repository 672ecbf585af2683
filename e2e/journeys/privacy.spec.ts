import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, live, newLead, test } from './world';

// Each goes over several screens, and proves on each that somebody is there, or gone.
test.describe.configure({ timeout: 120_000 });

/** Finds a lead in the field that asks for one, and takes it. */
async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Lead' }).fill(name);
  await page.getByRole('listbox', { name: 'Leads' }).getByRole('option', { name }).click();
}

async function download(page: Page, button: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('list', { name: 'Privacy requests' }).getByRole('button', { name: button }).first().click(),
  ]);
  return readFile(await file.path(), 'utf8');
}

test('an admin sees what a retention would cut, and a hold keeps a lead from being erased', async ({ person }) => {
  const mara = await person('mara');
  const page = await mara.signIn('/leads');
  const name = `Held ${Date.now()}`;
  await newLead(page, name, `held.${Date.now()}@example.com`);
  await page.goto('/settings/retention');
  await page.getByLabel('Keep entries').selectOption('1');
  await expect(page.getByText(/entr(y|ies) would go/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Keep entries for 1 month' })).toBeVisible();

  await page.getByRole('button', { name: 'Place a hold' }).click();
  await page.getByLabel('Reason').fill('Case 4711');
  await page.getByRole('combobox', { name: 'Holds' }).selectOption('lead');
  await choose(page, name);
  await page.getByRole('button', { name: 'Place the hold' }).click();
  const hold = page.getByRole('list', { name: 'Legal holds' }).getByRole('listitem').filter({ hasText: 'Case 4711' });
  await expect(hold).toContainText('One lead');

  await page.goto('/settings/privacy');
  await live(page);
  mara.provokes(/409/);
  await page.getByRole('button', { name: 'Erase a lead' }).click();
  await choose(page, name);
  await expect(page.getByRole('button', { name: 'Erase for good' })).toBeDisabled();
  await page.getByLabel(/to confirm/).fill(name);
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByText(/legal hold keeps this: Case 4711/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();

  await page.goto('/settings/retention');
  await hold.getByRole('button', { name: 'Release' }).click();
  await hold.getByRole('button', { name: 'Let it be cut and erased' }).click();
  await expect(hold).toContainText('Released');
});

test('a lead is handed over, erased and gone, with a receipt, on every screen', async ({ person }) => {
  const mara = await person('mara');
  const page = await mara.signIn('/leads');
  const name = `Forgotten ${Date.now()}`;
  await newLead(page, name, `forgotten.${Date.now()}@example.com`);
  const address = page.url();
  await page.goto('/settings/privacy');
  await page.getByRole('button', { name: 'Export a lead' }).click();
  await choose(page, name);
  await page.getByRole('button', { name: 'Collect' }).click();
  await expect(page.getByText('Exported')).toBeVisible();
  expect(await download(page, 'JSON')).toContain(name);
  expect(await download(page, 'Page')).toContain('What is known about you');

  const leads = await mara.tab(address);
  await live(leads);
  await leads.getByRole('button', { name: 'More actions' }).click();
  await leads.getByRole('menuitem', { name: 'Erase for good…' }).click();
  await leads.getByLabel(/to confirm/).fill(name);
  await leads.getByRole('button', { name: 'Erase for good' }).click();

  const requests = page.getByRole('list', { name: 'Privacy requests' });
  await expect(requests.getByRole('listitem').first()).toContainText('Erased');
  await expect(requests).not.toContainText(name);
  const receipt = await download(page, 'Receipt');
  expect(JSON.parse(receipt)).toMatchObject({ kind: 'erase', counts: { leads: 1 }, signature: expect.any(String) });
  expect(receipt).not.toContain(name);

  mara.provokes(/404/);
  await leads.goto(address);
  await expect(leads.getByText(name)).toHaveCount(0);
  await leads.goto('/audit');
  await live(leads);
  await expect(leads.getByText(/erased/i).first()).toBeVisible();
  await expect(leads.getByText(name)).toHaveCount(0);
});
