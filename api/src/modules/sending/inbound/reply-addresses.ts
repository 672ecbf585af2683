import { Injectable } from '@nestjs/common';
import { Config, Keys } from '../../../platform/config';
import { type AddressKind, ReplyTokens } from './reply-token.rules';

/** What an address of ours says when its token is genuine. */
export interface OpenedAddress {
  kind: AddressKind;
  trackingId: string;
}

const LOCAL_PART = /^(reply|bounce)(?:\+([a-z2-7]{1,64}))?$/i;

/**
 * The addresses that answers and notices of failure come back to: `reply+<token>@…` and `bounce+<token>@…`. There are
 * such only where mail to them reaches Threadline, which today is the built-in mailbox; with a mail server configured,
 * answers go to the sender's own address.
 */
@Injectable()
export class ReplyAddresses {
  private readonly tokens: ReplyTokens;
  private readonly domain: string;

  constructor(
    keys: Keys,
    private readonly config: Config,
  ) {
    this.tokens = new ReplyTokens(keys.derive('reply'), keys.previous('reply'));
    this.domain = config.mailFrom.slice(config.mailFrom.lastIndexOf('@') + 1).toLowerCase();
  }

  /** The address for one message; null where mail to it would not come in. */
  of(kind: AddressKind, trackingId: string): string | null {
    if (this.config.smtpUrl !== null) return null;
    return `${kind}+${this.tokens.seal(kind, trackingId)}@${this.domain}`;
  }

  /** True for an address that this installation takes mail for, whether or not its token is genuine. */
  takes(address: string): boolean {
    return this.match(address) !== null;
  }

  /** What a genuine token says; `forged` for one that is not; `none` for an address of ours without a token. */
  open(address: string): OpenedAddress | 'forged' | 'none' {
    const match = this.match(address);
    if (!match) return 'none';
    const kind = match[1]?.toLowerCase() === 'bounce' ? 'bounce' : 'reply';
    if (match[2] === undefined) return 'none';
    const trackingId = this.tokens.open(kind, match[2]);
    return trackingId === null ? 'forged' : { kind, trackingId };
  }

  private match(address: string): RegExpExecArray | null {
    const at = address.lastIndexOf('@');
    if (address.slice(at + 1).toLowerCase() !== this.domain) return null;
    return LOCAL_PART.exec(address.slice(0, at));
  }
}
