import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock';
import { OutboundHttp } from '../../../platform/outbound';

const KEEP_MS = 24 * 60 * 60_000;
/** SNS has one or two at a time in each region. */
const MOST = 200;
const LIMITS = { deadlineMs: 5_000, maxBytes: 32 * 1024 };

/** The certificates that SNS signs with, fetched once a day from addresses that `isAtSns` let through. */
@Injectable()
export class SnsCertificates {
  private readonly kept = new Map<string, { at: number; pem: Promise<string> }>();

  constructor(
    private readonly http: OutboundHttp,
    private readonly clock: Clock,
  ) {}

  /** @throws OutboundFailure, Refusal: nothing is kept of a failure */
  async at(url: string): Promise<string> {
    const known = this.kept.get(url);
    if (known && this.clock.millis() - known.at < KEEP_MS) return known.pem;
    const pem = this.fetch(url);
    if (this.kept.size >= MOST) this.kept.clear();
    this.kept.set(url, { at: this.clock.millis(), pem });
    try {
      return await pem;
    } catch (error) {
      this.kept.delete(url);
      throw error;
    }
  }

  private async fetch(url: string): Promise<string> {
    const { status, body } = await this.http.request({ url, method: 'GET', ...LIMITS });
    // An answer without a certificate verifies nothing, and is not worth keeping.
    if (status !== 200) throw new Error(`SNS answered ${status} for its certificate`);
    return body.toString('utf8');
  }
}
