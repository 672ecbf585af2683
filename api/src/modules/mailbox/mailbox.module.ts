import { Module } from '@nestjs/common';
import { ConversationsModule } from '../conversations';
import { SendingModule } from '../sending';
import { BuiltInGuard } from './built-in.guard';
import { MailboxController } from './mailbox.controller';
import { MailboxQueries } from './mailbox.queries';
import { MailboxServer } from './mailbox.server';
import { MailboxService } from './mailbox.service';
import { RecipientPost } from './recipient-post';
import { RecipientWeb } from './recipient-web';
import { Recipient } from './recipient.service';

/** The built-in mailbox: the world outside, while no mail server is configured. */
@Module({
  imports: [ConversationsModule, SendingModule],
  controllers: [MailboxController],
  providers: [BuiltInGuard, MailboxQueries, MailboxServer, MailboxService, Recipient, RecipientPost, RecipientWeb],
})
export class MailboxModule {}
