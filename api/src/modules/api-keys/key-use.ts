import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../../platform/access';
import { Clock } from '../../platform/clock';
import { SystemDatabase } from '../../platform/database';
import { Settling } from '../../platform/work';

/** A key's use is written down so often at most. Milliseconds. */
const NOTED_EVERY_MS = 60_000;
const REMEMBERED = 10_000;

/** When keys were last used, and from where: written beside the requests, which do not wait for it. */
@Injectable()
export class KeyUse implements BeforeApplicationShutdown {
  private readonly log = new Logger('api keys');
  private readonly noted = new Map<string, number>();
  private readonly writing = new Set<Promise<void>>();

  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
    settling: Settling,
  ) {
    settling.register('the use of API keys', () => this.written());
  }

  note({ id, workspaceId }: Actor, ip: string): void {
    const now = this.clock.now();
    if (now.getTime() - (this.noted.get(id) ?? -Infinity) < NOTED_EVERY_MS) return;
    if (this.noted.size > REMEMBERED) this.noted.clear();
    this.noted.set(id, now.getTime());
    const written = this.write(workspaceId, id, now, ip).finally(() => this.writing.delete(written));
    this.writing.add(written);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.written();
  }

  private async written(): Promise<boolean> {
    const some = this.writing.size > 0;
    await Promise.all(this.writing);
    return some;
  }

  /** Another node may have noted a later use already. */
  private async write(workspaceId: string, id: string, at: Date, ip: string): Promise<void> {
    try {
      await this.database.query(
        `UPDATE api_keys SET last_used_at = $3, last_used_ip = $4
          WHERE workspace_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at < $3)`,
        [workspaceId, id, at, ip],
      );
    } catch (error) {
      this.log.warn({ err: error, keyId: id }, 'the use of an API key was not noted');
    }
  }
}
