import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Subscription } from 'rxjs';
import { Clock } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { DeliveryHistory } from './delivery.history';
import { DeliveryWake } from './delivery-wake';
import { DeliveryLedger } from './delivery.ledger';
import { Dispatcher } from './dispatcher.service';

const SWEEP_MS = 2_000;
const TIDY_MS = 60 * 60 * 1000;

/** Sees to it that what is due is sent: at once when this process was told, otherwise by looking into the ledger. */
@Injectable()
export class DeliverySweeper implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly log = new Logger('webhooks');
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly wakes = new Subscription();

  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly ledger: DeliveryLedger,
    private readonly wake: DeliveryWake,
    private readonly history: DeliveryHistory,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.wakes.add(this.wake.due$.subscribe((due) => this.dispatcher.wake(due)));
    this.wakes.add(this.wake.inHand$.subscribe((deliveries) => this.dispatcher.takeInHand(deliveries)));
    this.timers.push(
      setInterval(() => void this.sweep(), SWEEP_MS).unref(),
      setInterval(() => void this.history.tidy(), TIDY_MS).unref(),
    );
    void this.start();
  }

  onModuleDestroy(): void {
    this.wakes.unsubscribe();
    for (const timer of this.timers) clearInterval(timer);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.dispatcher.close();
  }

  /** With the embedded database there is no other process: what is still claimed, nobody has in hand any more. */
  private async start(): Promise<void> {
    try {
      if (this.config.embedded) await this.ledger.releaseAll();
    } catch (error) {
      this.log.warn({ err: error }, 'claims of the last run could not be given back');
    }
    await this.sweep();
  }

  private async sweep(): Promise<void> {
    try {
      this.dispatcher.wake(await this.ledger.due(this.clock.now()));
    } catch (error) {
      this.log.warn({ err: error }, 'the ledger of deliveries could not be looked at');
    }
  }
}
