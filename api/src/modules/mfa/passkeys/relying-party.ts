import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { PasskeyOffer } from '@threadline/contracts';
import { Config } from '../../../platform/config';
import { Refusal } from '../../../platform/refusal';

/**
 * Who a passkey is for: the host of PUBLIC_URL, never of a request. Browsers make passkeys only for names, and only
 * over TLS or on the machine itself.
 */
@Injectable()
export class RelyingParty {
  readonly id: string;
  readonly origin: string;
  readonly offer: PasskeyOffer;

  constructor({ publicUrl, secure }: Config) {
    this.id = new URL(publicUrl).hostname;
    this.origin = publicUrl;
    const local = this.id === 'localhost' || this.id.endsWith('.localhost');
    const reason = isIP(this.id.replace(/^\[|\]$/g, ''))
      ? 'address_is_a_number'
      : secure || local
        ? null
        : 'not_encrypted';
    this.offer = { offered: reason === null, origin: publicUrl, reason };
  }

  /** @throws Refusal `wrong_state` where browsers do not do passkeys */
  mustOffer(): void {
    if (!this.offer.offered) {
      throw new Refusal('wrong_state', {
        detail: 'Passkeys need an address with a name, over HTTPS or on this machine.',
      });
    }
  }
}
