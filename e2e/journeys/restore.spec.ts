import pg from 'pg';
import { runningUrl } from '../../tools/postgres/index.mjs';
import { expect, pictures, stranger, Person, test } from './world';

/** What a start on a restored backup leaves in the database; see the faults for the backup itself. */
async function pauseWorkspaceOf(email: string): Promise<void> {
  const client = new pg.Client({ connectionString: runningUrl(process.env.E2E_DATA_DIR ?? '') ?? '' });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `INSERT INTO threadline.outgoing_pauses (workspace_id, since, seq)
       SELECT m.workspace_id, now(), 0 FROM threadline.memberships m JOIN threadline.users u ON u.id = m.user_id
        WHERE u.email = $1`,
      [email],
    );
    expect(rowCount).toBe(1);
  } finally {
    await client.end();
  }
}

test('a workspace that was restored says that nothing leaves, until its owner has decided', async ({ browser }) => {
  const nova = new Person(await browser.newContext(), stranger());
  const page = await nova.tab('/register');
  await page.getByRole('textbox', { name: 'Your name' }).fill(nova.account.name);
  await page.getByRole('textbox', { name: 'Workspace' }).fill('Nova Ltd');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(nova.account.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(nova.account.passphrase);
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  await pauseWorkspaceOf(nova.account.email);
  await page.goto('/leads?new=1');
  const form = page.getByRole('dialog', { name: 'New lead' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Lin');
  await form.getByRole('textbox', { name: 'E-mail' }).fill('lin@example.com');
  await form.getByRole('button', { name: 'Add lead' }).click();
  await expect(form).toBeHidden();

  const other = await nova.tab('/developers/webhooks');
  for (const tab of [page, other]) await expect(tab.getByText('Webhooks and messages are paused.')).toBeVisible();
  await pictures(other, 'restored');
  await other.getByRole('button', { name: 'Resume' }).click();
  for (const tab of [page, other]) await expect(tab.getByText('Webhooks and messages are paused.')).toBeHidden();
  expect(nova.unexpected).toEqual([]);
  await nova.context.close();
});
