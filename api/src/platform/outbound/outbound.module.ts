import { Global, Module } from '@nestjs/common';
import { LoopbackClient } from './loopback.client';
import { MailTransport } from './mail.transport';

/** Everything that leaves this process towards others, apart from the database and the queue. */
@Global()
@Module({ providers: [MailTransport, LoopbackClient], exports: [MailTransport, LoopbackClient] })
export class OutboundModule {}
