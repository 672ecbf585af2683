import { Module } from '@nestjs/common';
import { DraftsModule } from '../drafts';
import { LeadsModule } from '../leads';
import { PeopleModule } from '../people';
import { SuppressionsModule } from '../suppressions';
import { ConversationsController } from './conversations.controller';
import { ConversationsQueries } from './conversations.queries';
import { ConversationsService } from './conversations.service';
import { ConversationsOfLeavers } from './leavers.reaction';
import { MessageMarks } from './message-marks.service';
import { MessagesController } from './messages.controller';
import { MessagesQueries } from './messages.queries';
import { MessagesService } from './messages.service';
import { RestoredSends } from './restored-sends';
import { SendLedger } from './send-ledger';
import { SendWake } from './send-wake';
import { SnoozeSweeper } from './snooze.sweeper';
import { TrackedMessages } from './tracked-messages';
import { UnwantedMail } from './unwanted-mail';

const OPEN_TO_OTHERS = [
  ConversationsQueries,
  ConversationsService,
  MessageMarks,
  MessagesQueries,
  MessagesService,
  RestoredSends,
  SendLedger,
  SendWake,
  TrackedMessages,
  UnwantedMail,
];

@Module({
  imports: [PeopleModule, LeadsModule, DraftsModule, SuppressionsModule],
  controllers: [ConversationsController, MessagesController],
  providers: [...OPEN_TO_OTHERS, ConversationsOfLeavers, SnoozeSweeper],
  exports: OPEN_TO_OTHERS,
})
export class ConversationsModule {}
