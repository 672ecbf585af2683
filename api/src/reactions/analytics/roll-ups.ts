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
    // Statements that do not wait for each other share a round trip.
    const [facts, spans] = await Promise.all([
      this.store.messages(tx, messageIds),
      this.store.spansOfLeads(tx, leadIds),
    ]);
    const sheet = new Sheet(facts, spans);
    for (const event of events) sheet.count(event);
    await Promise.all([
      this.store.saveMessages(tx, sheet.changedMessages),
      this.store.saveSpans(tx, sheet.changedSpans),
      this.store.addToDays(tx, sheet.tally.changes),
      this.store.addToTotals(tx, sheet.tally.changes),
    ]);
  }
}
