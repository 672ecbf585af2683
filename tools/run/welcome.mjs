import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readIfThere } from '../postgres/files.mjs';

/**
 * The short block at the end of the start: address, how to sign in, where the data lives.
 * The API writes `secrets/demo-sign-ins.json` `{signIns: [{email, passphrase, name, role}]}` when it makes the demo
 * workspace, or `secrets/setup-link.txt` while a database of one's own has no workspace yet.
 * @param {import('./settings.mjs').Settings} settings
 */
export async function welcome(settings) {
  const { dataDir, url } = settings;
  const lines = ['', `  Threadline is ready: ${url}`, ''];
  if (settings.databaseUrl) lines.push(...setUp(dataDir));
  else lines.push(...(await signIns(dataDir)));
  if (!settings.env.SMTP_URL)
    lines.push('  Mail stays here: the screen "Mailbox" plays the recipients (SMTP_URL sends it for real).');
  const database = settings.databaseUrl ? 'your PostgreSQL (DATABASE_URL)' : databasePlace(dataDir);
  lines.push(`  Database: ${database}`, `  Secrets and logs: ${dataDir}`, '', '  Ctrl-C stops everything.', '');
  return lines.join('\n');
}

async function signIns(dataDir) {
  const file = join(dataDir, 'secrets', 'demo-sign-ins.json');
  for (let waited = 0; !existsSync(file) && waited < 30_000; waited += 100) await sleep(100);
  const text = readIfThere(file);
  if (!text) return ['  There is no demo workspace here: register to make one.', ''];
  const { signIns: people } = JSON.parse(text);
  const width = Math.max(...people.map(({ email }) => email.length));
  return [
    '  Demo workspace:',
    ...people.map(
      ({ email, passphrase, name, role }) => `    ${email.padEnd(width)}   ${passphrase}   (${name}, ${role})`,
    ),
    '',
  ];
}

function setUp(dataDir) {
  const link = readIfThere(join(dataDir, 'secrets', 'setup-link.txt'));
  return link ? ['  Make the first workspace here (works once):', `    ${link}`, ''] : [];
}

function databasePlace(dataDir) {
  return readIfThere(join(dataDir, 'postgres.location')) ?? join(dataDir, 'postgres');
}
