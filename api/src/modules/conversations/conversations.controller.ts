import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { readHead } from '../../platform/log';
import { IfMatch, Precondition, Preconditioned } from '../../platform/http';
import { UnitOfWork } from '../../platform/work';
import {
  ConversationChangeDto,
  ConversationDto,
  ConversationListDto,
  ConversationSnapshotDto,
  ConversationsQuery,
} from './conversations.dto';
import { ConversationsQueries } from './conversations.queries';
import { ConversationsService } from './conversations.service';

@Controller('api/conversations')
export class ConversationsController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly conversations: ConversationsService,
    private readonly queries: ConversationsQueries,
  ) {}

  /** Conversations, the one with the newest message first. */
  @Get()
  @Require('conversations:read')
  list(@CurrentActor() actor: Actor, @Query() query: ConversationsQuery): Promise<ConversationListDto> {
    return this.work.read(actor, (tx) => this.queries.list(tx, query));
  }

  /** One conversation. */
  @Get(':id')
  @Require('conversations:read')
  one(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ConversationSnapshotDto> {
    return this.work.read(actor, async (tx) => ({
      ...(await this.queries.one(tx, id)),
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }

  /** Changes status, priority, assignee, tags or snooze of a conversation. */
  @Patch(':id')
  @Require('conversations:write')
  @Preconditioned()
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ConversationChangeDto,
    @IfMatch() precondition: Precondition | null,
  ): Promise<ConversationDto> {
    return this.work.run(actor, (tx) => this.conversations.change(tx, id, body, precondition));
  }

  /** What came in has been seen. */
  @Post(':id/read')
  @HttpCode(200)
  @Require('conversations:write')
  markRead(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ConversationDto> {
    return this.work.run(actor, (tx) => this.conversations.markRead(tx, id));
  }
}
