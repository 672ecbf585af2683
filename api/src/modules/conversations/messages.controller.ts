import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { LeadsService } from '../leads';
import { MessageDto, MessageListDto, MessagesQuery, SendMessageDto } from './conversations.dto';
import { MessagesQueries } from './messages.queries';
import { MessagesService } from './messages.service';
import { SendLedger } from './send-ledger';
import { SendWake } from './send-wake';

@Controller('api')
export class MessagesController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly messages: MessagesService,
    private readonly queries: MessagesQueries,
    private readonly leads: LeadsService,
    private readonly ledger: SendLedger,
    private readonly sendWake: SendWake,
  ) {}

  /** A lead's messages on all channels. */
  @Get('leads/:leadId/messages')
  @Require('messages:read')
  ofLead(
    @CurrentActor() actor: Actor,
    @Param('leadId', ParseUUIDPipe) leadId: string,
    @Query() query: MessagesQuery,
  ): Promise<MessageListDto> {
    return this.work.read(actor, async (tx) => {
      await this.leads.find(tx, leadId);
      return this.queries.ofLead(tx, leadId, { ...query, newestFirst: query.sort === '-createdAt' });
    });
  }

  /**
   * Sends a message to a lead, and clears the lead's draft on that channel. 409 `conversation_moved` when a colleague
   * has sent since `afterMessageId`, with the newer messages in `current`; 409 `no_address`.
   */
  @Post('leads/:leadId/messages')
  @Require('messages:send')
  send(
    @CurrentActor() actor: Actor,
    @Param('leadId', ParseUUIDPipe) leadId: string,
    @Body() body: SendMessageDto,
  ): Promise<MessageDto> {
    return this.work.run(actor, async (tx) => {
      const { message, dueAt } = await this.messages.send(tx, {
        ...body,
        leadId,
        subject: body.subject ?? null,
        undoSeconds: body.undoSeconds ?? 0,
      });
      tx.afterCommit(() => this.sendWake.wake(tx.workspaceId, dueAt));
      return message;
    });
  }

  /** One message. */
  @Get('messages/:id')
  @Require('messages:read')
  one(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<MessageDto> {
    return this.work.read(actor, (tx) => this.queries.one(tx, id));
  }

  /** Takes back a message that has not left yet; its text becomes the draft again. 409 `undo_expired`. */
  @Post('messages/:id/undo')
  @HttpCode(200)
  @Require('messages:send')
  undo(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<MessageDto> {
    return this.work.run(actor, (tx) => this.messages.undo(tx, id));
  }

  /** Sends a message again that failed, or of which it is not known whether it left. 409 `wrong_state`. */
  @Post('messages/:id/send-again')
  @HttpCode(200)
  @Require('messages:send')
  sendAgain(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<MessageDto> {
    return this.work.run(actor, async (tx) => {
      const message = await this.ledger.sendAgain(tx, id);
      tx.afterCommit(() => this.sendWake.wake(tx.workspaceId, tx.now));
      return message;
    });
  }
}
