import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Beside } from './beside';
import { IdempotencyKeys } from './idempotency-keys';
import { ReactionCursor } from './reaction-cursor';
import { ReactionRunner } from './reaction-runner';
import { Settling } from './settling';
import { UnitOfWork } from './unit-of-work';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [Beside, UnitOfWork, IdempotencyKeys, ReactionCursor, ReactionRunner, Settling],
  exports: [Beside, UnitOfWork, IdempotencyKeys, ReactionRunner, Settling],
})
export class WorkModule {}
