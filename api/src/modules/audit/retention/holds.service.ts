import { Injectable } from '@nestjs/common';
import { type LegalHold, ref, type Ref } from '@threadline/contracts';
import { v7 } from 'uuid';
import { memberBehind } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx, Tx } from '../../../platform/work';

export interface NewHold {
  reason: string;
  targets: Ref[];
  actorIds: string[];
}

interface Row {
  id: string;
  reason: string;
  targets: Ref[];
  actor_ids: string[];
  placed_at: Date;
  placed_by: string;
  released_at: Date | null;
  released_by: string | null;
}

/** What nobody may cut or erase for now: a hold needs no time limit, and ends when somebody releases it. */
@Injectable()
export class LegalHolds {
  /** Those that hold now first, then the newest. */
  async list(tx: ReadTx): Promise<LegalHold[]> {
    const rows = await tx.query<Row>(
      'SELECT * FROM legal_holds WHERE workspace_id = $1 ORDER BY (released_at IS NULL) DESC, placed_at DESC, id DESC',
      [tx.workspaceId],
    );
    return rows.map(toHold);
  }

  async active(tx: ReadTx): Promise<LegalHold[]> {
    return (await this.list(tx)).filter(({ releasedAt }) => releasedAt === null);
  }

  /** Event `legal_hold.placed`. Without targets and actors everything is held. */
  async place(tx: Tx, { reason, targets, actorIds }: NewHold): Promise<LegalHold> {
    await this.takeTurn(tx);
    const [row] = await tx.query<Row>(
      `INSERT INTO legal_holds (workspace_id, id, reason, targets, actor_ids, placed_at, placed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *`,
      [tx.workspaceId, v7(), reason, targets, actorIds, tx.now, memberBehind(tx.actor)],
    );
    if (!row) throw new Error('A legal hold was not written');
    const hold = toHold(row);
    tx.append({ type: 'legal_hold.placed', ...about(hold), data: { hold } });
    return hold;
  }

  /** Event `legal_hold.released`. Twice is no error. @throws Refusal `not_found` */
  async release(tx: Tx, id: string): Promise<LegalHold> {
    const [held] = await tx.query<Row>('SELECT * FROM legal_holds WHERE workspace_id = $1 AND id = $2 FOR UPDATE', [
      tx.workspaceId,
      id,
    ]);
    if (!held) throw new Refusal('not_found');
    if (held.released_at) return toHold(held);
    const by = memberBehind(tx.actor);
    await tx.query('UPDATE legal_holds SET released_at = $3, released_by = $4 WHERE workspace_id = $1 AND id = $2', [
      tx.workspaceId,
      id,
      tx.now,
      by,
    ]);
    const hold = toHold({ ...held, released_at: tx.now, released_by: by });
    tx.append({ type: 'legal_hold.released', ...about(hold), data: { hold } });
    return hold;
  }

  /**
   * Nothing of this is erased while a hold keeps it; none is placed on it until the transaction in hand has ended.
   * @throws Refusal `on_hold`, with the reason of the hold
   */
  async refuseHeld(tx: Tx, thing: Ref): Promise<void> {
    await this.takeTurn(tx);
    const hold = (await this.active(tx)).find((each) => holdsEverything(each) || each.targets.includes(thing));
    if (hold) throw new Refusal('on_hold', { detail: `A legal hold keeps this: ${hold.reason}`, current: hold });
  }

  /** Placing a hold, cutting and erasing take turns. */
  private async takeTurn(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`legal-hold:${tx.workspaceId}`]);
  }
}

export function holdsEverything({ targets, actorIds }: LegalHold): boolean {
  return targets.length === 0 && actorIds.length === 0;
}

function about(hold: LegalHold) {
  return {
    subject: { type: 'legal_hold' as const, id: hold.id },
    about: [ref('legal_hold', hold.id), ...hold.targets],
  };
}

function toHold(row: Row): LegalHold {
  return {
    id: row.id,
    reason: row.reason,
    targets: row.targets,
    actorIds: row.actor_ids,
    placedAt: row.placed_at.toISOString(),
    placedBy: row.placed_by,
    releasedAt: row.released_at?.toISOString() ?? null,
    releasedBy: row.released_by,
  };
}
