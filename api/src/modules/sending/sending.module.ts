import { Module } from '@nestjs/common';
import { Settling } from '../../platform/work';
import { ConversationsModule } from '../conversations';
import { TrackingModule } from '../tracking';
import { InboundModule } from './inbound';
import { MailMaker } from './mail-maker';
import { Outbox } from './outbox.service';
import { SENDING_QUEUE, SendingJobs, SendingProcessor } from './sending.processor';
import { SendingSweeper } from './sending.sweeper';

/** Handing messages to the mail server, and taking in what comes back. */
@Module({
  imports: [SENDING_QUEUE, ConversationsModule, TrackingModule, InboundModule],
  providers: [MailMaker, Outbox, SendingJobs, SendingProcessor, SendingSweeper],
  exports: [InboundModule],
})
export class SendingModule {
  constructor(settling: Settling, outbox: Outbox) {
    settling.register('sending', () => outbox.drain());
  }
}
