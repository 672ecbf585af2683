import { Module } from '@nestjs/common';
import { Settling } from '../../../platform/work';
import { AuditModule } from '../audit.module';
import { StreamLedger } from './stream.ledger';
import { StreamParcels } from './stream.parcels';
import { StreamPost } from './stream.post';
import { StreamRunner } from './stream.runner';
import { StreamSweeper } from './stream.sweeper';
import { AuditStreamsController } from './streams.controller';
import { StreamsQueries } from './streams.queries';
import { AuditStreams } from './streams.service';

/** The audit log on its way to whoever watches over it: webhooks and syslog. */
@Module({
  imports: [AuditModule],
  controllers: [AuditStreamsController],
  providers: [AuditStreams, StreamLedger, StreamParcels, StreamPost, StreamRunner, StreamsQueries, StreamSweeper],
})
export class AuditStreamsModule {
  constructor(settling: Settling, sweeper: StreamSweeper) {
    settling.register('audit streams', () => sweeper.drain());
  }
}
