import { Injectable, Logger } from '@nestjs/common';
import type { Envelope } from '@threadline/contracts';
import { systemActor } from '../access';
import { CrashPoints } from '../crash';
import { databaseRefusal } from '../database';
import { readEvents } from '../log';
import type { ReactsTo } from './reaction';
import type { Tx } from './tx';
import { UnitOfWork } from './unit-of-work';

const BATCH = 500;
/** After so many tries an event is poison: written down and stepped over. */
const TRIES = 5;

interface CursorRow {
  seq: string;
  attempts: number;
  last_error: string | null;
}

/** Moves one reaction through one workspace's log: effects and position in one transaction. */
@Injectable()
export class ReactionCursor {
  private readonly log = new Logger('reactions');

  constructor(
    private readonly work: UnitOfWork,
    private readonly crash: CrashPoints,
  ) {}

  /** Takes the next batch; answers whether there may be more. */
  async step(name: string, reaction: ReactsTo, workspaceId: string): Promise<boolean> {
    try {
      return await this.work.run(systemActor(workspaceId, name), (tx) => this.take(tx, name, reaction));
    } catch (error) {
      await this.giveWay(name, workspaceId, error);
      return false;
    }
  }

  private async take(tx: Tx, name: string, reaction: ReactsTo): Promise<boolean> {
    const cursor = await this.lock(tx, name);
    if (!cursor) return false;
    const after = Number(cursor.seq);
    // After a failure one event at a time, so that a poisoned one is found and holds up nothing else.
    const limit = cursor.attempts > 0 ? 1 : BATCH;
    const events = await readEvents((sql, parameters) => tx.query(sql, parameters), tx.workspaceId, { after, limit });
    const last = events.at(-1);
    if (!last) return false;
    const wanted = events.filter((event) => reaction.handles.includes(event.type));
    if (cursor.attempts >= TRIES) await this.stepOver(tx, name, last, cursor.last_error);
    else if (wanted.length > 0 && (await reaction.apply(tx, wanted)) === 'again') return true;
    this.crash.pass('reaction_mid');
    await tx.query(
      'UPDATE reaction_cursors SET seq = $2, attempts = 0, last_error = NULL, retry_at = NULL WHERE reaction = $1',
      [name, last.seq],
    );
    // What has come since announces itself.
    return events.length === limit;
  }

  /** Undefined when another process has it in hand. */
  private async lock(tx: Tx, name: string): Promise<CursorRow | undefined> {
    const select = 'SELECT seq, attempts, last_error FROM reaction_cursors WHERE reaction = $1 FOR UPDATE SKIP LOCKED';
    const [row] = await tx.query<CursorRow>(select, [name]);
    if (row) return row;
    await tx.query('INSERT INTO reaction_cursors (workspace_id, reaction) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      tx.workspaceId,
      name,
    ]);
    const [made] = await tx.query<CursorRow>(select, [name]);
    return made;
  }

  private async stepOver(tx: Tx, name: string, event: Envelope, error: string | null): Promise<void> {
    this.log.error({ reaction: name, workspaceId: tx.workspaceId, seq: event.seq }, 'a poisoned event is stepped over');
    await tx.query(
      `INSERT INTO poisoned_events (workspace_id, reaction, seq, error, at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
      [tx.workspaceId, name, event.seq, error ?? 'unknown', tx.now],
    );
  }

  private async giveWay(name: string, workspaceId: string, error: unknown): Promise<void> {
    // While the database is away the sweep tries again; that says nothing against the event.
    if (databaseRefusal(error)) return this.log.warn(`the reaction ${name} waits for the database`);
    this.log.error({ err: error, reaction: name, workspaceId }, 'a reaction failed and is tried again');
    await this.work.run(systemActor(workspaceId, name), (tx) =>
      tx.query(
        `UPDATE reaction_cursors SET attempts = attempts + 1, last_error = $2,
                retry_at = now() + make_interval(secs => least(power(2, attempts), 60)) WHERE reaction = $1`,
        [name, error instanceof Error ? error.message.slice(0, 2_000) : 'unknown'],
      ),
    );
  }
}
