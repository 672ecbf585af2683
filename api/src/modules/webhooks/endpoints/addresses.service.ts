import { Injectable } from '@nestjs/common';
import { OutboundFailure, OutboundHttp } from '../../../platform/outbound';
import { Refusal } from '../../../platform/refusal';

/** Whether an address that somebody typed may be delivered to. */
@Injectable()
export class Addresses {
  constructor(private readonly outbound: OutboundHttp) {}

  /**
   * Looks its name up and judges every address behind it, without calling it.
   * @throws Refusal `address_not_allowed`; `invalid_input` when nobody could say what its name means
   */
  async check(url: string): Promise<void> {
    try {
      await this.outbound.check(url);
    } catch (error) {
      if (!(error instanceof OutboundFailure)) throw error;
      throw new Refusal('invalid_input', { errors: [{ path: 'url', message: error.message }] });
    }
  }
}
