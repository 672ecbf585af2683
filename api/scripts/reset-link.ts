import { NestFactory } from '@nestjs/core';
import { ResetLinks, ResetLinksModule } from '../src/modules/accounts';
import { parseConfig } from '../src/platform/config';
import { ScriptModule } from './script.module';

const USAGE = `Prints a link with which somebody sets a new password: once, within 30 minutes. For who owns the machine and
cannot read the mail that would hold it. It confirms the address too.
  reset-link.mjs person@example.com
It needs DATABASE_URL, APP_SECRET and PUBLIC_URL as Threadline runs with; Threadline may go on running.
`;

async function resetLinks(email: string): Promise<string[]> {
  const module = ScriptModule.of(parseConfig(), ResetLinksModule);
  const app = await NestFactory.createApplicationContext(module, { logger: ['error', 'warn'] });
  try {
    const made = await app.get(ResetLinks, { strict: false }).make(email);
    // Several accounts may carry an address that nobody has confirmed.
    return made.map(({ url, workspace }) => (made.length > 1 ? `${workspace}: ${url}` : url));
  } finally {
    await app.close();
  }
}

const [email] = process.argv.slice(2);
if (!email || email === '--help') {
  process.stdout.write(USAGE);
  process.exitCode = email ? 0 : 1;
} else {
  const links = await resetLinks(email);
  process.stdout.write(links.length > 0 ? `${links.join('\n')}\n` : `Nobody here has the address ${email}.\n`);
  process.exitCode = links.length > 0 ? 0 : 1;
}
