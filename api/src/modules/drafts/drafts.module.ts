import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LeadsModule } from '../leads';
import { DraftEntity } from './draft.entity';
import { DraftsController } from './drafts.controller';
import { DraftsQueries } from './drafts.queries';
import { DraftsService } from './drafts.service';

@Module({
  imports: [TypeOrmModule.forFeature([DraftEntity]), LeadsModule],
  controllers: [DraftsController],
  providers: [DraftsService, DraftsQueries],
  exports: [DraftsService],
})
export class DraftsModule {}
