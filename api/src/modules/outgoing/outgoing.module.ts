import { Module } from '@nestjs/common';
import { AccountMailModule } from '../account-mail';
import { ConversationsModule } from '../conversations';
import { WebhooksModule } from '../webhooks';
import { OutgoingController } from './outgoing.controller';
import { OutgoingPauses } from './outgoing-pauses.service';
import { OutgoingTeller } from './outgoing.teller';

/** What a workspace that was restored from a backup may send. */
@Module({
  imports: [AccountMailModule, ConversationsModule, WebhooksModule],
  controllers: [OutgoingController],
  providers: [OutgoingPauses, OutgoingTeller],
})
export class OutgoingModule {}
