import { Module } from '@nestjs/common';
import { ConversationsModule } from '../../conversations';
import { InboundController } from './inbound.controller';
import { InboundFiling } from './inbound-filing.service';
import { InboundMails } from './inbound-mail.service';
import { InboundMailsQueries } from './inbound-mails.queries';
import { InboundSweeper } from './inbound.sweeper';
import { MailReader } from './mail-reader';
import { ReplyAddresses } from './reply-addresses';

/** Mail from outside: replies, automatic answers, notices of failure. */
@Module({
  imports: [ConversationsModule],
  controllers: [InboundController],
  providers: [InboundFiling, InboundMails, InboundMailsQueries, InboundSweeper, MailReader, ReplyAddresses],
  exports: [InboundMails, MailReader, ReplyAddresses],
})
export class InboundModule {}
