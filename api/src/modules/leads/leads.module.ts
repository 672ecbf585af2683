import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ReachModule } from '../reach';
import { LeadEntity } from './lead.entity';
import { LeadListQueries } from './lead-list.queries';
import { LeadsOfLeavers } from './leavers.reaction';
import { LeadsController } from './leads.controller';
import { LeadsQueries } from './leads.queries';
import { LeadsService } from './leads.service';
import { TimelineQueries } from './timeline.queries';

@Module({
  imports: [ReachModule, TypeOrmModule.forFeature([LeadEntity])],
  controllers: [LeadsController],
  providers: [LeadsService, LeadsQueries, LeadListQueries, LeadsOfLeavers, TimelineQueries],
  exports: [LeadsService],
})
export class LeadsModule {}
