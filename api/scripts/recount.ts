import { NestFactory } from '@nestjs/core';
import { parseConfig } from '../src/platform/config';
import { SystemDatabase } from '../src/platform/database';
import { AnalyticsRebuild, type Recount, RecountModule } from '../src/reactions/analytics';
import { ScriptModule } from './script.module';

const USAGE = `Counts the numbers of every workspace again from its log, and says where they differ from those shown.
  recount.mjs          only looks; ends with 1 when something differs
  recount.mjs --keep   puts the new numbers in the place of the old
  recount.mjs [--keep] <workspace id> …
It needs DATABASE_URL and APP_SECRET; Threadline may go on running.
`;

function told({ workspaceId, asOf, events, same, differences }: Recount): string {
  const lines = differences.map(
    ({ day, channel, measure, was, is }) => `  ${day} ${channel || 'no channel'} ${measure}: was ${was}, is ${is}`,
  );
  const verdict = same ? 'all as it was' : lines.length > 0 ? 'differs' : 'days are right; facts or totals differ';
  return [`${workspaceId}: ${events} events to ${asOf}, ${verdict}`, ...lines, ''].join('\n');
}

/** Answers whether everything was as it should be. */
async function recount(ids: readonly string[], keep: boolean): Promise<boolean> {
  const module = ScriptModule.of(parseConfig(), RecountModule);
  const app = await NestFactory.createApplicationContext(module, { logger: ['error', 'warn'] });
  try {
    const analytics = app.get(AnalyticsRebuild, { strict: false });
    const known = await app
      .get(SystemDatabase, { strict: false })
      .query<{ workspace_id: string }>('SELECT workspace_id FROM workspace_heads ORDER BY workspace_id');
    let right = true;
    for (const { workspace_id: id } of known.filter((each) => ids.length === 0 || ids.includes(each.workspace_id))) {
      const result = keep ? await analytics.rebuild(id) : await analytics.verify(id);
      process.stdout.write(told(result));
      right &&= result.same;
    }
    return right;
  } finally {
    await app.close();
  }
}

const wanted = process.argv.slice(2);
if (wanted.includes('--help')) {
  process.stdout.write(USAGE);
} else {
  const keep = wanted.includes('--keep');
  const right = await recount(
    wanted.filter((each) => each !== '--keep'),
    keep,
  );
  process.exitCode = right || keep ? 0 : 1;
}
