import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { DemoWorkspace } from './demo';
import { SetupLink } from './modules/auth';
import type { Config } from './platform/config';

/**
 * What an installation without any workspace offers its first visitor: with the embedded database a demo workspace,
 * whose sign-ins go to `secrets/demo-sign-ins.json`; with a database of one's own a one-time link in
 * `secrets/setup-link.txt`. The starter prints them.
 */
export async function offerFirstRun(app: INestApplication, config: Config): Promise<void> {
  const setup = app.get(SetupLink, { strict: false });
  const secrets = join(config.dataDir, 'secrets');
  const link = join(secrets, 'setup-link.txt');
  if (!(await setup.isFirstRun())) return rm(link, { force: true });
  await mkdir(secrets, { recursive: true, mode: 0o700 });
  const write = (file: string, text: string) => writeFile(file, text, { mode: 0o600 });
  if (!config.embedded) return write(link, `${await setup.make()}\n`);
  const demo = app.get(DemoWorkspace, { strict: false });
  const signIns = demo.inviteTheCast();
  // Written first: a workspace whose passphrases nobody knows would be of no use to anyone.
  await write(join(secrets, 'demo-sign-ins.json'), `${JSON.stringify({ signIns }, null, 2)}\n`);
  await demo.make(signIns);
}
