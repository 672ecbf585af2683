import { Global, Module } from '@nestjs/common';
import { LoopbackClient } from './loopback.client';
import { MailTransport } from './mail.transport';
import { NameResolver, SystemResolver } from './name-resolver';
import { OutboundHttp } from './outbound.http';
import { OutboundSocket } from './outbound.socket';
import { OwnReceivers } from './own-receivers';

/** Everything that leaves this process towards others, apart from the database and the queue. */
@Global()
@Module({
  providers: [
    MailTransport,
    LoopbackClient,
    { provide: NameResolver, useClass: SystemResolver },
    OutboundHttp,
    OutboundSocket,
    OwnReceivers,
  ],
  exports: [MailTransport, LoopbackClient, OutboundHttp, OutboundSocket, OwnReceivers],
})
export class OutboundModule {}
