import { Injectable } from '@nestjs/common';
import type { Provider } from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { isFromMailgun, mailgunEvents, mailgunToken } from './mailgun.rules';
import { isFromMeta, metaEvents } from './meta.rules';
import { digestId, type ProviderAccount, type ProviderRequest, told, type ToldEvent } from './provider-request.rules';
import { isFromSendGrid, sendGridEvents } from './sendgrid.rules';
import { SnsCertificates } from './sns-certificates';
import { certificateOf, isSignedBySns, sesEvents } from './sns.rules';
import { isFromTwilio, twilioEvents } from './twilio.rules';

/** Longer ids of a provider are known by their digest. */
const LONGEST_ID = 300;

/** The headers that signatures are made of: kept with the bytes, so that each can be checked again. */
export const SIGNED_HEADERS = [
  'content-type',
  'x-twilio-signature',
  'x-twilio-email-event-webhook-signature',
  'x-twilio-email-event-webhook-timestamp',
  'x-hub-signature-256',
] as const;

/** What is known of each provider: how it signs, and how it says things. */
@Injectable()
export class ProviderBook {
  constructor(
    private readonly certificates: SnsCertificates,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether the provider itself made this request, for this account.
   * @throws OutboundFailure when SNS's certificate cannot be had: nobody knows then, and the provider tries again
   */
  async isGenuine(provider: Provider, request: ProviderRequest, account: ProviderAccount): Promise<boolean> {
    const now = this.clock.now();
    switch (provider) {
      case 'twilio':
        return isFromTwilio(request, account);
      case 'sendgrid':
        return isFromSendGrid(request, account, now);
      case 'mailgun':
        return isFromMailgun(request, account, now);
      case 'meta':
        return isFromMeta(request, account);
      case 'ses': {
        const url = certificateOf(request, account, now);
        return url !== null && isSignedBySns(request, await this.certificates.at(url), now);
      }
    }
  }

  /** What may be used once only; null where the signature covers the body. */
  nonceOf(provider: Provider, request: ProviderRequest): string | null {
    return provider === 'mailgun' ? mailgunToken(request) : null;
  }

  /** The events of a request in its order; null when it holds nothing that the provider describes. */
  eventsOf(provider: Provider, request: ProviderRequest): ToldEvent[] | null {
    const found = READERS[provider](request);
    if (found.length === 0) return null;
    return found.map((event) => ({ ...event, id: shortened(event.id) }));
  }

  /** A stand-in for a signed request that could not be read: it is kept, and shown. */
  unreadable({ raw }: ProviderRequest): ToldEvent {
    return told({ id: digestId(raw), kind: 'other' });
  }
}

const READERS: Record<Provider, (request: ProviderRequest) => ToldEvent[]> = {
  twilio: twilioEvents,
  sendgrid: sendGridEvents,
  mailgun: mailgunEvents,
  ses: sesEvents,
  meta: metaEvents,
};

function shortened(id: string): string {
  return id.length <= LONGEST_ID ? id : digestId(Buffer.from(id));
}
