import { Injectable } from '@nestjs/common';
import { CHANNELS } from '@threadline/contracts';
import type { Tx } from '../../../platform/work';
import { MessagesService } from '../../conversations';
import type { ReceivedText, ToldEvent } from '../providers/provider-request.rules';
import type { Filed } from './filed';

/** Fewer digits are no telephone number that could be told from others. */
const FEWEST_DIGITS = 7;

/** What people write to us by a provider's channel: a message of the lead who has that number. */
@Injectable()
export class ReceivedTexts {
  constructor(private readonly messages: MessagesService) {}

  async file(tx: Tx, { channel: name, from, text }: ReceivedText, told: ToldEvent, receivedAt: Date): Promise<Filed> {
    const channel = CHANNELS.find((each) => each === name);
    if (!channel) return { state: 'unmatched', reason: `this version has no conversations by ${name}` };
    const leads = await this.leadsWith(tx, from);
    const [leadId] = leads;
    if (!leadId) return { state: 'unmatched', reason: 'no lead has this number' };
    if (leads.length > 1) return { state: 'unmatched', reason: 'several leads have this number' };
    const message = await this.messages.receive(tx, {
      leadId,
      channel,
      subject: null,
      content: text,
      receivedAt: told.at ?? receivedAt,
      messageIdHeader: `<${told.id}@provider>`,
      answers: null,
      automatic: false,
    });
    if (!message) return { state: 'noted', reason: 'it had come in before' };
    return { state: 'applied', messageId: message.id };
  }

  /** Numbers are the same when their digits are, however they are written. */
  private async leadsWith(tx: Tx, from: string): Promise<string[]> {
    const digits = from.replace(/\D/g, '');
    if (digits.length < FEWEST_DIGITS) return [];
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM leads WHERE deleted_at IS NULL AND regexp_replace(phone, '\\D', '', 'g') = $1 ORDER BY id LIMIT 2`,
      [digits],
    );
    return rows.map((row) => row.id);
  }
}
