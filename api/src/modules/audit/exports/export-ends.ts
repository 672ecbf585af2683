import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access';
import { Clock } from '../../../platform/clock';
import { isDiskFull } from '../../../platform/database';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { AccountMails } from '../../account-mail';
import { AuditReaders } from '../audit-readers';
import { ExportLedger, type Stand } from './export.ledger';
import type { ExportRow } from './exports.queries';
import { AuditExports } from './exports.service';

const LOST_RIGHT = 'Who asked for it may not read the audit log any more.';
const DISK_FULL = 'The disk of the database is full. What there was of the file has been removed.';
const GIVEN_UP =
  'It could not be made, although it was tried several times. What there was of the file has been removed.';

/** The ways in which making a file comes to an end; each only as long as it is in this hand. */
@Injectable()
export class ExportEnds {
  constructor(
    private readonly work: UnitOfWork,
    private readonly ledger: ExportLedger,
    private readonly exports: AuditExports,
    private readonly readers: AuditReaders,
    private readonly mails: AccountMails,
    private readonly clock: Clock,
  ) {}

  /** The file is there; those it was meant for are told. */
  async done(actor: Actor, { id }: ExportRow, token: string, stand: Stand): Promise<void> {
    await this.work.run(actor, async (tx) => {
      const row = await this.ledger.held(tx, id, token);
      if (!row) return;
      await this.exports.complete(tx, row, stand);
      for (const { name, email } of await this.readers.holding(tx, 'audit:read', row.recipients)) {
        await this.mails.queue(tx, { name, email }, await this.notice(tx, row, stand));
      }
    });
  }

  /** Nobody may read the log any more on whose behalf it is read. */
  lostRight(actor: Actor, row: ExportRow, token: string): Promise<void> {
    return this.end(actor, row, token, 'cancelled', LOST_RIGHT);
  }

  /** This process stops; another one goes on at once. */
  letGo(actor: Actor, { id }: ExportRow, token: string): Promise<void> {
    return this.work.run(actor, (tx) => this.ledger.release(tx, id, token, this.clock.now()));
  }

  /** A step did not work: it is tried again after so many ms, unless the disk is full or it was tried enough. */
  async stumbled(actor: Actor, row: ExportRow, token: string, error: unknown, pause = 0): Promise<void> {
    if (isDiskFull(error)) return this.end(actor, row, token, 'failed', DISK_FULL);
    if (this.ledger.isPoison(row)) return this.end(actor, row, token, 'failed', GIVEN_UP);
    const again = new Date(this.clock.millis() + pause);
    await this.work.run(actor, (tx) => this.ledger.release(tx, row.id, token, again));
  }

  private async end(
    actor: Actor,
    { id }: ExportRow,
    token: string,
    state: 'failed' | 'cancelled',
    why: string,
  ): Promise<void> {
    await this.work.run(actor, async (tx) => {
      const row = await this.ledger.held(tx, id, token);
      if (row) await this.exports.end(tx, row, state, why);
    });
  }

  private async notice(tx: Tx, row: ExportRow, { entries }: Stand) {
    const [found] = await tx.query<{ workspace: string; schedule: string | null }>(
      `SELECT w.name AS workspace, s.name AS schedule
         FROM workspaces w LEFT JOIN audit_schedules s ON s.id = $1`,
      [row.schedule_id],
    );
    const { workspace = '', schedule = null } = found ?? {};
    return { kind: 'audit_export_ready' as const, exportId: row.id, workspace, schedule, entries };
  }
}
