import type { Page } from '@playwright/test';
import { composer, expect, live, newLead, pictures, test } from './world';

/** What is promised: a change of rights is felt everywhere within this time. */
const FELT_WITHIN = 5_000;

test.describe('people and what they may do', () => {
  test('an agent who becomes an analyst loses the write actions on the screen they look at', async ({ person }) => {
    test.setTimeout(120_000);
    const [mara, tomas] = [await person('mara'), await person('tomas')];
    const hers = await mara.signIn('/leads');
    await newLead(hers, 'Rae Rights', `rae.${Date.now()}@example.com`);
    await composer(hers).message.fill('Half an answer');
    const his = await tomas.signIn(new URL(hers.url()).pathname);
    await expect(composer(his).message).toHaveText('Half an answer');
    const inbox = await tomas.tab('/inbox/open');
    await live(inbox);
    const list = await tomas.tab('/leads');
    await live(list);
    await expect(list.getByRole('button', { name: 'New lead' })).toBeVisible();
    await his.evaluate(() => Object.assign(window, { sameDocument: true }));

    await hers.goto('/settings/members');
    await expect(roleOf(hers, 'Agent')).toBeVisible();
    try {
      await give(hers, 'Agent', 'Analyst');
      const since = Date.now();
      await expect(list.getByRole('button', { name: 'New lead' })).toBeHidden({ timeout: FELT_WITHIN });
      await expect(composer(his).send).toBeHidden({ timeout: Math.max(1, FELT_WITHIN - (Date.now() - since)) });
      await expect(his.getByRole('heading', { name: 'Rae Rights', level: 1 })).toBeAttached();
      expect(await his.evaluate(() => 'sameDocument' in window)).toBe(true);
      await live(list);
      // Begun anew with the rights that are left, they ask for nothing that is not theirs.
      await Promise.all([his.reload(), inbox.reload()]);
      await expect(his.getByText('You can read this conversation.')).toBeVisible();
      await live(inbox);

      await expect(roleOf(hers, 'Analyst')).toBeVisible();
      await pictures(hers, 'people-members');
    } finally {
      await give(hers, 'Analyst', 'Agent');
    }
    await expect(list.getByRole('button', { name: 'New lead' })).toBeVisible({ timeout: FELT_WITHIN });
    await expect(composer(his).message).toHaveText('Half an answer', { timeout: FELT_WITHIN });
  });

  test('what was typed is not lost by leaving: the page asks, and Back is the dialog’s first', async ({ person }) => {
    const mara = await person('mara');
    const page = await mara.signIn('/settings/teams');
    const dialog = page.getByRole('dialog');
    const add = page.getByRole('button', { name: 'New team' });
    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('link', { name: 'Teams' }).click();

    await add.click();
    await expect(dialog).toBeVisible();
    await page.goBack();
    await expect(dialog).toBeHidden();
    await expect(page).toHaveURL(/teams$/);

    await add.click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('North');
    await page.goBack();
    await expect(dialog.getByRole('status')).toContainText('What you typed is still here');
    await expect(page).toHaveURL(/teams$/);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();

    await page.getByRole('link', { name: 'Policies' }).click();
    const domains = page.getByRole('textbox', { name: /Mail domains/ });
    await domains.fill('example.com');
    await page.goBack();
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await expect(page).toHaveURL(/policies$/);
    await expect(domains).toHaveValue('example.com');
    await page.goBack();
    await dialog.getByRole('button', { name: 'Leave without saving' }).click();
    await expect(page).toHaveURL(/teams$/);
  });

  test('a role and a team of one’s own are made, given, and show on a colleague’s screen', async ({ person }) => {
    test.setTimeout(120_000);
    const [mara, tomas] = [await person('mara'), await person('tomas')];
    const hers = await mara.signIn('/settings/roles');
    const his = await tomas.signIn('/settings/teams');
    const [role, team] = [`Night ${Date.now().toString(36)}`, `North ${Date.now().toString(36)}`];

    await test.step('the role begins as what agents may do, and is ticked in the table', async () => {
      await hers.getByRole('button', { name: 'New role' }).click();
      const form = hers.getByRole('dialog', { name: 'New role' });
      await form.getByRole('textbox', { name: 'Name' }).fill(role);
      await form.getByRole('combobox', { name: 'Begins with' }).selectOption({ label: 'What Agent may do' });
      await form.getByRole('button', { name: 'Add role' }).click();
      await expect(form).toBeHidden();
      const tick = hers.getByRole('checkbox', { name: `${role}: Delete and restore leads` });
      await expect(tick).toBeChecked();
      await tick.focus();
      await hers.keyboard.press('Space');
      await expect(hers.getByRole('region', { name: 'Unsaved changes' })).toContainText(`1 change to ${role}`);
      await pictures(hers, 'people-roles');
      await hers.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(hers.getByRole('region', { name: 'Unsaved changes' })).toBeHidden();
      await hers.reload();
      await expect(hers.getByRole('checkbox', { name: `${role}: Delete and restore leads` })).not.toBeChecked();
    });

    await test.step('the team shows on the colleague’s screen at once, who may not change it', async () => {
      await hers.goto('/settings/teams');
      await hers.getByRole('button', { name: 'New team' }).click();
      const form = hers.getByRole('dialog', { name: 'New team' });
      await form.getByRole('textbox', { name: 'Name' }).fill(team);
      await form.getByRole('combobox', { name: 'Members' }).fill('tomas');
      await hers.keyboard.press('Enter');
      await form.getByRole('button', { name: 'Add team' }).click();
      await expect(form).toBeHidden();
      await expect(his.getByRole('listitem').filter({ hasText: team })).toContainText('Tomas');
      await expect(his.getByRole('button', { name: `Change ${team}` })).toBeHidden();
      await pictures(hers, 'people-teams');
    });

    await test.step('both go again', async () => {
      const row = hers.getByRole('listitem').filter({ hasText: team });
      await row.getByRole('button', { name: 'Delete' }).click();
      await row.getByRole('button', { name: `Delete ${team}` }).click();
      await expect(his.getByText(team)).toBeHidden();
      await hers.goto('/settings/roles');
      await hers.getByRole('button', { name: `${role}: change or delete` }).click();
      await hers.getByRole('menuitem', { name: 'Delete' }).click();
      await expect(hers.getByRole('button', { name: `${role}: change or delete` })).toBeHidden();
    });
  });
});

function roleOf(page: Page, role: string) {
  return page.getByRole('button', { name: new RegExp(`^Role of Tomas.*: ${role}$`) });
}

async function give(page: Page, from: string, to: string): Promise<void> {
  await roleOf(page, from).click();
  await page.getByRole('menuitemradio', { name: new RegExp(`^${to}`) }).click();
}
