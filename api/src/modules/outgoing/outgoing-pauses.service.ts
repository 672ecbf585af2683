import { Injectable } from '@nestjs/common';
import { type Outgoing, type OutgoingPause, ref, type WaitingChoice } from '@threadline/contracts';
import { readHead } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { ReadTx, Tx } from '../../platform/work';
import { AccountMailLedger } from '../account-mail';
import { RestoredSends } from '../conversations';
import { RestoredDeliveries } from '../webhooks';

interface Row {
  since: Date;
  seq: number;
}

const ROW = 'since, seq::float8 AS seq';

/** What a workspace that was restored from a backup may send, and who decided so. */
@Injectable()
export class OutgoingPauses {
  constructor(
    private readonly deliveries: RestoredDeliveries,
    private readonly sends: RestoredSends,
    private readonly mails: AccountMailLedger,
  ) {}

  async of(tx: ReadTx): Promise<Outgoing> {
    const asOf = await readHead(tx.query, tx.workspaceId);
    const [row] = await tx.query<Row>(`SELECT ${ROW} FROM outgoing_pauses`);
    return { asOf, paused: row ? await this.pause(tx, row) : null };
  }

  /** Tells the workspace that it is paused. Event `workspace.outgoing_paused`, once for each restore. */
  async tell(tx: Tx): Promise<void> {
    const [told] = await tx.query<Row>(
      `WITH told AS (UPDATE outgoing_pauses SET told_at = $1 WHERE told_at IS NULL RETURNING ${ROW}) SELECT * FROM told`,
      [tx.now],
    );
    if (told) tx.append({ type: 'workspace.outgoing_paused', ...about(tx), data: await this.pause(tx, told) });
  }

  /**
   * Everything leaves again; what waited in the backup as it was chosen. Event `workspace.outgoing_resumed`.
   * @throws Refusal `wrong_state` when nothing is paused
   */
  async resume(tx: Tx, waiting: WaitingChoice): Promise<Outgoing> {
    const [pause] = await tx.query<Row>(`SELECT ${ROW} FROM outgoing_pauses FOR UPDATE`);
    if (!pause) throw new Refusal('wrong_state');
    const { deliveries, messages } = waiting === 'send' ? await this.pause(tx, pause) : await this.cancel(tx, pause);
    await tx.query('DELETE FROM outgoing_pauses');
    tx.append({ type: 'workspace.outgoing_resumed', ...about(tx), data: { waiting, deliveries, messages } });
    return this.of(tx);
  }

  private async pause(tx: ReadTx, { since, seq }: Row): Promise<OutgoingPause> {
    return {
      since: since.toISOString(),
      deliveries: await this.deliveries.waiting(tx, seq),
      messages: await this.sends.waiting(tx, since),
    };
  }

  private async cancel(tx: Tx, { since, seq }: Row) {
    await this.mails.doubt(tx, since);
    return { deliveries: await this.deliveries.cancel(tx, seq), messages: await this.sends.doubt(tx, since) };
  }
}

function about({ workspaceId }: Tx) {
  return { subject: { type: 'workspace' as const, id: workspaceId }, about: [ref('workspace', workspaceId)] };
}
