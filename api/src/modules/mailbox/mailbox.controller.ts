import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, UseGuards } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { PageQuery } from '../../platform/http';
import { UnitOfWork } from '../../platform/work';
import { BuiltInGuard } from './built-in.guard';
import {
  MailboxBounceDto,
  MailboxClickDto,
  MailboxClickedDto,
  MailboxListDto,
  MailboxMailPageDto,
  MailboxReplyDto,
  MailboxScannedDto,
} from './mailbox.dto';
import { MailboxQueries } from './mailbox.queries';
import { Recipient } from './recipient.service';

/**
 * The recipient's side of mail, while no mail server is configured; with one, everything here is 404. A new mail is
 * announced by `message.delivered`, what is done here by the events that follow from it.
 */
@Controller('api/mailbox')
@UseGuards(BuiltInGuard)
export class MailboxController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: MailboxQueries,
    private readonly recipient: Recipient,
  ) {}

  /** The mails of the workspace that arrived, newest first; the newest 500 are kept. */
  @Get()
  @Require('mailbox:use')
  list(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<MailboxListDto> {
    return this.work.read(actor, (tx) => this.queries.list(tx, query));
  }

  /** One mail. Looking at it here is no open. */
  @Get(':id')
  @Require('mailbox:use')
  one(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<MailboxMailPageDto> {
    return this.recipient.show(actor, id);
  }

  /** Opens it as a mail program does: its pixel is fetched over HTTP. */
  @Post(':id/open')
  @HttpCode(200)
  @Require('mailbox:use')
  open(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<MailboxMailPageDto> {
    return this.recipient.open(actor, id);
  }

  /** Follows one of its links as a browser does. */
  @Post(':id/click')
  @HttpCode(200)
  @Require('mailbox:use')
  async click(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: MailboxClickDto,
  ): Promise<MailboxClickedDto> {
    return { location: await this.recipient.click(actor, id, body.index) };
  }

  /** Answers it by mail; the answer comes back into the conversation. */
  @Post(':id/reply')
  @HttpCode(200)
  @Require('mailbox:use')
  reply(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: MailboxReplyDto,
  ): Promise<MailboxMailPageDto> {
    return this.recipient.reply(actor, id, body.text);
  }

  /** Sends it back as the recipient's mail server does. */
  @Post(':id/bounce')
  @HttpCode(200)
  @Require('mailbox:use')
  bounce(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: MailboxBounceDto,
  ): Promise<MailboxMailPageDto> {
    return this.recipient.bounce(actor, id, body.kind);
  }

  /** Fetches everything in it within a second, as a mail security gateway does. */
  @Post(':id/scan')
  @HttpCode(200)
  @Require('mailbox:use')
  async scan(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<MailboxScannedDto> {
    return { requests: await this.recipient.scan(actor, id) };
  }
}
