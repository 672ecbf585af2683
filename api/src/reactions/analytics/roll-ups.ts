import { Injectable } from '@nestjs/common';
import type { Envelope } from '@threadline/contracts';
import type { Tx } from '../../platform/work';
import { FactStore } from './fact.store';
import { neededFor, Sheet } from './sheet.rules';

/** Counts events into the facts and the roll-up: one statement for each table and batch, however long the batch. */
@Injectable()
export class RollUps {
  constructor(private readonly store: FactStore) {}

  async count(tx: Tx, events: readonly Envelope[]): Promise<void> {
    const { messageIds, leadIds } = neededFor(events);
    const sheet = new Sheet(await this.store.messages(tx, messageIds), await this.store.spansOfLeads(tx, leadIds));
    for (const event of events) sheet.count(event);
    await this.store.saveMessages(tx, sheet.changedMessages);
    await this.store.saveSpans(tx, sheet.changedSpans);
    await this.store.add(tx, sheet.tally.changes);
  }
}
