import { Injectable } from '@nestjs/common';
import { Config, Keys } from '../../platform/config';
import { HONEYPOT } from './hit';
import { redirectable } from './link.rules';
import { LinkSeal } from './ticket.rules';

/** The addresses that tracked mail carries. They are the same each time the same mail is made. */
@Injectable()
export class TrackingLinks {
  private readonly seal: LinkSeal;

  constructor(
    private readonly config: Config,
    keys: Keys,
  ) {
    this.seal = new LinkSeal(keys.derive('tracking'));
  }

  /** The picture that says a message was opened. */
  pixelUrl(trackingId: string): string {
    return `${this.config.publicUrl}/api/outreach/track/${trackingId}`;
  }

  /**
   * The address that leads to `url` and is counted. Null when `url` is none that we redirect to (not http or https,
   * a user name in it, this very machine, too long): such a link stays in the mail as it is.
   * @param index number of the link in the mail, from 0.
   */
  clickUrl(trackingId: string, index: number, url: string): string | null {
    const target = redirectable(url);
    return target === null ? null : this.address(trackingId, index, target);
  }

  /** A link for machines only: whoever follows it is one. To be put where no person can see or reach it. */
  honeypotUrl(trackingId: string): string {
    return this.address(trackingId, HONEYPOT, HONEYPOT_TARGET);
  }

  private address(trackingId: string, index: number, url: string): string {
    return `${this.config.publicUrl}/api/outreach/click/${trackingId}?l=${this.seal.seal(trackingId, { index, url })}`;
  }
}

/** Where the invisible link leads: reserved for examples (RFC 2606), so that a scanner finds a page and no harm. */
const HONEYPOT_TARGET = 'https://example.com/';
