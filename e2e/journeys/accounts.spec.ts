import { Person, expect, invited, live, mailedLink, picture, pictures, signInOn, stranger, test } from './world';

/** What may pass until a session that was ended elsewhere is over on a screen. */
const SOON = 5_000;

test.describe('accounts', () => {
  // Several people, each with a browser of their own, and a mail between them.
  test.describe.configure({ timeout: 150_000 });

  test('the owner invites, the guest joins in another browser, and both see it at once', async ({
    person,
    browser,
  }) => {
    const mara = await person('mara');
    // Playwright looks into every frame, also where the mail's sandbox lets nothing run.
    mara.provokes(/Blocked script execution in 'about:/);
    const owner = await mara.signIn('/settings/members');
    const { guest, page } = await invited(owner, browser);
    await pictures(page, 'invitation');
    await owner.goto('/settings/members');
    await live(owner);
    await pictures(owner, 'members-invitations');
    await page.getByRole('button', { name: 'Join' }).click();
    await expect(page.getByRole('button', { name: `Menu of ${guest.account.name}` })).toBeVisible();
    await expect(owner.getByRole('rowheader').filter({ hasText: guest.account.email })).toBeVisible({ timeout: SOON });
    await expect(owner.locator('tl-invitations').getByText(guest.account.email)).toBeHidden();

    // Its link works once.
    const late = new Person(await browser.newContext(), stranger());
    late.provokes(/400/);
    const link = await mailedLink(owner, /invites you/, 'Accept the invitation');
    const again = await late.tab(link);
    await expect(again.getByRole('heading', { name: 'This invitation is not valid any more' })).toBeVisible();
    await picture(again, 'invitation-over');
    // Somebody else's invitation is refused with words, and nothing of one's own is lost.
    expect([...guest.unexpected, ...late.unexpected]).toEqual([]);
    await guest.context.close();
    await late.context.close();
  });

  test('a forgotten password is set anew by mail, and the browser that was signed in is not any more', async ({
    person,
    browser,
  }) => {
    const mara = await person('mara');
    // Playwright looks into every frame, also where the mail's sandbox lets nothing run.
    mara.provokes(/Blocked script execution in 'about:/);
    const owner = await mara.signIn('/settings/members');
    const { guest, page } = await invited(owner, browser);
    await page.getByRole('button', { name: 'Join' }).click();
    await live(page);

    const elsewhere = new Person(await browser.newContext(), guest.account);
    const gate = await elsewhere.tab('/sign-in');
    await gate.getByRole('link', { name: 'Forgot your password?' }).click();
    await pictures(gate, 'forgot-password');
    await gate.getByRole('textbox', { name: 'E-mail' }).fill(guest.account.email);
    await gate.getByRole('button', { name: 'Mail me a link' }).click();
    await expect(gate.getByRole('heading', { name: 'Look for the link' })).toBeVisible();

    const link = await mailedLink(owner, /Set a new password/, 'Set a new password');
    await pictures(owner, 'mailbox-own-mail');
    await gate.goto(link);
    const passphrase = 'eleven purple lampshades at dawn';
    await gate.getByRole('textbox', { name: 'New password' }).fill('passwordpassword');
    await expect(gate.locator('tl-password-strength p')).toHaveText(/guessed|leaked|tried/);
    await gate.getByRole('textbox', { name: 'New password' }).fill(passphrase);
    await expect(gate.locator('tl-password-strength p')).toHaveText(/Strong/);
    await pictures(gate, 'reset-password');
    guest.provokes(/401/);
    await gate.getByRole('button', { name: 'Set the password' }).click();
    await expect(gate.getByRole('heading', { name: 'Your new password is set' })).toBeVisible();
    await expect(page).toHaveURL(/\/sign-in/, { timeout: SOON });

    elsewhere.provokes(/401/);
    await gate.getByRole('link', { name: 'Sign in' }).click();
    await signInOn(gate, guest.account);
    await expect(gate.getByRole('alert')).toContainText('not right');
    await signInOn(gate, { ...guest.account, passphrase });
    await live(gate);
    expect([...guest.unexpected, ...elsewhere.unexpected]).toEqual([]);
    await guest.context.close();
    await elsewhere.context.close();
  });

  test('an address that has an account is registered like any other, and a mailed link moves the workspace in', async ({
    browser,
    person,
  }) => {
    const mara = await person('mara');
    // Playwright looks into every frame, also where the mail's sandbox lets nothing run.
    mara.provokes(/Blocked script execution in 'about:/);
    const again = new Person(await browser.newContext(), { ...mara.account, passphrase: stranger().passphrase });
    const page = await again.tab('/register');
    await page.getByRole('textbox', { name: 'Your name' }).fill(again.account.name);
    await page.getByRole('textbox', { name: 'Workspace' }).fill('Second thoughts');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(again.account.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(again.account.passphrase);
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await live(page);
    await page.goto('/settings/profile');
    await expect(page.getByText('This address is not confirmed: this installation has no mail server')).toBeVisible();
    await pictures(page, 'profile-unconfirmed');

    const owner = await mara.signIn('/mailbox');
    const link = await mailedLink(owner, /You already have an account/, 'Move the workspace into my account');
    await owner.goto(link);
    await pictures(owner, 'confirm-address');
    again.provokes(/401/);
    await owner.getByRole('button', { name: 'Yes, it was me' }).click();
    await expect(owner.getByRole('heading', { name: 'The workspace is in your account' })).toBeVisible();
    await pictures(owner, 'confirm-address-moved');
    await expect(page).toHaveURL(/\/sign-in/, { timeout: SOON });
    // The link is of the public address; the session is of the one that the journeys use.
    await owner.goto('/dashboard');
    await live(owner);
    await owner
      .getByRole('banner')
      .getByRole('button', { name: /^Workspace:/ })
      .click();
    await expect(owner.getByRole('menuitemradio', { name: 'Second thoughts' })).toBeVisible();
    expect(again.unexpected).toEqual([]);
    await again.context.close();
  });

  test('a person goes back and forth between two workspaces, and changes their profile', async ({ browser }) => {
    const nova = new Person(await browser.newContext(), stranger());
    const page = await nova.tab('/register');
    await page.getByRole('textbox', { name: 'Your name' }).fill(nova.account.name);
    await page.getByRole('textbox', { name: 'Workspace' }).fill('First Ltd');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(nova.account.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(nova.account.passphrase);
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await live(page);
    const second = await nova.tab('/leads');
    await live(second);

    nova.provokes(/401/);
    const banner = page.getByRole('banner');
    await banner.getByRole('button', { name: 'Workspace: First Ltd' }).click();
    await page.getByRole('menuitem', { name: 'New workspace…' }).click();
    const dialog = page.getByRole('dialog', { name: 'New workspace' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Second Ltd');
    await dialog.getByRole('button', { name: 'Create and open it' }).click();
    await expect(banner.getByRole('button', { name: 'Workspace: Second Ltd' })).toBeVisible();
    await live(page);
    // The other tab is in the same workspace: no screen shows what the next one would change elsewhere.
    await expect(second.getByRole('button', { name: 'Workspace: Second Ltd' })).toBeVisible();

    await banner.getByRole('button', { name: 'Workspace: Second Ltd' }).click();
    await expect(page.getByRole('menuitemradio')).toHaveCount(2);
    await picture(page, 'workspace-switcher');
    await page.getByRole('menuitemradio', { name: 'First Ltd' }).click();
    await expect(banner.getByRole('button', { name: 'Workspace: First Ltd' })).toBeVisible();

    await page.goto('/settings/profile');
    await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
    await pictures(page, 'settings-profile');
    await page.getByRole('textbox', { name: 'Your name' }).fill('Nova Renamed');
    await page.getByRole('button', { name: 'Save name' }).click();
    await expect(page.getByRole('button', { name: 'Menu of Nova Renamed' })).toBeVisible();
    expect(nova.unexpected).toEqual([]);
    await nova.context.close();
  });
});
