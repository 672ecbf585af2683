import { type Outgoing, type OutgoingPause, WAITING_CHOICES, type WaitingChoice } from '@threadline/contracts';
import { IsIn } from 'class-validator';

export class OutgoingPauseDto implements OutgoingPause {
  /** When it turned out that the workspace was restored from a backup. */
  since: string;
  /** Deliveries to webhooks that waited in the backup, and wait still. */
  deliveries: number;
  /** Messages that waited in the backup, and wait still. */
  messages: number;
}

export class OutgoingDto implements Outgoing {
  /** The log's head when it was read. */
  asOf: number;
  /** Why nothing leaves; null while everything does. */
  paused: OutgoingPauseDto | null;
}

export class ResumeOutgoingDto {
  /**
   * What becomes of what waited in the backup. `send`: it leaves now, and arrives twice if it had left after the backup
   * was made. `cancel`: deliveries are cancelled and can be replayed, messages become `unknown` and can be sent again.
   */
  @IsIn(WAITING_CHOICES)
  waiting: WaitingChoice;
}
