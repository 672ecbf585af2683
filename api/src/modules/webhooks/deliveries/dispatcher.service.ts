import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock';
import { CrashPoints } from '../../../platform/crash';
import { DeliveryLimits } from './delivery-limits';
import { type ClaimedDelivery, DeliveryLedger, type DueEndpoint, type LiveEndpoint } from './delivery.ledger';
import { DeliverySender } from './delivery.sender';
import { freed, type Host, Hosts } from './hosts.rules';
import { type Claimed, Lane } from './lane';
import { Outcomes } from './outcomes.service';
import { Rotation } from './rotation.rules';

/** Endpoints and deliveries that one claim is about at most. */
const LANES_A_CLAIM = 100;
const DELIVERIES_A_CLAIM = 500;
/** New deliveries that are in hand at most, shared by the endpoints that have any. */
const IN_HAND = 20_000;
/** How long a process that stops waits for attempts that are under way. Milliseconds. */
const CLOSE_MS = 20_000;
/** A retry that is due sooner gets a timer; the sweeper finds the others. Milliseconds. */
const SOON_MS = 10_000;

/**
 * Sends what is due. Every endpoint has a lane of its own with a few attempts at a time; workspaces, and the endpoints
 * within them, take turns. Whoever takes long gives the place to others, whoever fails is only felt for: a receiver that
 * hangs costs a socket, and nobody's turn.
 */
@Injectable()
export class Dispatcher {
  private readonly log = new Logger('webhooks');
  private readonly lanes = new Map<string, Lane>();
  private readonly hungry = new Rotation<Lane>();
  private readonly ready = new Rotation<Lane>();
  private readonly hosts = new Hosts();
  private readonly underWay = new Set<Promise<void>>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private slowOnes = 0;
  private placesTaken = 0;
  private claiming: Promise<void> | null = null;
  private open = true;
  private begun = 0;

  constructor(
    private readonly ledger: DeliveryLedger,
    private readonly sender: DeliverySender,
    private readonly outcomes: Outcomes,
    private readonly limits: DeliveryLimits,
    private readonly clock: Clock,
    private readonly crash: CrashPoints,
  ) {}

  /** Attempts under way, and those of them that take long. */
  get load(): { running: number; slow: number } {
    return { running: this.placesTaken + this.slowOnes, slow: this.slowOnes };
  }

  /** These endpoints have something due. */
  wake(due: readonly DueEndpoint[]): void {
    for (const endpoint of due) {
      const lane = this.laneOf(endpoint);
      lane.hungry = true;
      if (endpoint.byHand) lane.succeeded();
      this.offer(lane);
    }
    this.pump();
  }

  /** How many new deliveries to an endpoint may be made with a claim of this process, which sends them at once. */
  appetite({ webhookId }: DueEndpoint): number {
    if (!this.open) return 0;
    const share = Math.floor(IN_HAND / (this.lanes.size + 1));
    return Math.min(share, this.lanes.get(webhookId)?.appetiteForNew ?? this.limits.perHand);
  }

  /** Sends what was made with a claim, after the commit. */
  takeInHand(deliveries: readonly ClaimedDelivery[]): void {
    const work: Promise<void> = this.takeOver(deliveries).finally(() => {
      this.underWay.delete(work);
      this.pump();
    });
    this.underWay.add(work);
  }

  /** Sends everything that is due and may begin, and waits for it. Answers whether there was anything. */
  async drain(): Promise<boolean> {
    const before = this.begun;
    this.wake(await this.ledger.due(this.clock.now()));
    while (this.claiming || this.underWay.size > 0) {
      await Promise.allSettled([...(this.claiming ? [this.claiming] : []), ...this.underWay]);
    }
    return this.begun > before;
  }

  /** Begins nothing more, gives back what is in hand, and waits a while for what is under way. */
  async close(): Promise<void> {
    this.open = false;
    for (const timer of this.timers) clearTimeout(timer);
    await this.claiming;
    await this.giveBack([...this.lanes.values()].flatMap(dropped));
    const patience = new AbortController();
    const enough = wait(CLOSE_MS, undefined, { signal: patience.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.underWay), enough]);
    patience.abort();
  }

  private laneOf(endpoint: DueEndpoint): Lane {
    const known = this.lanes.get(endpoint.webhookId);
    if (known) return known;
    const lane = new Lane(endpoint, this.limits);
    this.lanes.set(endpoint.webhookId, lane);
    return lane;
  }

  /** Puts a lane where its turn comes: to be sent, or to be claimed for. */
  private offer(lane: Lane): void {
    const now = this.clock.millis();
    if (lane.room(now) <= 0) return;
    if (!lane.isEmpty) this.ready.add(lane);
    else if (lane.hungry) this.hungry.add(lane);
    else if (lane.isIdle) this.lanes.delete(lane.key);
  }

  private pump(): void {
    this.begin();
    if (this.claiming || !this.open || this.hungry.isEmpty || this.isFull) return;
    this.claiming = this.claim()
      .catch((error: unknown) => this.log.warn({ err: error }, 'deliveries could not be claimed'))
      .finally(() => {
        this.claiming = null;
        this.pump();
      });
  }

  private get isFull(): boolean {
    return this.placesTaken >= this.limits.places;
  }

  private async claim(): Promise<void> {
    const lanes = this.nextHungry();
    if (lanes.length === 0) return;
    try {
      await this.fill(new Map(lanes.map((each) => [each.lane.key, each])));
    } finally {
      for (const { lane } of lanes) {
        lane.holders -= 1;
        this.offer(lane);
      }
    }
  }

  /** Puts what is due into the hands of these lanes; who got all that was asked for may find more. */
  private async fill(lanes: ReadonlyMap<string, { lane: Lane; most: number }>): Promise<void> {
    const asked = [...lanes.values()].map(({ lane, most }) => ({ ...lane.endpoint, most }));
    const [deliveries, endpoints] = await Promise.all([
      this.ledger.claim(asked, randomUUID()),
      this.ledger.endpoints([...lanes.keys()]),
    ]);
    if (deliveries.length > 0) this.crash.pass('webhook_claimed');
    for (const delivery of deliveries) {
      const [endpoint, claimer] = [endpoints.get(delivery.webhookId), lanes.get(delivery.webhookId)];
      if (!endpoint || !claimer) continue;
      claimer.lane.put({ delivery, endpoint });
      claimer.most -= 1;
      if (claimer.most === 0) claimer.lane.hungry = true;
    }
  }

  /** What should wait after all goes back: its endpoint was switched off or began to fail, or this process stops. */
  private async takeOver(deliveries: readonly ClaimedDelivery[]): Promise<void> {
    this.crash.pass('webhook_claimed');
    const shares = new Map<Lane, ClaimedDelivery[]>();
    for (const delivery of deliveries) {
      const lane = this.laneOf(delivery);
      const share = shares.get(lane);
      if (share) share.push(delivery);
      else shares.set(lane, [delivery]);
    }
    for (const lane of shares.keys()) lane.holders += 1;
    const endpoints = await this.ledger.endpoints([...shares.keys()].map(({ key }) => key)).catch((error: unknown) => {
      this.log.warn({ err: error }, 'deliveries could not be taken in hand');
      return new Map<string, LiveEndpoint>();
    });
    for (const [lane, share] of shares) {
      const endpoint = endpoints.get(lane.key);
      if (this.open && endpoint?.enabled && !lane.isTroubled) {
        for (const delivery of share) lane.put({ delivery, endpoint });
      } else {
        await this.giveBack(share);
        lane.hungry = true;
      }
      lane.holders -= 1;
      this.offer(lane);
    }
  }

  private nextHungry(): { lane: Lane; most: number }[] {
    const chosen: { lane: Lane; most: number }[] = [];
    const aside: Lane[] = [];
    const now = this.clock.millis();
    const crowded = this.slowOnes >= this.limits.slowPlaces;
    for (let all = 0; all < DELIVERIES_A_CLAIM && chosen.length < LANES_A_CLAIM;) {
      const lane = this.hungry.next();
      if (!lane) break;
      const most = lane.appetite(now);
      if (most <= 0 || !lane.hungry) continue;
      if (crowded && lane.isTroubled) {
        aside.push(lane);
        continue;
      }
      lane.hungry = false;
      lane.holders += 1;
      chosen.push({ lane, most });
      all += most;
    }
    // With nobody else to serve, asking again at once would go round in circles: the sweeper brings them back.
    if (chosen.length > 0) for (const lane of aside) this.hungry.add(lane);
    return chosen;
  }

  private begin(): void {
    while (this.open && !this.isFull) {
      const lane = this.ready.next();
      if (!lane) return;
      const host = this.hosts.of(lane);
      if (host.running >= this.limits.perHost) {
        host.waiting.add(lane);
        continue;
      }
      const claimed = lane.take(this.clock.millis());
      if (claimed) {
        const work: Promise<void> = this.send(lane, claimed, host).finally(() => {
          this.underWay.delete(work);
          this.pump();
        });
        this.underWay.add(work);
      }
      this.offer(lane);
    }
  }

  private async send(lane: Lane, claimed: Claimed, host: Host): Promise<void> {
    this.begun += 1;
    const place = this.takePlace(lane);
    lane.running += 1;
    lane.holders += 1;
    host.running += 1;
    const { delivery, endpoint } = claimed;
    const attempted = await this.sender.attempt(endpoint, { id: delivery.eventId, body: delivery.body });
    place.leave();
    lane.running -= 1;
    host.running -= 1;
    if (attempted.attempt.error === undefined) lane.succeeded();
    else if (lane.failed(this.clock.millis())) await this.rest(lane);
    for (const waiting of freed(host, this.limits.perHost)) this.offer(waiting);
    this.offer(lane);
    this.pump();
    const outcome = await this.outcomes.take(claimed, attempted);
    if (delivery.ordered) lane.hungry = true;
    if (outcome.nextAt) this.soon(lane, outcome.nextAt.getTime());
    lane.holders -= 1;
    this.offer(lane);
  }

  /** A place among the quick ones; whoever takes long loses it to others. */
  private takePlace(lane: Lane): { leave: () => void } {
    this.placesTaken += 1;
    let slow = false;
    const timer = setTimeout(() => {
      slow = true;
      this.placesTaken -= 1;
      this.slowOnes += 1;
      lane.slow += 1;
      this.pump();
    }, this.limits.slowAfterMs);
    return {
      leave: () => {
        clearTimeout(timer);
        if (!slow) return void (this.placesTaken -= 1);
        this.slowOnes -= 1;
        lane.slow -= 1;
      },
    };
  }

  /** What a broken endpoint has in hand goes back; it is looked for again when the rest is over. */
  private async rest(lane: Lane): Promise<void> {
    lane.hungry = true;
    this.soon(lane, lane.restEnds, Number.POSITIVE_INFINITY);
    await this.giveBack(dropped(lane));
  }

  private async giveBack(deliveries: readonly ClaimedDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    try {
      await this.ledger.release(deliveries);
    } catch (error) {
      this.log.warn({ err: error }, 'claims could not be given back; they run out by themselves');
    }
  }

  private soon(lane: Lane, at: number, within = SOON_MS): void {
    const delay = at - this.clock.millis();
    if (delay > within || !this.open) return;
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        this.wake([lane.endpoint]);
      },
      Math.max(0, delay) + 1,
    );
    timer.unref();
    this.timers.add(timer);
  }
}

const dropped = (lane: Lane) => lane.drop().map(({ delivery }) => delivery);
