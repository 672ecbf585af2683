import { Module } from '@nestjs/common';
import { LeadsModule } from '../leads';
import { SuppressionsController } from './suppressions.controller';
import { Suppressions } from './suppressions.service';

/** Addresses that nothing is sent to any more. */
@Module({
  imports: [LeadsModule],
  controllers: [SuppressionsController],
  providers: [Suppressions],
  exports: [Suppressions],
})
export class SuppressionsModule {}
