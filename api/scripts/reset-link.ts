import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ResetLinks, ResetLinksModule } from '../src/modules/accounts';
import { ClockModule } from '../src/platform/clock';
import { type Config, ConfigModule, parseConfig } from '../src/platform/config';
import { CrashModule } from '../src/platform/crash';
import { DatabaseModule } from '../src/platform/database';
import { LogModule } from '../src/platform/log';
import { RelayModule } from '../src/platform/relay';
import { WorkModule } from '../src/platform/work';

const USAGE = `Prints a link with which somebody sets a new password: once, within 30 minutes. For who owns the machine and
cannot read the mail that would hold it.
  reset-link.mjs person@example.com
It needs DATABASE_URL, APP_SECRET and PUBLIC_URL as Threadline runs with; Threadline may go on running.
`;

@Module({})
class ScriptModule {
  static of(config: Config) {
    const platform = [ClockModule, CrashModule, DatabaseModule, LogModule, RelayModule, WorkModule];
    return { module: ScriptModule, imports: [ConfigModule.of(config), ...platform, ResetLinksModule] };
  }
}

async function resetLink(email: string): Promise<string | null> {
  const app = await NestFactory.createApplicationContext(ScriptModule.of(parseConfig()), { logger: ['error', 'warn'] });
  try {
    return await app.get(ResetLinks, { strict: false }).make(email);
  } finally {
    await app.close();
  }
}

const [email] = process.argv.slice(2);
if (!email || email === '--help') {
  process.stdout.write(USAGE);
  process.exitCode = email ? 0 : 1;
} else {
  const link = await resetLink(email);
  process.stdout.write(link ? `${link}\n` : `Nobody here has the address ${email}.\n`);
  process.exitCode = link ? 0 : 1;
}
