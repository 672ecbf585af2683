import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import type { ClaimedDelivery, DueEndpoint } from './delivery.ledger';

/** Says in this process that endpoints have something due; the sweeper finds what nobody said. */
@Injectable()
export class DeliveryWake {
  readonly due$ = new Subject<readonly DueEndpoint[]>();
  /** Deliveries that were made in hand. Where nobody observes it none are made so. */
  readonly inHand$ = new Subject<readonly ClaimedDelivery[]>();
}
