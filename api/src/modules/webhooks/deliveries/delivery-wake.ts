import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import type { ClaimedDelivery } from './delivery.ledger';

/** An endpoint that has something due. */
export interface DueEndpoint {
  workspaceId: string;
  webhookId: string;
  /** Somebody asked for it: it is tried at once, however badly the endpoint answered until now. */
  byHand?: boolean;
}

/** Says in this process that endpoints have something due; the sweeper finds what nobody said. */
@Injectable()
export class DeliveryWake {
  readonly due$ = new Subject<readonly DueEndpoint[]>();
  /** Deliveries that were made in hand. Where nobody observes it none are made so. */
  readonly inHand$ = new Subject<readonly ClaimedDelivery[]>();
}
