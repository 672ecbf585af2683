import { Injectable, Logger } from '@nestjs/common';
import { type Actor, systemActor } from '../access';
import { UnitOfWork } from './unit-of-work';

/** What somebody was not allowed to do. */
export interface Denial {
  /** `PATCH /api/members/:id`. */
  route: string;
  /** The code it was refused with. */
  code: string;
  /** Failed: they may, but did not show that it is them. */
  outcome: 'denied' | 'failed';
}

/** Keeps in the audit log, in a transaction of its own, what somebody was not allowed to do. */
@Injectable()
export class Denials {
  private readonly log = new Logger('audit');

  constructor(private readonly work: UnitOfWork) {}

  /** Never throws: the refusal is answered also while the database is away. */
  async keep(actor: Actor, { route, code, outcome }: Denial): Promise<void> {
    try {
      // By the system, so that the request's idempotency key is not spent on it; told of the one who was refused.
      await this.work.run(systemActor(actor.workspaceId, 'door'), async (tx) => {
        tx.at(tx.now, actor).note({
          action: outcome === 'failed' ? 'proof.refused' : 'access.denied',
          outcome,
          targets: [`workspace:${actor.workspaceId}`],
          changes: [{ field: 'route', before: null, after: route }],
          reason: code,
        });
      });
    } catch (error) {
      this.log.error({ err: error, route, code, actorId: actor.id }, 'a denial could not be kept in the audit log');
    }
  }
}
