import { Injectable, Logger } from '@nestjs/common';
import type { Envelope, EventActor, NewEvent } from '@threadline/contracts';
import type { PoolClient } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { v7 } from 'uuid';
import { type Actor, eventActor } from '../access';
import { APPEND_AUDIT, type AuditNote, AuditTrail, noteOf } from '../audit';
import { Clock } from '../clock';
import { CrashPoints } from '../crash';
import { APPEND_EVENTS, eventParameter } from '../log';
import { LogRelay } from '../relay';
import { Refusal } from '../refusal';
import { currentRequest } from '../request';

import { IdempotencyKeys } from './idempotency-keys';
import { answerOf, gather, Statements } from './statements';
import type { Note, ReadTx, Tx } from './tx';
import { Turns } from './turns';

/** What a unit of work has said so far. */
interface Said {
  events: Envelope[];
  notes: AuditNote[];
  /** Called after the commit. */
  wakes: (() => void)[];
}

/** The commit was answered by a rollback: a statement before it had failed. */
class NotCommitted extends Error {}

/**
 * Opens one transaction for one actor: the tenant is its first statement, so that row-level security holds for all of
 * it, and the appended events are its last, so that row locks come first and the workspace's counter last.
 */
@Injectable()
export class UnitOfWork {
  private readonly turns = new Turns();
  private readonly statements = new Statements();
  private readonly log = new Logger('work');

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly relay: LogRelay,
    private readonly keys: IdempotencyKeys,
    private readonly audit: AuditTrail,
    private readonly crash: CrashPoints,
  ) {}

  /**
   * Runs `work` and commits it with its events. Nothing but the database may be waited for inside. The result of the
   * first unit of work of a request is what its Idempotency-Key remembers.
   * @throws what `work` throws, after rolling back.
   */
  async run<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    this.crash.pass('pre_tx');
    const runner = this.dataSource.createQueryRunner();
    const said: Said = { events: [], notes: [], wakes: [] };
    try {
      const { client, opened } = await open(runner, actor.workspaceId, 'BEGIN');
      const tx = this.transaction(this.reading(actor, runner.manager, client), this.clock.now(), said);
      const claim = await this.keys.claim(tx);
      const result = await work(tx);
      this.crash.pass('post_state');
      await claim?.remember(result);
      await opened;
      await this.commit(client, tx, said);
      closeTransaction(runner);
      this.crash.pass('post_commit');
      this.wake(actor.workspaceId, said);
      return result;
    } catch (error) {
      await this.rollback(runner);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** Runs `work` against one consistent snapshot, read-only. */
  async read<T>(actor: Actor, work: (tx: ReadTx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const begin = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
      const { client, opened } = await open(runner, actor.workspaceId, begin);
      const result = await work(this.reading(actor, runner.manager, client));
      await opened;
      // What was read is true whatever becomes of this; nobody needs to wait for it.
      void this.close(runner, client);
      return result;
    } catch (error) {
      await this.rollback(runner);
      await runner.release();
      throw error;
    }
  }

  private async close(runner: QueryRunner, client: PoolClient): Promise<void> {
    try {
      await client.query('COMMIT');
    } catch (error) {
      this.log.warn(`a read was not closed: ${error instanceof Error ? error.message : 'unknown'}`);
    } finally {
      closeTransaction(runner);
      await runner.release();
    }
  }

  private reading(actor: Actor, manager: EntityManager, client: PoolClient): ReadTx {
    return {
      actor,
      workspaceId: actor.workspaceId,
      manager,
      query: async <R extends object>(sql: string, parameters: readonly unknown[] = []) =>
        answerOf(await client.query(this.statements.of(sql, [...parameters]))) as R[],
    };
  }

  private transaction(ground: ReadTx, now: Date, said: Said): Tx {
    return {
      ...ground,
      now,
      append: ({ before, ...event }: NewEvent, as?: EventActor) => {
        const envelope = {
          id: v7(),
          seq: 0,
          workspaceId: ground.workspaceId,
          occurredAt: now.toISOString(),
          actor: as ?? eventActor(ground.actor),
          ...event,
        } as Envelope;
        said.events.push(envelope);
        const note = noteOf(envelope, ground.actor, before);
        if (note) said.notes.push(note);
        return envelope;
      },
      note: ({ action, outcome, targets, changes = [], reason }: Note) => {
        const by = ground.actor;
        const about = { id: v7(), occurredAt: now.toISOString(), actor: eventActor(by), by };
        said.notes.push({ ...about, action: `${action}.v1`, outcome, targets, changes, reason: reason ?? null });
      },
      at: (time, by = ground.actor) => this.transaction({ ...ground, actor: by }, time, said),
      afterCommit: (wake) => said.wakes.push(wake),
    };
  }

  private async commit(client: PoolClient, tx: Tx, { events, notes, wakes }: Said): Promise<void> {
    const { workspaceId } = tx;
    if (events.length === 0 && notes.length === 0) {
      this.crash.pass('pre_commit');
      return committed(await client.query('COMMIT'));
    }
    const audited = await this.audit.prepare(tx.query, workspaceId, notes);
    wakes.push(audited.committed);
    const endTurn = await this.turns.take(workspaceId);
    try {
      const requestId = currentRequest()?.requestId ?? null;
      // The head of the audit log is locked before the workspace's counter, everywhere.
      const auditing = client.query({ name: 'append_audit', text: APPEND_AUDIT, values: [workspaceId, audited.rows] });
      // Named: each connection parses and plans it once, which is more work than doing it.
      const appending = client.query<{ base: string }>({
        name: 'append_events',
        text: APPEND_EVENTS,
        values: [workspaceId, events.length, eventParameter(events), requestId],
      });
      if (this.crash.armed('pre_commit')) {
        await Promise.all([auditing, appending]);
        this.crash.pass('pre_commit');
      }
      // All statements travel together; the row of the counter is locked for one round trip and one flush.
      const [appended, commit] = await Promise.all([appending, client.query('COMMIT'), auditing]);
      const base = appended.rows[0]?.base;
      if (base === undefined) throw new NotCommitted('the workspace has no log');
      committed(commit);
      events.forEach((event, index) => (event.seq = Number(base) + index + 1));
    } finally {
      endTurn();
    }
  }

  private wake(workspaceId: string, { events, wakes }: Said): void {
    if (events.length > 0) this.relay.committed(workspaceId, events);
    for (const wake of wakes) wake();
  }

  /** A connection whose rollback fails is broken; the pool drops it, and the first error is the one to report. */
  private async rollback(runner: QueryRunner): Promise<void> {
    if (!runner.isTransactionActive || runner.isReleased) return;
    try {
      await runner.query('ROLLBACK');
    } catch (error) {
      this.log.warn(`a rollback did not reach the database: ${error instanceof Error ? error.message : 'unknown'}`);
    } finally {
      closeTransaction(runner);
    }
  }
}

/**
 * Begins and sets the tenant in one message, and does not wait for it: the first statement of the work travels right
 * behind it. `opened` must be waited for before anything is believed. TypeORM is told, so that it opens no transaction
 * of its own.
 */
async function open(runner: QueryRunner, workspaceId: string, begin: string) {
  const client = (await runner.connect()) as PoolClient;
  gather(client);
  const opened = client.query(`${begin}; SET LOCAL app.workspace_id = '${checked(workspaceId)}'`);
  // If it fails, so does the statement behind it, which is the one that is reported.
  opened.catch(() => undefined);
  (runner as { isTransactionActive: boolean }).isTransactionActive = true;
  return { client, opened };
}

/** Only a UUID, or nothing, is ever put into the message. */
function checked(workspaceId: string): string {
  if (!/^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/i.test(workspaceId)) throw new Refusal('not_found');
  return workspaceId;
}

function closeTransaction(runner: QueryRunner): void {
  (runner as { isTransactionActive: boolean }).isTransactionActive = false;
}

/** PostgreSQL answers ROLLBACK to the COMMIT of a transaction in which a statement failed. */
function committed(answer: { command: string }): void {
  if (answer.command !== 'COMMIT') throw new NotCommitted('the transaction was rolled back');
}
