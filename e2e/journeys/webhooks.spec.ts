import type { Page } from '@playwright/test';
import { expect, newLead, pictures, test } from './world';

test.describe('webhooks', () => {
  test('somebody adds an endpoint on a receiver of this server, sees an event arrive, breaks it, and finds out why', async ({
    person,
  }) => {
    const mara = await person('mara');
    const mark = Date.now().toString(36);
    const page = await mara.signIn('/developers/webhooks');
    const secret = await addEndpoint(page, `Warehouse ${mark}`);
    await expect(page.getByRole('heading', { name: `Warehouse ${mark}`, level: 1 })).toBeVisible();
    await expect(page.getByText('Nothing was delivered yet')).toBeVisible();

    // A change elsewhere arrives here by itself.
    const other = await mara.tab('/dashboard');
    await newLead(other, `Lin ${mark}`, `lin.${mark}@example.com`);
    const table = page.getByRole('grid', { name: 'Deliveries' });
    const delivered = table.getByRole('row', { name: /lead\.created/ });
    await expect(delivered.getByText('Delivered')).toBeVisible();
    await pictures(page, 'webhook-deliveries');
    await delivered.click();
    const detail = page.getByRole('complementary', { name: 'Delivery' });
    await expect(detail.getByText(`Lin ${mark}`)).toBeVisible();
    await expect(detail.getByText('Identical bytes on every attempt')).toBeVisible();
    await pictures(page, 'webhook-delivery');

    // It is told to fail; the next event waits for another try.
    const receivers = await mara.tab('/developers/receivers');
    await expect(receivers.getByRole('button', { name: /^200/ })).toBeVisible();
    await receivers.getByLabel('Answers with').selectOption('500, fails');
    await newLead(other, `Mo ${mark}`, `mo.${mark}@example.com`);
    const waiting = table.getByRole('row', { name: /500 in/ });
    await expect(waiting.getByText('Will retry')).toBeVisible();
    await expect(receivers.getByRole('button', { name: /^500/ }).first()).toBeVisible();
    await pictures(receivers, 'webhook-receivers');

    // It is mended, and tried at once.
    await receivers.getByLabel('Answers with').selectOption('200, takes it');
    await waiting.click();
    await expect(detail.getByText('Next try')).toBeVisible();
    await detail.getByRole('button', { name: 'Deliver again' }).click();
    await expect(detail.getByText('Delivered', { exact: true })).toBeVisible();
    await detail.getByRole('button', { name: /^200/ }).click({ trial: true });
    await expect(detail.getByText('Against the attempt before: the same bytes')).toBeVisible();

    const deliveryId = new URL(page.url()).searchParams.get('delivery') ?? '';
    await checkSignature(receivers, secret, deliveryId);
  });

  test('what an endpoint gets, how it did, and what there is to be told of', async ({ person }) => {
    const mara = await person('mara');
    const name = `Ledger ${Date.now().toString(36)}`;
    const page = await mara.signIn('/developers/webhooks');
    await addEndpoint(page, name);
    await page.getByRole('button', { name: 'Send test event' }).first().click();
    const test = page.getByRole('dialog', { name: 'Test event' });
    await expect(test.getByText('The receiver took it')).toBeVisible();
    await pictures(page, 'webhook-test');
    await test.getByRole('button', { name: 'Done' }).click();

    await page.getByRole('link', { name: 'Charts' }).click();
    await expect(page.getByText('Waiting now')).toBeVisible();
    await pictures(page, 'webhook-charts');
    await page.getByRole('link', { name: 'Settings', exact: true }).last().click();
    await page.getByRole('button', { name: 'Rotate the secret' }).click();
    const rotated = page.getByRole('dialog', { name: 'The new secret' });
    await expect(rotated.getByLabel('Signing secret', { exact: true })).toHaveText(/^whsec_/);
    await rotated.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('An old secret signs until')).toBeVisible();
    await pictures(page, 'webhook-settings');

    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByText('Paused', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('link', { name: 'Deliveries' }).click();
    await page.getByRole('button', { name: 'Replay' }).click();
    const replay = page.getByRole('dialog', { name: 'Replay' });
    await replay.getByRole('radio', { name: /Everything it asks for/ }).check();
    await replay.getByRole('button', { name: 'Count them' }).click();
    await expect(replay.getByText(/deliver(y|ies) would be sent/)).toBeVisible();
    await pictures(page, 'webhook-replay');
    await replay.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('link', { name: 'Event types' }).click();
    await page.getByRole('searchbox', { name: 'Search event types' }).fill('lead');
    await page.getByRole('link', { name: /lead\.created/ }).click();
    await expect(page.getByText('Your newest one')).toBeVisible();
    await pictures(page, 'webhook-event-types');

    await page.getByRole('link', { name: 'Webhooks', exact: true }).click();
    await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible();
    await pictures(page, 'webhooks');
    await page.getByRole('link', { name }).click();
    await page.getByRole('link', { name: 'Settings', exact: true }).last().click();
    await page.getByRole('button', { name: 'Delete the endpoint' }).click();
    await page.getByRole('button', { name: 'Delete it with the history of its deliveries' }).click();
    await expect(page).toHaveURL(/\/developers\/webhooks$/);
    await expect(page.getByRole('row', { name: new RegExp(name) })).toBeHidden();
  });

  test('who writes programs finds by search how to begin, and makes the first call', async ({ person, request }) => {
    const mara = await person('mara');
    const page = await mara.signIn('/settings/api-keys');
    await page.getByRole('button', { name: 'New key' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New API key' });
    await expect(dialog.getByText('leads:write', { exact: true })).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('First call');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    const key = (await dialog.getByLabel('API key', { exact: true }).textContent()) ?? '';
    await expect(dialog.getByRole('link', { name: 'Developers, API' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Done' }).click();

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or jump to' }).fill('docs');
    await expect(page.getByRole('option', { name: 'API explorer' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'API', level: 1 })).toBeVisible();
    await pictures(page, 'developers-api');
    const call = (await page.getByText(/^export THREADLINE_API_KEY/).textContent()) ?? '';
    const address = /"(http[^"]+)"$/.exec(call)?.[1] ?? '';
    const headers = { authorization: `Bearer ${key}` };
    expect((await request.get(address, { headers })).status()).toBe(200);
    for (const link of await page.getByRole('region', { name: 'Documentation' }).getByRole('link').all()) {
      const place = (await link.getAttribute('href')) ?? '';
      expect([place, (await request.get(place)).status()]).toEqual([place, 200]);
    }
    expect((await request.get('/docs')).url()).toContain('/api/docs');
  });
});

/** Adds one that gets new leads, on a receiver of this server; answers its secret. */
async function addEndpoint(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Add endpoint' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add endpoint' });
  await dialog.getByRole('textbox', { name: 'Address' }).fill('http://10.0.0.1:4000/');
  await expect(dialog.getByText(/Only public addresses/)).toHaveCount(1);
  await expect(dialog.getByText('OUTBOUND_ALLOW_CIDRS=127.0.0.0/8 npm start')).toBeVisible();
  await dialog.getByRole('button', { name: 'Use a receiver of this server, to try it' }).click();
  await expect(dialog.getByText('Events may go there.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'What it is for' }).fill(name);
  await dialog.getByRole('searchbox', { name: 'Search event types' }).fill('lead.created');
  await dialog.getByRole('checkbox', { name: /lead\.created/ }).check();
  await pictures(page, 'webhook-new');
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  const secret = (await dialog.getByLabel('Signing secret', { exact: true }).textContent()) ?? '';
  expect(secret).toMatch(/^whsec_/);
  await dialog.getByRole('button', { name: 'Done' }).click();
  return secret;
}

/** From what a receiver got to what is right and wrong with it. */
async function checkSignature(page: Page, secret: string, deliveryId: string): Promise<void> {
  // The first event's, and the second's that came at last: the newest stands first.
  const taken = page.getByRole('button', { name: /^200/ });
  await expect(taken).toHaveCount(2);
  await taken.first().click();
  await page.getByRole('link', { name: 'Check its signature' }).click();
  await page.getByRole('textbox', { name: /Secret or public key/ }).fill(secret);
  await expect(page.getByText('this is what was signed with this key')).toBeVisible();
  const delivery = page.getByRole('textbox', { name: /Id of the delivery/ });
  await delivery.fill(deliveryId);
  await delivery.press('Tab');
  await expect(page.getByText('byte for byte what was sent')).toBeVisible();
  const body = page.getByRole('textbox', { name: 'Body, as raw as you have it' });
  const raw = await body.inputValue();
  await body.fill(JSON.stringify(JSON.parse(raw), null, 2));
  await expect(page.getByText('The body differs from byte 1 on')).toBeVisible();
  await expect(page.getByText('No signature matches')).toBeVisible();
  await pictures(page, 'webhook-signature');
  await body.fill(raw);
  await expect(page.getByText('matches', { exact: true })).toBeVisible();
}
