import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import pg from 'pg';
import type { Browser, Page } from '@playwright/test';
import { Person, expect, live, pictures, signInOn, signOutOn, stranger, test } from './world';

const STEP = 30_000;

/** Passkeys need the address that the installation goes by. */
const ORIGIN = `http://localhost:${process.env.E2E_PORT}`;

/** In the last seconds of a step the code would be of another one by the time it is looked at: then the next step's. */
async function codeOf(seed: string, ago = 0): Promise<string> {
  const left = STEP - (Date.now() % STEP);
  if (left < 5_000) await new Promise((over) => setTimeout(over, left));
  return new TOTP({ secret: Secret.fromBase32(seed) }).generate({ timestamp: Date.now() - ago });
}

/** Changes what the tests cannot wait for, or what another screen would change. */
async function change(sql: string, parameters: unknown[]): Promise<void> {
  const folder = process.env.E2E_DATA_DIR ?? '';
  const pointer = join(folder, 'postgres.location');
  const cluster = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(folder, 'postgres');
  const port = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
  const password = readFileSync(join(folder, 'secrets/postgres-password'), 'utf8').trim();
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
  await client.connect();
  try {
    expect((await client.query(sql, parameters)).rowCount).toBe(1);
  } finally {
    await client.end();
  }
}

/** Lets the last proof of who somebody is grow older than it holds. */
function ageProof(email: string): Promise<void> {
  return change(
    `UPDATE threadline.sessions SET proved_at = proved_at - interval '16 minutes'
      WHERE ended_at IS NULL AND user_id = (SELECT id FROM threadline.users WHERE email = $1)`,
    [email],
  );
}

/** The person's workspace asks everybody for a second factor. */
function askForSecondFactors(email: string): Promise<void> {
  return change(
    `UPDATE threadline.workspaces SET policies = '{"secondFactorRequired": true}'
      WHERE workspace_id = (SELECT workspace_id FROM threadline.memberships
                             WHERE user_id = (SELECT id FROM threadline.users WHERE email = $1))`,
    [email],
  );
}

/** Somebody new, signed in at the address that passkeys need. */
async function registered(browser: Browser): Promise<{ nova: Person; page: Page }> {
  const nova = new Person(await browser.newContext({ baseURL: ORIGIN }), stranger());
  const page = await nova.tab('/register');
  await page.getByRole('textbox', { name: 'Your name' }).fill(nova.account.name);
  await page.getByRole('textbox', { name: 'Workspace' }).fill('Nova Ltd');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(nova.account.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(nova.account.passphrase);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  return { nova, page };
}

test('somebody guards their account with codes and a passkey', async ({ browser }) => {
  test.setTimeout(180_000);
  const { nova, page } = await registered(browser);

  const security = async () => {
    await page.goto('/settings/security');
    await expect(page.getByRole('heading', { name: 'Security', level: 1 })).toBeVisible();
    await expect(page.getByText('This device')).toBeVisible();
  };
  const code = page.getByRole('textbox', { name: /code/i });
  nova.provokes(/401|403/);

  // An authenticator app: its key as text stands beside the code to scan.
  await security();
  const app = page.getByRole('region', { name: 'Authenticator app' });
  await app.getByRole('button', { name: 'Set up' }).click();
  await expect(app.getByRole('img', { name: /QR code/ })).toBeVisible();
  const seed = (await app.locator('.seed code').innerText()).replaceAll(' ', '');
  await pictures(page, 'security-totp');
  await code.fill('000000');
  await app.getByRole('button', { name: 'Turn it on' }).click();
  await expect(app.getByText('The code is not right, or was used before: wait for the next one.')).toBeVisible();
  await code.fill(await codeOf(seed, STEP));
  await app.getByRole('button', { name: 'Turn it on' }).click();
  const recovery = page.getByRole('region', { name: 'Recovery codes' });
  await expect(recovery.getByRole('listitem')).toHaveCount(10);
  const [recoveryCode = ''] = await recovery.getByRole('listitem').allInnerTexts();
  await pictures(page, 'security-recovery-codes');
  await page.getByRole('link', { name: 'Profile' }).click();
  await page.getByRole('button', { name: 'Stay and keep them' }).click();
  await expect(recovery.getByRole('listitem')).toHaveCount(10);
  await recovery.getByRole('button', { name: 'I have kept them' }).click();
  await expect(recovery.getByText('10 of 10 are left')).toBeVisible();

  // The password alone opens nothing any more.
  await signOutOn(page);
  await signInOn(page, nova.account);
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible();
  await pictures(page, 'second-step');
  await code.fill('000000');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('The code is not right');
  await code.fill(await codeOf(seed));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();

  await signOutOn(page);
  await signInOn(page, nova.account);
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await code.fill(recoveryCode);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  await live(page);

  // A passkey of this device.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await security();
  await expect(recovery.getByText('9 of 10 are left')).toBeVisible();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Work laptop');
  await page.getByRole('button', { name: 'Create the passkey' }).click();
  const passkeys = page.getByRole('region', { name: 'Passkeys' });
  await expect(passkeys.getByRole('listitem').filter({ hasText: 'Work laptop' })).toBeVisible();
  await pictures(page, 'security');

  // What a stolen session must not do asks who one is, a quarter of an hour after it was last known.
  await ageProof(nova.account.email);
  await page.goto('/settings/security');
  await expect(page.getByText('This device')).toBeVisible();
  const renew = async () => {
    await recovery.getByRole('button', { name: 'New codes' }).click();
    await recovery.getByRole('button', { name: 'Replace the old codes' }).click();
  };
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await expect(async () => {
    await renew();
    await expect(proof).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await pictures(page, 'proof');
  await proof.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(proof).toBeHidden();
  await expect(recovery.getByRole('listitem')).toHaveCount(10);
  await live(page);

  // In with the passkey, without a password. This browser fills nothing in by itself, or it would be faster than the
  // button: its authenticator needs no touch.
  const unasked = () => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  };
  await page.addInitScript(unasked);
  // On this page too: the sign-in stands on it for a moment before the fresh one is opened.
  await page.evaluate(unasked);
  await signOutOn(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  await security();
  const devices = page.getByRole('region', { name: 'Devices' });
  await expect(devices.getByRole('listitem')).toHaveCount(1);
  await expect(devices).toContainText('with a passkey');

  expect(nova.unexpected).toEqual([]);
  await nova.context.close();
});

test('a workspace that asks for a second factor lets nobody past without one', async ({ browser }) => {
  const { nova, page } = await registered(browser);
  nova.provokes(/401|403/);
  await askForSecondFactors(nova.account.email);
  await expect(async () => {
    await page.goto('/leads');
    await expect(page).toHaveURL(/\/second-factor/, { timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole('heading', { name: 'Add a second factor' })).toBeVisible();
  await pictures(page, 'second-factor');
  await page.goto('/settings/security');
  await expect(page).toHaveURL(/\/second-factor/);
  await page.getByRole('button', { name: 'Use an authenticator app' }).click();
  const seed = (await page.locator('.seed code').innerText()).replaceAll(' ', '');
  await page.getByRole('textbox', { name: /code/i }).fill(await codeOf(seed));
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect(page.getByRole('listitem')).toHaveCount(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page).toHaveURL(/\/settings\/security/);
  await expect(page.getByRole('region', { name: 'Authenticator app' })).toContainText('On');
  await live(page);
  expect(nova.unexpected).toEqual([]);
  await nova.context.close();
});
