import type { MailboxMail, MailboxMailPage, MailboxPerson } from '@threadline/contracts';
import { IsIn, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';

const NO_NUL = /^[^\0]*$/;

export class MailboxPersonDto implements MailboxPerson {
  /** Of the colleague or the lead; null where it is neither. */
  id: string | null;
  name: string;
  address: string;
}

export class MailboxMailDto implements MailboxMail {
  id: string;
  /** The message it is the mail of; null for a mail of Threadline itself, such as an invitation. */
  messageId: string | null;
  from: MailboxPersonDto;
  to: MailboxPersonDto;
  subject: string;
  receivedAt: string;
  preview: string;
  openedAt: string | null;
  answeredAt: string | null;
  bouncedAt: string | null;
}

export class MailboxHeaderDto {
  name: string;
  value: string;
}

export class MailboxLinkDto {
  /** Which link of the mail it is, for `click`. */
  index: number;
  href: string;
  text: string;
}

export class MailboxMailPageDto extends MailboxMailDto implements MailboxMailPage {
  /** Sanitised for a sandboxed frame, without remote pictures. */
  html: string;
  text: string;
  headers: MailboxHeaderDto[];
  links: MailboxLinkDto[];
}

export class MailboxListDto {
  items: MailboxMailDto[];
  nextCursor: string | null;
  /** The log's head when the page was read: later events are not in it. */
  asOf: number;
}

export class MailboxClickDto {
  /** Of the mail's `links`. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  index: number;
}

export class MailboxClickedDto {
  /** Where the recipient was led; null when the link led nowhere. */
  location: string | null;
}

export class MailboxReplyDto {
  /** Plain text. */
  @IsString()
  @Length(1, 20_000)
  @Matches(NO_NUL, { message: 'text must not contain a NUL character' })
  text: string;
}

export class MailboxBounceDto {
  /** `hard`: there is no such person; `soft`: their mailbox is full. */
  @IsIn(['hard', 'soft'])
  kind: 'hard' | 'soft';
}

export class MailboxScannedDto {
  /** How many requests the gateway made. */
  requests: number;
}
