import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { AccountMailLedger } from './account-mail.ledger';
import { AccountMails } from './account-mails.service';
import { AccountPost } from './account-post';

const SWEEP_MS = 5_000;

/** Sends at once what this process queued, and looks into the ledger every few seconds for what is left over. */
@Injectable()
export class AccountMailSweeper implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly log = new Logger('account mail');
  private sweeping?: NodeJS.Timeout;
  private wakes?: Subscription;

  constructor(
    private readonly mails: AccountMails,
    private readonly post: AccountPost,
    private readonly ledger: AccountMailLedger,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.wakes = this.mails.due$.subscribe((workspaceId) => this.deliver(workspaceId));
    this.sweeping = setInterval(() => void this.sweep(), SWEEP_MS);
    this.sweeping.unref();
  }

  onModuleDestroy(): void {
    this.wakes?.unsubscribe();
    clearInterval(this.sweeping);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.post.close();
  }

  private async sweep(): Promise<void> {
    try {
      for (const workspaceId of await this.ledger.workspacesDue(this.clock.now())) this.deliver(workspaceId);
    } catch (error) {
      this.log.warn({ err: error }, 'the ledger could not be looked at');
    }
  }

  private deliver(workspaceId: string): void {
    this.post.deliver(workspaceId).catch((error: unknown) => {
      this.log.warn({ err: error, workspaceId }, 'mails that are due could not be sent');
    });
  }
}
