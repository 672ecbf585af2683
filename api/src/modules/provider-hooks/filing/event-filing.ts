import { Injectable } from '@nestjs/common';
import type { MessageStatus } from '@threadline/contracts';
import type { Tx } from '../../../platform/work';
import { SendLedger, UnwantedMail } from '../../conversations';
import type { ToldEvent } from '../providers/provider-request.rules';
import { statusOf } from '../providers/status.rules';
import { ProviderMessages } from './provider-messages';
import type { Filed } from './filed';
import { ReceivedTexts } from './received-texts';

/** An event together with where it was told. */
export interface EventInHand {
  connectionId: string;
  receivedAt: Date;
  told: ToldEvent;
}

/** What a provider tells of has left, whatever the mail server's answer was or will be. */
const LEAVING: readonly MessageStatus[] = ['unknown', 'sending'];

/** What becomes of a provider's event, in one transaction with what it does. Only the workspace's own messages are touched. */
@Injectable()
export class EventFiling {
  constructor(
    private readonly ledger: SendLedger,
    private readonly unwanted: UnwantedMail,
    private readonly progress: ProviderMessages,
    private readonly texts: ReceivedTexts,
  ) {}

  async file(tx: Tx, { connectionId, receivedAt, told }: EventInHand): Promise<Filed> {
    if (told.received) return this.texts.file(tx, told.received, told, receivedAt);
    const further = await this.progress.mark(tx, connectionId, told, receivedAt);
    const message = await this.messageOf(tx, told);
    if (message) {
      const filed = await this.apply(tx, message, told, receivedAt);
      const { unwanted, recipient } = told;
      if (unwanted) await this.unwanted.suppress(tx, message.id, unwanted, recipient);
      return filed;
    }
    if (told.kind === 'other') return { state: 'noted', reason: told.reason };
    if (further === false) return { state: 'outdated', reason: told.reason };
    return { state: 'unmatched', reason: 'it is about no message that was sent from here' };
  }

  private async apply(
    tx: Tx,
    { id, status }: { id: string; status: MessageStatus },
    told: ToldEvent,
    receivedAt: Date,
  ): Promise<Filed> {
    const filed = { messageId: id, reason: told.reason };
    switch (statusOf(told.kind)) {
      case null:
        return { ...filed, state: 'noted' };
      case 'sent': {
        const news = await this.ledger.seen(tx, id, told.at ?? receivedAt, LEAVING);
        return { ...filed, state: news ? 'applied' : 'noted' };
      }
      case 'failed':
      case 'bounced':
        await this.ledger.seen(tx, id, told.at ?? receivedAt, ['sending']);
        await this.ledger.bounced(tx, id, told.reason ?? 'The provider says that it came back.');
        break;
      case 'delivered':
      case 'read':
        await this.ledger.delivered(tx, id, told.at ?? receivedAt);
        break;
    }
    const [after] = await tx.query<{ status: MessageStatus }>('SELECT status FROM messages WHERE id = $1', [id]);
    if (after?.status !== status) return { ...filed, state: 'applied' };
    return { ...filed, state: told.kind === 'complained' || isNoStep(told) ? 'noted' : 'outdated' };
  }

  /** By what we had told the provider, else by the Message-ID that we gave the mail. */
  private async messageOf(
    tx: Tx,
    { trackingId, messageIdHeader }: ToldEvent,
  ): Promise<{ id: string; status: MessageStatus } | undefined> {
    if (trackingId === null && messageIdHeader === null) return undefined;
    const [message] = await tx.query<{ id: string; status: MessageStatus }>(
      `SELECT id, status FROM messages WHERE direction = 'outbound' AND (tracking_id = $1 OR message_id_header = $2)
        ORDER BY (tracking_id = $1) DESC NULLS LAST LIMIT 1 FOR UPDATE`,
      [trackingId, messageIdHeader],
    );
    return message;
  }
}

/** Opens and clicks say that it arrived; whether a person did it is for our own pixel and links to judge. */
function isNoStep({ kind }: ToldEvent): boolean {
  return kind === 'opened' || kind === 'clicked';
}
