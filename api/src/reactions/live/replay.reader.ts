import { Injectable } from '@nestjs/common';
import type { Envelope } from '@threadline/contracts';
import { Clock } from '../../platform/clock';
import { EventReader } from '../../platform/log';
import { LiveLimits } from './live.limits';

/** Reads what screens missed, a few pages at a time. */
@Injectable()
export class ReplayReader {
  private free: number;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly reader: EventReader,
    private readonly clock: Clock,
    private readonly limits: LiveLimits,
  ) {
    this.free = limits.replayLanes;
  }

  /** The last number given out in a workspace, from the database. */
  head(workspaceId: string): Promise<number> {
    return this.inLane(() => this.reader.head(workspaceId));
  }

  /** The next page after a position; undefined when the log no longer has the event that comes next, or it is too old. */
  async page(workspaceId: string, after: number): Promise<Envelope[] | undefined> {
    const events = await this.inLane(() => this.reader.after(workspaceId, { after, limit: this.limits.pageSize }));
    const first = events[0];
    return first?.seq === after + 1 && this.isKept(first) ? events : undefined;
  }

  /** By when it was appended, which its id tells: history that is told afterwards carries dates of long ago. */
  private isKept(event: Envelope): boolean {
    const appendedAt = Number.parseInt(event.id.replaceAll('-', '').slice(0, 12), 16);
    return this.clock.millis() - appendedAt <= this.limits.replayAge;
  }

  private async inLane<T>(read: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.queue.push(resolve));
    try {
      return await read();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
