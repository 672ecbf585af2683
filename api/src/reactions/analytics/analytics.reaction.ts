import { Injectable } from '@nestjs/common';
import type { Envelope } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../platform/work';
import { COUNTED_EVENTS } from './effects.rules';
import { RollUpProgress } from './roll-up-progress';
import { RollUps } from './roll-ups';

/** Keeps the roll-ups at the head of the log. */
@Injectable()
@Reaction('analytics')
export class AnalyticsReaction implements ReactsTo {
  readonly handles = COUNTED_EVENTS;

  constructor(
    private readonly rollUps: RollUps,
    private readonly progress: RollUpProgress,
  ) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void> {
    await this.rollUps.count(tx, events);
    tx.afterCommit(() => this.progress.counted(tx.workspaceId));
  }
}
