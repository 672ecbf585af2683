import { Module } from '@nestjs/common';
import { Suppressions } from './suppressions.service';

/** Addresses that nothing is sent to any more. */
@Module({ providers: [Suppressions], exports: [Suppressions] })
export class SuppressionsModule {}
