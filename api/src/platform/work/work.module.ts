import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { IdempotencyKeys } from './idempotency-keys';
import { ReactionCursor } from './reaction-cursor';
import { ReactionRunner } from './reaction-runner';
import { Settling } from './settling';
import { UnitOfWork } from './unit-of-work';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [UnitOfWork, IdempotencyKeys, ReactionCursor, ReactionRunner, Settling],
  exports: [UnitOfWork, IdempotencyKeys, ReactionRunner, Settling],
})
export class WorkModule {}
