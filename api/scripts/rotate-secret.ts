import { MIGRATIONS } from '../migrations';
import { parseConfig } from '../src/platform/config';
import { prepareDatabase } from '../src/platform/database';
import { reseal } from '../src/platform/secrets';
import { SEALED_COLUMNS } from '../src/sealed-columns';

const USAGE = `Seals everything that lies sealed in the database anew with APP_SECRET, and says how much it was.
It needs DATABASE_URL, APP_SECRET (the new one) and APP_SECRET_PREVIOUS (those before, the newest first).
Cut short, it goes on where it stopped when it is run again.
`;

async function rotate(): Promise<void> {
  const config = parseConfig();
  await prepareDatabase(config, MIGRATIONS);
  for (const { table, column, all, renewed } of await reseal(config, SEALED_COLUMNS)) {
    process.stdout.write(`${table}.${column}: ${all} sealed, ${renewed} of them anew\n`);
  }
}

if (process.argv.includes('--help')) process.stdout.write(USAGE);
else await rotate();
