import { Module } from '@nestjs/common';
import { BatchController } from './batch.controller';
import { BatchService } from './batch.service';

/** Many requests in one. */
@Module({ controllers: [BatchController], providers: [BatchService] })
export class BatchModule {}
