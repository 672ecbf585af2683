import { Injectable } from '@nestjs/common';
import { type Envelope, type EventType, WEBHOOK_EVENT_TYPES } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../../platform/work';
import { FanOut } from './fan-out';

/** Puts every event into the ledger of the endpoints that ask for it, in the log's order. */
@Reaction('webhooks')
@Injectable()
export class FanOutReaction implements ReactsTo {
  readonly handles: readonly EventType[] = WEBHOOK_EVENT_TYPES;

  constructor(private readonly fanOut: FanOut) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void> {
    const subscribers = await this.fanOut.subscribers(tx);
    if (subscribers.length === 0) return;
    const shares = await this.fanOut.share(tx, subscribers, events);
    const since = shares.map(({ subscriber, events: all }) => ({
      subscriber,
      events: all.filter((event) => event.seq > Number(subscriber.since_seq)),
    }));
    await this.fanOut.enqueue(
      tx,
      since.filter((share) => share.events.length > 0),
    );
  }
}
