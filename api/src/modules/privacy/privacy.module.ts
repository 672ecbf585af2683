import { Module } from '@nestjs/common';
import { Settling } from '../../platform/work';
import { AuditModule } from '../audit';
import { SuppressionsModule } from '../suppressions';
import { WebhooksModule } from '../webhooks';
import { LeadCollection } from './lead-collection';
import { LeadErasure } from './lead-erasure';
import { PrivacyController } from './privacy.controller';
import { PrivacySweeper } from './privacy.sweeper';
import { PrivacyWork } from './privacy.work';
import { Receipts } from './receipts';
import { PrivacyQueries } from './requests.queries';
import { PrivacyRequests } from './requests.service';

/** What people may ask of those who hold their data: to be told of it, and to be forgotten. */
@Module({
  imports: [AuditModule, SuppressionsModule, WebhooksModule],
  controllers: [PrivacyController],
  providers: [LeadCollection, LeadErasure, PrivacyQueries, PrivacyRequests, PrivacySweeper, PrivacyWork, Receipts],
})
export class PrivacyModule {
  constructor(settling: Settling, sweeper: PrivacySweeper) {
    settling.register('privacy', () => sweeper.drain());
  }
}
