import { type IdentityProvider, startIdentityProvider } from '../../tools/identity-provider/index.mjs';
import { Person, expect, live, picture, stranger, test } from './world';

/** Where the server says it is: a provider sends people back there, and cookies do not follow to another name. */
const HOME = `http://localhost:${process.env.E2E_PORT}`;

test.describe('single sign-on', () => {
  // The second comes to the provider that the first has set up.
  test.describe.configure({ mode: 'serial' });
  let idp: IdentityProvider;
  const mark = Date.now().toString(36);
  const domain = `${mark}.nova.test`;
  /** What the provider's own pages ask for in vain. */
  const NOT_OURS = /fonts\.googleapis\.com|favicon\.ico/;
  const newcomer = { login: `grace-${mark}`, email: `grace@${domain}`, name: 'Grace Newcomer' };

  test.beforeAll(async () => {
    idp = await startIdentityProvider({
      redirectUri: `${HOME}/api/auth/sso/callback`,
      people: { [newcomer.login]: { email: newcomer.email, email_verified: true, name: newcomer.name } },
    });
  });
  test.afterAll(() => idp.close());

  test('an owner sets up a provider, and somebody new comes in by it', async ({ browser }) => {
    const nova = new Person(await browser.newContext({ baseURL: HOME }), stranger());
    const page = await nova.tab('/register');
    await page.getByRole('textbox', { name: 'Your name' }).fill(nova.account.name);
    await page.getByRole('textbox', { name: 'Workspace' }).fill('Nova Ltd');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(nova.account.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(nova.account.passphrase);
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();

    await page.goto('/settings/single-sign-on');
    await page.getByRole('button', { name: 'Set up a provider' }).click();
    const form = page.getByRole('dialog', { name: 'Add a provider' });
    await expect(form.getByRole('textbox', { name: 'Issuer' })).toHaveValue('https://accounts.google.com');
    await form.getByText('Another', { exact: true }).click();
    await form.getByRole('textbox', { name: 'Name' }).fill('Nova ID');
    await form.getByRole('textbox', { name: 'Issuer' }).fill(`${idp.issuer}/`);
    await form.getByRole('textbox', { name: 'Client ID' }).fill(idp.clientId);
    await form.getByRole('textbox', { name: 'Client secret' }).fill(idp.clientSecret);
    await form.getByRole('textbox', { name: 'Mail domains' }).fill(domain);
    await form.getByRole('combobox', { name: 'Role of new members' }).selectOption({ label: 'Analyst' });
    await picture(page, 'sso-provider');
    // One slash too many is another issuer.
    nova.provokes(/400/);
    await form.getByRole('button', { name: 'Add provider' }).click();
    await expect(form.getByText(/has to be the issuer to the letter/)).toBeVisible();
    await form.getByRole('textbox', { name: 'Issuer' }).fill(idp.issuer);
    await form.getByRole('button', { name: 'Add provider' }).click();
    await expect(form).toBeHidden();
    await expect(page.getByRole('heading', { name: 'Nova ID' })).toBeVisible();
    await page.getByRole('button', { name: 'Test Nova ID' }).click();
    await expect(page.getByText('its issuer is right to the letter')).toBeVisible();
    await picture(page, 'sso-set-up');

    const grace = new Person(await browser.newContext({ baseURL: HOME }), stranger());
    grace.provokes(NOT_OURS);
    const theirs = await grace.tab('/sign-in');
    await theirs.getByRole('button', { name: 'Continue with single sign-on' }).click();
    await theirs.getByRole('textbox', { name: 'E-mail at work' }).fill(newcomer.email);
    await picture(theirs, 'sso-sign-in');
    await theirs.getByRole('button', { name: 'Continue', exact: true }).click();
    await theirs.waitForURL(`${idp.issuer}/**`);
    await theirs.locator('input[name=login]').fill(newcomer.login);
    await theirs.locator('input[name=password]').fill('any');
    await theirs.locator('button[type=submit]').click();
    await theirs.getByRole('button', { name: 'Continue' }).click();
    await expect(theirs.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
    await expect(theirs.getByRole('banner').getByText('Nova Ltd')).toBeVisible();
    await live(theirs);
    await theirs.reload();
    await expect(theirs.getByRole('heading', { name: 'Dashboard' })).toBeVisible();

    await page.goto('/settings/members');
    const row = page.getByRole('row', { name: new RegExp(newcomer.name) });
    await expect(row).toContainText('Analyst');
    expect([nova.unexpected, grace.unexpected]).toEqual([[], []]);
    await Promise.all([nova.context.close(), grace.context.close()]);
  });

  test('a return that this browser did not begin signs nobody in', async ({ browser }) => {
    const mallory = new Person(await browser.newContext({ baseURL: HOME }), stranger());
    mallory.provokes(NOT_OURS);
    const page = await mallory.tab('/sign-in');
    await page.getByRole('button', { name: 'Continue with single sign-on' }).click();
    await page.getByRole('textbox', { name: 'E-mail at work' }).fill(newcomer.email);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.waitForURL(`${idp.issuer}/**`);
    mallory.provokes(/401/);
    await page.goto('/api/auth/sso/callback?code=stolen&state=not-mine');
    await expect(page).toHaveURL(/\/sign-in\?sso=expired/);
    await expect(page.getByRole('alert')).toContainText('begun in another browser');
    await picture(page, 'sso-refused');
    expect(mallory.unexpected).toEqual([]);
    await mallory.context.close();
  });
});
