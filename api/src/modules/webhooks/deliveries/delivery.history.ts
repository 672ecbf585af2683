import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock';
import { SystemDatabase } from '../../../platform/database';

/** How long deliveries are kept after they ended, with their attempts and bodies. Milliseconds. */
export const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const BATCH = 5_000;

/** Tidies away what nobody looks at any more. The log itself stays, and with it everything can be replayed. */
@Injectable()
export class DeliveryHistory {
  private readonly log = new Logger('webhooks');

  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
  ) {}

  /** Never throws. Answers how many deliveries it took away. */
  async tidy(): Promise<number> {
    const before = new Date(this.clock.millis() - KEPT_MS);
    try {
      let taken = 0;
      for (let batch = BATCH; batch === BATCH; taken += batch) batch = await this.takeDeliveries(before);
      await this.database.query(
        `DELETE FROM webhook_payloads p WHERE p.created_at < $1 AND NOT EXISTS (
           SELECT 1 FROM webhook_deliveries d WHERE d.workspace_id = p.workspace_id AND d.event_id = p.event_id)`,
        [before],
      );
      return taken;
    } catch (error) {
      this.log.warn({ err: error }, 'old deliveries could not be tidied away');
      return 0;
    }
  }

  private async takeDeliveries(before: Date): Promise<number> {
    const rows = await this.database.query<{ id: string }>(
      `DELETE FROM webhook_deliveries WHERE (workspace_id, id) IN (
         SELECT workspace_id, id FROM webhook_deliveries WHERE status <> 'pending' AND created_at < $1 LIMIT ${BATCH})
       RETURNING id`,
      [before],
    );
    return rows.length;
  }
}
