import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access';
import { Clock } from '../../platform/clock';
import { SystemDatabase } from '../../platform/database';
import { Beside } from '../../platform/work';

/** A key's use is written down so often at most. Milliseconds. */
const NOTED_EVERY_MS = 60_000;
const REMEMBERED = 10_000;

/** When keys were last used, and from where: written beside the requests, which do not wait for it. */
@Injectable()
export class KeyUse {
  private readonly noted = new Map<string, number>();

  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
    private readonly beside: Beside,
  ) {}

  note({ id, workspaceId }: Actor, ip: string): void {
    const now = this.clock.now();
    if (now.getTime() - (this.noted.get(id) ?? -Infinity) < NOTED_EVERY_MS) return;
    if (this.noted.size > REMEMBERED) this.noted.clear();
    this.noted.set(id, now.getTime());
    // Another node may have noted a later use already.
    this.beside.run('noting the use of an API key', () =>
      this.database.query(
        `UPDATE api_keys SET last_used_at = $3, last_used_ip = $4
          WHERE workspace_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at < $3)`,
        [workspaceId, id, now, ip],
      ),
    );
  }
}
