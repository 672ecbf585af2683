import { Injectable } from '@nestjs/common';
import type { HitKind } from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { Keys } from '../../../platform/config';
import type { RawHit } from '../hit';
import { HitIds } from './hit-ids';
import { HitLane } from './hit-lane';
import { IntakeCounters } from './intake.counters';
import { IntakeLimits } from './intake.limits';
import { addressPrefix, NetworkIndex } from '../verdict/networks.rules';
import { signsOf } from './request-signs';
import { isTrackingId, LinkSeal, type SealedLink } from '../ticket.rules';

/** Longest part of a user agent that is kept. */
const MAX_AGENT = 512;

/** A request on the pixel or a link, as far as it matters. */
export interface IntakeRequest {
  method: string;
  trackingId: string;
  /** Of the reader, as far as trusted proxies tell. */
  address: string | undefined;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Called when the hit is on disk, or was let go; `id` is the hit's, for whoever wants to name the request. */
export type WhenTaken = (id: string) => void;

/** Takes hits in: what is kept of a request, and whether. Answers never depend on it. */
@Injectable()
export class HitIntake {
  private readonly networks = new NetworkIndex();
  private readonly seal: LinkSeal;
  private readonly ids = new HitIds();

  constructor(
    keys: Keys,
    private readonly lane: HitLane,
    private readonly limits: IntakeLimits,
    private readonly counters: IntakeCounters,
    private readonly clock: Clock,
  ) {
    this.seal = new LinkSeal(keys.derive('tracking'), keys.previous('tracking'));
  }

  /** Records an open; `answer` is called when it is on disk. What cannot be a tracking id is not a hit (R0). */
  open(request: IntakeRequest, answer: WhenTaken): void {
    if (isTrackingId(request.trackingId)) this.record('open', request, null, answer);
    else answer(this.newId());
  }

  /** Where a click leads; null for a link that this installation did not seal for this tracking id. */
  destination(trackingId: string, sealed: unknown): SealedLink | null {
    if (typeof sealed !== 'string' || !isTrackingId(trackingId)) return null;
    return this.seal.open(trackingId, sealed);
  }

  /** Records a click on a link that `destination` gave; `answer` is called when it is on disk. */
  click(request: IntakeRequest, link: SealedLink, answer: WhenTaken): void {
    this.record('click', request, link, answer);
  }

  /** An id for a request that is no hit. */
  newId(): string {
    return this.ids.next(this.clock.millis());
  }

  private record(kind: HitKind, request: IntakeRequest, link: SealedLink | null, answer: WhenTaken): void {
    const at = this.clock.millis();
    const id = this.ids.next(at);
    const prefix = addressPrefix(request.address);
    const over = this.limits.check(prefix, request.trackingId);
    if (over) {
      this.counters.dropped(over);
      return answer(id);
    }
    const userAgent = request.headers['user-agent'];
    const hit: RawHit = {
      id,
      at,
      kind,
      trackingId: request.trackingId,
      method: request.method,
      userAgent: typeof userAgent === 'string' && userAgent !== '' ? userAgent.slice(0, MAX_AGENT) : null,
      addressPrefix: prefix,
      network: this.networks.find(request.address, kind)?.label ?? null,
      signs: signsOf(request.headers),
      linkIndex: link?.index ?? null,
      link: link?.url ?? null,
    };
    this.lane.add(hit, () => answer(id));
  }
}
