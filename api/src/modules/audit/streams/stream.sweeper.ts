import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../../../platform/config';
import { StreamRunner } from './stream.runner';
import { StreamsQueries } from './streams.queries';

/** How often is looked for entries that nobody has delivered yet: what a stream lags behind at least. Milliseconds. */
const LOOK_MS = 1_000;

/** Looks for streams that have something to deliver, on every process that works. */
@Injectable()
export class StreamSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('audit streams');
  private looking?: NodeJS.Timeout;

  constructor(
    private readonly queries: StreamsQueries,
    private readonly runner: StreamRunner,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.looking = setInterval(() => void this.look(), LOOK_MS);
    this.looking.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.looking);
    await this.runner.close();
  }

  /** Delivers everything that is due now, and waits for it. Answers whether there was anything. */
  async drain(): Promise<boolean> {
    const due = await this.queries.due();
    await Promise.all(due.map((stream) => this.runner.run(stream)));
    return (await this.runner.finished()) || due.length > 0;
  }

  private async look(): Promise<void> {
    try {
      // Not waited for: a receiver that hangs holds up its own stream alone.
      for (const stream of await this.queries.due()) void this.runner.run(stream);
    } catch (error) {
      this.log.warn({ err: error }, 'the streams could not be looked at');
    }
  }
}
