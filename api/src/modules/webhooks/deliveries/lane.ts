import type { DeliveryLimits } from './delivery-limits';
import { LEASE_LEFT_MS } from './delivery-limits';
import type { ClaimedDelivery, DueEndpoint, LiveEndpoint } from './delivery.ledger';
import type { Waiting } from './rotation.rules';

/** A delivery in hand, with the endpoint as it was when it was claimed. */
export interface Claimed {
  delivery: ClaimedDelivery;
  endpoint: LiveEndpoint;
}

/** A broken endpoint is felt for after a second, then ever more rarely, up to once a minute. Milliseconds. */
const REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;

/** What this process does for one endpoint: how much of it is in hand, and how well the endpoint answers. */
export class Lane implements Waiting {
  readonly group: string;
  readonly key: string;
  /** There may be more in the ledger. */
  hungry = false;
  running = 0;
  slow = 0;
  /** Claims and sendings that have yet to end: until then nobody may forget this lane and begin another. */
  holders = 0;
  private readonly inHand: Claimed[] = [];
  private failures = 0;
  private restsUntil = 0;

  constructor(
    { workspaceId, webhookId }: DueEndpoint,
    private readonly limits: DeliveryLimits,
  ) {
    this.group = workspaceId;
    this.key = webhookId;
  }

  get endpoint(): DueEndpoint {
    return { workspaceId: this.group, webhookId: this.key };
  }

  /** How many attempts may begin now: a few at a time, one when it has been failing, none while it rests. */
  room(now: number): number {
    if (now < this.restsUntil) return 0;
    return (this.isBroken ? 1 : this.limits.perEndpoint) - this.running;
  }

  /** How many to claim at once: many of who answers well, and only what can begin of who does not. */
  appetite(now: number): number {
    return this.isTroubled ? this.room(now) : this.limits.perClaim;
  }

  /** How many new ones to take in hand as they are made: none past those that wait in the ledger, or at who does not answer well. */
  get appetiteForNew(): number {
    return this.hungry || this.isTroubled ? 0 : Math.max(0, this.limits.perHand - this.inHand.length);
  }

  /** True for one that takes long or fails. */
  get isTroubled(): boolean {
    return this.slow > 0 || this.failures > 0;
  }

  get isEmpty(): boolean {
    return this.inHand.length === 0;
  }

  get isIdle(): boolean {
    return this.isEmpty && this.holders === 0 && !this.hungry && this.failures === 0;
  }

  get restEnds(): number {
    return this.restsUntil;
  }

  /** Where the next in hand goes. */
  get host(): string {
    return this.inHand[0]?.endpoint.host ?? '';
  }

  put(claimed: Claimed): void {
    this.inHand.push(claimed);
  }

  /** The next in hand; what its claim would not outlast is left to whoever claims it again. */
  take(now: number): Claimed | undefined {
    for (;;) {
      const next = this.inHand.shift();
      if (!next || next.delivery.leaseUntil - now >= LEASE_LEFT_MS) return next;
      this.hungry = true;
    }
  }

  /** Everything in hand that was not begun. */
  drop(): Claimed[] {
    return this.inHand.splice(0);
  }

  /** It answered well, or somebody wants it to be tried again. */
  succeeded(): void {
    this.failures = 0;
    this.restsUntil = 0;
  }

  /** Answers whether it rests now. */
  failed(now: number): boolean {
    this.failures += 1;
    if (!this.isBroken) return false;
    const beyond = Math.min(this.failures - this.limits.breaksAfter, 10);
    this.restsUntil = now + Math.min(REST_MS * 2 ** beyond, LONGEST_REST_MS);
    return true;
  }

  private get isBroken(): boolean {
    return this.failures >= this.limits.breaksAfter;
  }
}
