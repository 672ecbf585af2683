import type { APIRequestContext } from '@playwright/test';
import { expect, pictures, test } from './world';

test.describe('API keys', () => {
  test('somebody makes a key, a program works with it, and is shut out when it is revoked', async ({
    person,
    request,
  }) => {
    const mara = await person('mara');
    const page = await mara.signIn('/settings/api-keys');
    const name = `Nightly export ${Date.now().toString(36)}`;

    await page.getByRole('button', { name: 'New key' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New API key' });
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await expect(dialog.getByText('Name is needed.')).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await dialog.getByRole('button', { name: 'Everything I may' }).click();
    await expect(dialog.getByRole('checkbox', { name: 'Delete and restore leads' })).toBeChecked();
    await dialog.getByRole('button', { name: 'Read only' }).click();
    await expect(dialog.getByRole('checkbox', { name: 'Delete and restore leads' })).not.toBeChecked();
    await dialog.getByRole('textbox', { name: 'Networks it may be used from' }).fill('the office');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await expect(dialog.getByText('“the” is no address and no network.')).toBeVisible();
    mara.provokes(/400/);
    await dialog.getByRole('textbox', { name: 'Networks it may be used from' }).fill('127.0.0.1');
    await pictures(page, 'api-keys-new');
    await dialog.getByRole('button', { name: 'Make the key' }).click();

    const key = await dialog.getByLabel('API key', { exact: true }).textContent();
    expect(key).toMatch(/^tl_\w{22}_\w{43}$/);
    await expect(dialog.getByText(`Bearer ${key ?? ''}`)).toBeVisible();
    await pictures(page, 'api-keys-shown');
    await dialog.getByRole('button', { name: 'Done' }).click();

    const leads = await call(request, key ?? '');
    expect(leads.status()).toBe(200);
    expect(((await leads.json()) as { items: unknown[] }).items.length).toBeGreaterThan(0);
    const adding = await request.post('/api/leads', { headers: bearer(key ?? ''), data: { name: 'By a program' } });
    expect(adding.status()).toBe(403);
    const exposing = await request.get(`/api/leads?api_key=${key ?? ''}`);
    expect(exposing.status()).toBe(401);

    const row = page.getByRole('row', { name });
    await expect(row.getByText('Exposed')).toBeVisible();
    await page.reload();
    await expect(row.getByText('127.0.0.1', { exact: true })).toBeVisible();
    await expect(page.getByText(key ?? 'the key')).toHaveCount(0);
    await pictures(page, 'api-keys');
    await row.getByRole('button', { name: 'Revoke' }).click();
    await row.getByRole('button', { name: 'Stop every program that uses it' }).click();
    await expect(row).toBeHidden();
    expect((await call(request, key ?? '')).status()).toBe(401);
    await page.getByRole('button', { name: /revoked or expired/ }).click();
    await expect(row.getByText('Revoked')).toBeVisible();
  });

  test('somebody connects a directory, and it adds a person who shows up at once', async ({ person, request }) => {
    const mara = await person('mara');
    const page = await mara.signIn('/settings/single-sign-on');
    const name = `Entra ${Date.now().toString(36)}`;
    await page.getByRole('button', { name: 'Connect a directory' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect a directory' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('button', { name: 'Make a token' }).click();
    const token = (await dialog.getByLabel('SCIM token', { exact: true }).textContent()) ?? '';
    await pictures(page, 'provisioning-token');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await pictures(page, 'provisioning');

    const members = await mara.tab('/settings/members');
    await expect(members.getByRole('row', { name: /mara/i })).toBeVisible();
    const email = `grace.${Date.now().toString(36)}@example.com`;
    const headers = { ...bearer(token), 'content-type': 'application/scim+json' };
    const user = JSON.stringify({ userName: email, displayName: 'Grace Hopper', emails: [{ value: email }] });
    const made = await request.post('/scim/v2/Users', { headers, data: user });
    expect(made.status()).toBe(201);
    await expect(members.getByText(email)).toBeVisible();
    const { id } = (await made.json()) as { id: string };
    expect((await request.delete(`/scim/v2/Users/${id}`, { headers: bearer(token) })).status()).toBe(204);
    await expect(members.getByText(email)).toBeHidden();

    const row = page.getByRole('listitem').filter({ hasText: name });
    await row.getByRole('button', { name: 'Disconnect' }).click();
    await row.getByRole('button', { name: 'Stop its changes; people stay' }).click();
    await expect(row).toBeHidden();
    expect((await request.get('/scim/v2/Users', { headers })).status()).toBe(401);
  });
});

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function call(request: APIRequestContext, key: string) {
  return request.get('/api/leads?limit=5', { headers: bearer(key) });
}
