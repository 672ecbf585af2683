import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, invited, newLead, pictures, test } from './world';

const ROOT = resolve(import.meta.dirname, '../..');
const VERIFIER = join(ROOT, 'libs/audit/bin/threadline-audit.mjs');

test.describe('the audit log', () => {
  // Two people, an invitation between them, and a verifier that is built.
  test.describe.configure({ timeout: 180_000 });

  test('an auditor finds what was done, verifies it, and proves it offline', async ({ person, browser }) => {
    const folder = await mkdtemp(join(tmpdir(), 'threadline-audit-'));
    await promisify(execFile)(process.execPath, [join(ROOT, 'tools/build/audit.mjs')]);
    const mara = await person('mara');
    // Playwright looks into every frame, also where the mail's sandbox lets nothing run.
    mara.provokes(/Blocked script execution in 'about:/);
    const owner = await mara.signIn('/settings/members');
    const { guest, page } = await invited(owner, browser, 'Auditor');
    await page.getByRole('button', { name: 'Join' }).click();
    // What an auditor begins with is the log: it is all they may see.
    await expect(page).toHaveURL(/\/audit/);
    // The newest: other guests may have borne the name.
    const joined = page.getByRole('row', { name: new RegExp(`${guest.account.name}.*Member joined`) }).first();
    await expect(joined).toBeVisible();

    await test.step('the log follows what the owner does in another browser', async () => {
      await newLead(owner, 'Ola Audit', `ola.${Date.now()}@example.com`);
      await expect(page.getByRole('row', { name: /Mara Lindqvist.*Lead created.*Ola Audit/ })).toBeVisible();
    });

    await test.step('filters lead to the entry, which says who and what in words', async () => {
      await page.getByRole('button', { name: 'About', exact: true }).click();
      await page.getByRole('option', { name: 'Leads', exact: true }).click();
      await expect(page).toHaveURL(/action=lead/);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('row', { name: /Member joined/ })).toHaveCount(0);
      await pictures(page, 'audit');
      await page.getByRole('row', { name: /Lead created.*Ola Audit/ }).click();
      const entry = page.getByRole('complementary', { name: 'Entry' });
      await expect(entry.getByRole('button', { name: 'Mara Lindqvist' })).toBeVisible();
      await expect(entry.getByRole('row', { name: /^name .*Ola Audit/ })).toBeVisible();
      await expect(entry.getByRole('table')).not.toContainText(/created at|updated at/);
      await pictures(page, 'audit-entry');
      await page.getByRole('button', { name: 'Close the entry' }).click();
      await page.getByRole('button', { name: 'Clear' }).click();
    });

    await test.step('nothing is wrong with it, and it says what that does not prove', async () => {
      await page.getByRole('button', { name: 'Verify' }).click();
      const result = page.getByRole('status').filter({ hasText: 'Nothing is wrong' });
      await expect(result).toContainText('What this check cannot tell');
      await pictures(page, 'audit-verified');
    });

    await test.step('the exported file verifies offline against a checkpoint, and not once a line was edited', async () => {
      const log = await saved(page, 'JSONL', join(folder, 'audit.jsonl'));
      const checkpoint = await saved(page, 'A signed checkpoint', join(folder, 'checkpoint.json'));
      const later = await saved(page, 'JSONL', join(folder, 'later.jsonl'));
      expect(await verified(later, checkpoint)).toMatchObject({
        code: 0,
        said: expect.stringContaining('1 checkpoint'),
      });
      // Made before the checkpoint: what it lacks at its end is missed.
      expect(await verified(log, checkpoint)).toMatchObject({ code: 1 });

      const lines = (await readFile(later, 'utf8')).split('\n');
      const edited = lines.findIndex((line) => line.includes('"lead.updated.v1"'));
      lines[edited] = (lines[edited] ?? '').replace('"outcome":"allowed"', '"outcome":"denied"');
      await writeFile(later, lines.join('\n'));
      expect(await verified(later, checkpoint)).toMatchObject({
        code: 1,
        said: expect.stringContaining(`entry ${edited + 1}:`),
      });
    });

    await rm(folder, { recursive: true });
    expect(guest.unexpected).toEqual([]);
    await guest.context.close();
  });
});

/** What the menu "Export" gives under that name, kept as a file. */
async function saved(page: Page, name: string, path: string): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click(),
  ]);
  await download.saveAs(path);
  return path;
}

/** The verifier as anybody runs it, without Threadline: how it ended, and what it said. */
async function verified(log: string, checkpoint: string): Promise<{ code: number; said: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [VERIFIER, 'verify', log, '--checkpoint', checkpoint], (error, out, complaint) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, said: out + complaint });
    });
  });
}
