import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../../platform/work';
import { MailJudge } from './mail-judge';

/**
 * What hits are judged by can come after them: the hand-over, when a machine was faster than our own note of it, and
 * the answer that proves an open.
 */
@Reaction('tracking')
@Injectable()
export class EngagementReaction implements ReactsTo {
  readonly handles: readonly EventType[] = ['message.sent', 'message.delivered', 'message.replied'];

  constructor(private readonly mails: MailJudge) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void> {
    await this.mails.judgeAgain(
      tx,
      events.flatMap(({ subject }) => (subject.type === 'message' ? [subject.id] : [])),
    );
  }
}
