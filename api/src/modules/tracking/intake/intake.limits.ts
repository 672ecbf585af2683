import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock';

/** So many at once, and so many more each second. */
export interface Allowance {
  burst: number;
  perSecond: number;
}

/** How much of the intake is recorded. Above it hits are still answered; only the record is left out, and counted. */
export interface IntakeAllowances {
  /** From one address prefix. Generous: a mail provider's picture proxy speaks for many readers. */
  source: Allowance;
  /** On one message. */
  ticket: Allowance;
  /** Altogether, for this process. */
  everything: Allowance;
}

export const ALLOWANCES: IntakeAllowances = {
  source: { burst: 5_000, perSecond: 200 },
  ticket: { burst: 1_000, perSecond: 5 },
  everything: { burst: 200_000, perSecond: 20_000 },
};

/** Why a hit is not recorded. */
export type OverLimit = 'source' | 'ticket' | 'everything';

/** Buckets remembered before the oldest half is forgotten: bounds the memory that a crowd of sources can take. */
const MOST_BUCKETS = 100_000;

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets by key, in two generations: what was not touched for a generation is forgotten (and so full again). */
class Buckets {
  private young = new Map<string, Bucket>();
  private old = new Map<string, Bucket>();

  constructor(private readonly allowance: Allowance) {}

  take(key: string, now: number): boolean {
    const bucket = this.find(key, now);
    const { burst, perSecond } = this.allowance;
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  private find(key: string, now: number): Bucket {
    const known = this.young.get(key);
    if (known) return known;
    const bucket = this.old.get(key) ?? { tokens: this.allowance.burst, at: now };
    if (this.young.size >= MOST_BUCKETS / 2) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, bucket);
    return bucket;
  }
}

/** Loopback and private networks: in front of a public server that is a proxy of ours, not a source. */
const OWN_NETWORKS = /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|0:0:0::|f[cd][\da-f]{2}:|fe80:)/;

/** Decides which hits are recorded (A67). */
@Injectable()
export class IntakeLimits {
  private sources!: Buckets;
  private tickets!: Buckets;
  private everything!: Buckets;

  constructor(private readonly clock: Clock) {
    this.allow(ALLOWANCES);
  }

  /** Sets the allowances, and starts to count anew. */
  allow({ source, ticket, everything }: IntakeAllowances): void {
    this.sources = new Buckets(source);
    this.tickets = new Buckets(ticket);
    this.everything = new Buckets(everything);
  }

  /**
   * Null when the hit is to be recorded, otherwise the limit it is over. A proxy of ours that is missing from
   * TRUSTED_PROXIES makes all readers one source; a limit per source would then punish everyone for one, so addresses
   * of our own networks have none.
   */
  check(addressPrefix: string | null, trackingId: string): OverLimit | null {
    const now = this.clock.millis();
    if (addressPrefix !== null && !OWN_NETWORKS.test(addressPrefix) && !this.sources.take(addressPrefix, now)) {
      return 'source';
    }
    if (!this.tickets.take(trackingId, now)) return 'ticket';
    return this.everything.take('', now) ? null : 'everything';
  }
}
