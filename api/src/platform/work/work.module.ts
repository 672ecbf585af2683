import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Beside } from './beside';
import { Denials } from './denials';
import { IdempotencyKeys } from './idempotency-keys';
import { Later } from './later';
import { ReactionCursor } from './reaction-cursor';
import { ReactionRunner } from './reaction-runner';
import { Settling } from './settling';
import { UnitOfWork } from './unit-of-work';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [Beside, Denials, UnitOfWork, IdempotencyKeys, Later, ReactionCursor, ReactionRunner, Settling],
  exports: [Beside, Denials, UnitOfWork, IdempotencyKeys, Later, ReactionRunner, Settling],
})
export class WorkModule {}
