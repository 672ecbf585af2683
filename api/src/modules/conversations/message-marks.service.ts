import { Injectable } from '@nestjs/common';
import type { EventActor, Message } from '@threadline/contracts';
import type { Tx } from '../../platform/work';
import { LeadsService } from '../leads';
import { aboutMessage } from './messages.service';
import { MessagesQueries } from './messages.queries';
import { SendLedger } from './send-ledger';

export interface Mark {
  messageId: string;
  /** When the hit came in. */
  at: Date;
  hitId: string;
}

/** What readers do with our messages, as judged by the tracking module. */
@Injectable()
export class MessageMarks {
  constructor(
    private readonly queries: MessagesQueries,
    private readonly leads: LeadsService,
    private readonly ledger: SendLedger,
  ) {}

  /** First open by a person. Answers whether it was the first. */
  async markOpened(tx: Tx, mark: Mark): Promise<boolean> {
    const message = await this.mark(tx, 'opened_at', mark);
    if (message)
      tx.append(
        { type: 'message.opened', ...aboutMessage(message), data: { message, hitId: mark.hitId } },
        reader(message),
      );
    return message !== undefined;
  }

  /** First click by a person. Answers whether it was the first. */
  async markClicked(tx: Tx, mark: Mark & { link: string }): Promise<boolean> {
    const message = await this.mark(tx, 'clicked_at', mark);
    if (message) {
      const data = { message, hitId: mark.hitId, link: mark.link };
      tx.append({ type: 'message.clicked', ...aboutMessage(message), data }, reader(message));
    }
    return message !== undefined;
  }

  /** What had counted as a person turned out to be a machine: the mark is taken back. */
  async withdraw(
    tx: Tx,
    { messageId, kind, hitId }: { messageId: string; kind: 'open' | 'click'; hitId: string },
  ): Promise<void> {
    const column = kind === 'open' ? 'opened_at' : 'clicked_at';
    await tx.query(`UPDATE messages SET ${column} = NULL WHERE id = $1`, [messageId]);
    const message = await this.queries.one(tx, messageId);
    tx.append({ type: 'message.engagement_withdrawn', ...aboutMessage(message), data: { message, kind, hitId } });
  }

  private async mark(
    tx: Tx,
    column: 'opened_at' | 'clicked_at',
    { messageId, at }: Mark,
  ): Promise<Message | undefined> {
    const [first] = await tx.query<{ id: string }>(
      `WITH marked AS (
         UPDATE messages SET ${column} = $2 WHERE id = $1 AND ${column} IS NULL RETURNING id
       ) SELECT id FROM marked`,
      [messageId, at],
    );
    if (!first) return undefined;
    await this.ledger.seen(tx, messageId, at);
    const message = await this.queries.one(tx, messageId);
    await this.leads.touch(tx, message.leadId, at);
    return message;
  }
}

function reader(message: Message): EventActor {
  return { type: 'contact', id: message.leadId };
}
