import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, newLead, pictures, test } from './world';

const ROOT = resolve(import.meta.dirname, '../..');
const VERIFIER = join(ROOT, 'libs/audit/bin/threadline-audit.mjs');

/** A receiver on this machine that takes everything. */
async function receiver() {
  const taken: { type: string; data: { entries?: { entry: { seq: number; action: string } }[] } }[] = [];
  const server = createServer((request, answer) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      taken.push(JSON.parse(Buffer.concat(parts).toString()) as (typeof taken)[number]);
      answer.writeHead(204).end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { taken, url: `http://127.0.0.1:${port}/audit`, close: () => server.close() };
}

test.describe('what leaves the audit log', () => {
  test.describe.configure({ timeout: 180_000 });

  test('a file is made beside the work, downloaded, and verified offline', async ({ person }) => {
    const folder = await mkdtemp(join(tmpdir(), 'threadline-audit-'));
    await promisify(execFile)(process.execPath, [join(ROOT, 'tools/build/audit.mjs')]);
    const mara = await person('mara');
    const page = await mara.signIn('/settings/audit-trail');

    await page.getByRole('button', { name: 'New export' }).click();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const file = page.getByRole('list', { name: 'Exports' }).getByRole('listitem').first();
    await expect(file).toContainText('The whole log, JSONL');
    await expect(file.getByRole('button', { name: 'Download' })).toBeVisible({ timeout: 30_000 });
    const entries = Number(/([\d,]+) entries/.exec((await file.textContent()) ?? '')?.[1]?.replaceAll(',', ''));
    await pictures(page, 'audit-exports');

    const downloading = page.waitForEvent('download');
    await file.getByRole('button', { name: 'Download' }).click();
    const path = join(folder, 'audit.jsonl');
    await (await downloading).saveAs(path);
    expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(entries);
    const { stdout } = await promisify(execFile)(process.execPath, [VERIFIER, 'verify', path]);
    expect(stdout).toContain(`Nothing is wrong with these ${entries} entries`);
    await rm(folder, { recursive: true });
  });

  test('a scheduled export is set up, and changed later', async ({ person }) => {
    const mara = await person('mara');
    const page = await mara.signIn('/settings/audit-trail');
    const name = `Morning ${Date.now()}`;
    await page.getByRole('button', { name: 'New schedule' }).click();
    const made = page.getByRole('dialog', { name: 'New scheduled export' });
    await made.getByRole('textbox', { name: 'Name' }).fill(name);
    await made.getByRole('button', { name: 'Schedule it' }).click();
    await expect(made).toBeHidden();

    await page.getByRole('button', { name: `Edit ${name}` }).click();
    const form = page.getByRole('dialog', { name: 'Scheduled export' });
    await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue(name);
    await pictures(page, 'audit-schedule');
    await form.getByRole('textbox', { name: 'Name' }).fill(`${name} at noon`);
    await form.getByLabel('At', { exact: true }).fill('12:30');
    await form.getByRole('textbox', { name: 'Action' }).fill('lead');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form).toBeHidden();
    const row = page.getByRole('list', { name: 'Scheduled exports' }).getByRole('listitem').filter({ hasText: name });
    await expect(row).toContainText('12:30');
    await expect(row).toContainText('only “lead”');
    await row.getByRole('button', { name: 'Delete' }).click();
    await row.getByRole('button', { name: 'Make no more of these' }).click();
    await expect(row).toBeHidden();
  });

  test('a stream carries what happens, is tested, paused, and taken away', async ({ person }) => {
    const siem = await receiver();
    const mara = await person('mara');
    const page = await mara.signIn('/settings/audit-trail');
    const name = `SIEM ${Date.now()}`;
    await page.getByRole('button', { name: 'New stream' }).click();
    const form = page.getByRole('dialog', { name: 'New stream' });
    await form.getByRole('textbox', { name: 'Name' }).fill(name);
    await form.getByRole('textbox', { name: 'Address' }).fill(siem.url);
    await form.getByRole('button', { name: 'Set it up' }).click();
    await expect(form.locator('code')).toContainText('whsec_');
    await form.getByRole('button', { name: 'Done' }).click();

    await newLead(page, 'Sia Stream', `sia.${Date.now()}@example.com`);
    const seen = () => siem.taken.flatMap(({ data }) => data.entries ?? []).map(({ entry }) => entry);
    await expect.poll(() => seen().some(({ action }) => action === 'lead.created.v1'), { timeout: 15_000 }).toBe(true);
    const seqs = seen().map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, at) => (seqs[0] ?? 0) + at));

    await page.goto('/settings/audit-trail');
    const row = page.getByRole('list', { name: 'Streams' }).getByRole('listitem').filter({ hasText: name });
    await expect(row).toContainText('Runs');
    await row.getByRole('button', { name: 'Test' }).click();
    await expect(page.locator('tl-toasts')).toContainText('took the test');
    await row.getByRole('button', { name: 'Pause' }).click();
    await expect(row).toContainText('Paused');
    await row.getByRole('button', { name: 'Delete' }).click();
    await row.getByRole('button', { name: 'Send nothing there any more' }).click();
    await expect(row).toHaveCount(0);
    siem.close();
  });
});
