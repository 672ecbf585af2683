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
  test.describe.configure({ timeout: 240_000 });

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

    // Nothing is sent to this role by itself: the page asks, and says how often.
    await expect(page.getByRole('img', { name: 'Updates every 3 seconds' })).toBeVisible();

    await test.step('the log follows what the owner does in another browser', async () => {
      await newLead(owner, 'Ola Audit', `ola.${Date.now()}@example.com`);
      await expect(page.getByRole('row', { name: /Mara Lindqvist.*Lead created.*Ola Audit/ })).toBeVisible();
    });

    await test.step('it stands still while somebody reads, and counts what comes', async () => {
      await page.getByRole('button', { name: 'Stop following the log' }).click();
      await newLead(owner, 'Pia Paused', `pia.${Date.now()}@example.com`);
      const waiting = page.getByRole('button', { name: /^[1-9]\d* new$/ });
      await expect(waiting).toBeVisible();
      await expect(page.getByRole('row', { name: /Pia Paused/ })).toHaveCount(0);
      await waiting.click();
      await expect(page.getByRole('row', { name: /Lead created.*Pia Paused/ })).toBeVisible();
    });

    const view = `Leads ${Date.now()}`;
    await test.step('filters lead to the entry, which says who and what in words', async () => {
      await page.getByRole('button', { name: 'About', exact: true }).click();
      await page.getByRole('option', { name: 'Leads', exact: true }).click();
      await expect(page).toHaveURL(/action=lead/);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('row', { name: /Member joined/ })).toHaveCount(0);
      await pictures(page, 'audit');
      await page.getByRole('row', { name: /Lead created.*Ola Audit/ }).click();
      const entry = page.getByRole('complementary', { name: 'Entry' });
      await expect(entry.getByRole('button', { name: 'Mara Lindqvist', exact: true })).toBeVisible();
      await expect(entry.getByRole('row', { name: /^name .*Ola Audit/ })).toBeVisible();
      await expect(entry.getByRole('table')).not.toContainText(/created at|updated at/);
      await pictures(page, 'audit-entry');
      const link = new URL(page.url());
      await page.getByRole('button', { name: 'Close the entry' }).click();

      // The link opens it also where the list does not show it, and says when there is none.
      link.searchParams.set('action', 'member');
      guest.provokes(/404/);
      const other = await guest.tab(link.href);
      const opened = other.getByRole('complementary', { name: 'Entry' });
      await expect(opened.getByRole('row', { name: /^name .*Ola Audit/ })).toBeVisible();
      await expect(other.getByRole('row', { name: /Ola Audit/ })).toHaveCount(1);
      link.searchParams.set('entry', '01999999-0000-7000-8000-000000000000');
      await other.goto(link.href);
      await expect(opened).toContainText('No entry of this log has that id');
      await opened.getByRole('button', { name: 'Close' }).click();
      await expect(opened).toBeHidden();
      await other.close();
    });

    await test.step('a look at the log is kept under a name', async () => {
      await page.getByRole('button', { name: 'Save view' }).click();
      const form = page.getByRole('dialog', { name: 'Save view' });
      await form.getByRole('textbox', { name: 'Name' }).fill(view);
      await form.getByRole('button', { name: 'Save view' }).click();
      const chip = page.getByRole('button', { name: view, exact: true });
      await expect(chip).toHaveAttribute('aria-pressed', 'true');
      await page.getByRole('button', { name: 'All entries' }).click();
      await expect(page).not.toHaveURL(/action=lead/);
      await page.reload();
      await chip.click();
      await expect(page).toHaveURL(/action=lead/);
      await expect(page.getByRole('row', { name: /Member joined/ })).toHaveCount(0);
    });

    await test.step('an entry leads to what belongs to it', async () => {
      await page.getByRole('row', { name: /Lead created.*Ola Audit/ }).click();
      const entry = page.getByRole('complementary', { name: 'Entry' });
      await entry.getByRole('button', { name: /^Everything about lead/ }).click();
      await expect(page).toHaveURL(/targetType=lead&targetId=/);
      await expect(page.getByRole('row', { name: /Lead created.*Ola Audit/ })).toBeVisible();
      await expect(page.getByRole('row', { name: /Pia Paused/ })).toHaveCount(0);
      await page.getByRole('button', { name: 'Remove filter Thing' }).click();
      await expect(page.getByRole('row', { name: /Pia Paused/ })).toBeVisible();
    });

    const files = await test.step('what is exported stands for itself', async () => {
      const log = await saved(page, 'JSONL', join(folder, 'audit.jsonl'));
      const checkpoint = await saved(page, 'A signed checkpoint', join(folder, 'checkpoint.json'));
      const later = await saved(page, 'JSONL', join(folder, 'later.jsonl'));
      const lines = (await readFile(later, 'utf8')).split('\n');
      const edited = lines.findIndex((line) => line.includes('"lead.updated.v1"'));
      lines[edited] = (lines[edited] ?? '').replace('"outcome":"allowed"', '"outcome":"denied"');
      const forged = join(folder, 'forged.jsonl');
      await writeFile(forged, lines.join('\n'));
      return { log, checkpoint, later, forged, edited: edited + 1 };
    });

    await test.step('the server finds nothing wrong, and says what that does not prove', async () => {
      await page.getByRole('link', { name: 'Verify' }).click();
      await page.getByRole('button', { name: 'Verify on the server' }).click();
      const result = page.getByRole('status').filter({ hasText: 'Nothing is wrong' });
      await expect(result).toContainText('What this check cannot tell');
    });

    await test.step('the browser verifies the files by itself, with the network off', async () => {
      await expect(page.getByText(/^([\da-f]{4} ){7}[\da-f]{4}$/)).toBeVisible();
      guest.provokes(/ERR_INTERNET_DISCONNECTED/);
      await guest.context.setOffline(true);
      const { publicKey } = JSON.parse(await readFile(files.checkpoint, 'utf8')) as { publicKey: string };
      await page.getByLabel('Choose checkpoints').setInputFiles(files.checkpoint);
      await page.getByRole('textbox', { name: 'The public key you noted' }).fill(publicKey);

      const verdictOn = async (path: string, verdict: RegExp) => {
        await page.getByLabel('Choose an export').setInputFiles(path);
        await page.getByRole('button', { name: 'Verify here' }).click();
        const here = page.getByRole('region', { name: 'In this browser, from files' });
        await expect(here.getByRole('status')).toContainText(verdict);
      };
      await verdictOn(files.log, /its end is gone/);
      await verdictOn(files.forged, new RegExp(`Entry ${files.edited} is not what it was`));
      await verdictOn(files.later, /Nothing is wrong with these .* entries, and the checkpoint agrees/);
      await expect(page.getByText('the key you noted')).toBeVisible();
      await pictures(page, 'audit-verified');
      await guest.context.setOffline(false);
    });

    await test.step('and anybody does so without a browser', async () => {
      expect(await verified(files.later, files.checkpoint)).toMatchObject({
        code: 0,
        said: expect.stringContaining('1 checkpoint'),
      });
      expect(await verified(files.log, files.checkpoint)).toMatchObject({ code: 1 });
      expect(await verified(files.forged, files.checkpoint)).toMatchObject({
        code: 1,
        said: expect.stringContaining(`entry ${files.edited}:`),
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
