import { Module } from '@nestjs/common';
import { HitIntake } from './hit-intake';
import { HitLane } from './hit-lane';
import { HitStore } from './hit-store';
import { IntakeController } from './intake.controller';
import { IntakeCounters } from './intake.counters';
import { IntakeDoor } from './intake.door';
import { IntakeLimits } from './intake.limits';

/** From the request to the disk. Knows nothing of messages, people or verdicts. */
@Module({
  controllers: [IntakeController],
  providers: [HitIntake, HitLane, HitStore, IntakeCounters, IntakeDoor, IntakeLimits],
  exports: [HitLane, IntakeLimits, IntakeCounters],
})
export class IntakeModule {}
