import { INBOUND_MAIL_STATES, type InboundMail, type InboundMailState } from '@threadline/contracts';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../../platform/http';

export class InboundMailsQuery extends PageQuery {
  /** Default: `unmatched`, those that no conversation was found for. */
  @IsOptional()
  @IsIn(INBOUND_MAIL_STATES)
  state?: InboundMailState;
}

export class InboundSenderDto {
  name: string;
  address: string;
}

export class InboundMailDto implements InboundMail {
  id: string;
  state: InboundMailState;
  receivedAt: string;
  /** The address it came to. */
  to: string;
  /** As it says of itself; null when it could not be read. */
  from: InboundSenderDto | null;
  subject: string | null;
  /** The message it became, or that it was about. */
  messageId: string | null;
  /** Why it became no message, in words for people. */
  reason: string | null;
}

export class InboundMailListDto {
  items: InboundMailDto[];
  nextCursor: string | null;
}
