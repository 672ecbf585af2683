import { Module, type OnModuleInit } from '@nestjs/common';
import { ConversationsModule } from '../conversations';
import { HitLane } from './intake/hit-lane';
import { IntakeModule } from './intake/intake.module';
import { EngagementReaction } from './judge/engagement.reaction';
import { HitJudge } from './judge/hit-judge';
import { HitSweeper } from './judge/hit.sweeper';
import { MailJudge } from './judge/mail-judge';
import { TrackingController } from './tracking.controller';
import { TrackingLinks } from './tracking-links';
import { TrackingQueries } from './tracking.queries';

@Module({
  imports: [ConversationsModule, IntakeModule],
  controllers: [TrackingController],
  providers: [TrackingLinks, TrackingQueries, HitJudge, HitSweeper, MailJudge, EngagementReaction],
  exports: [MailJudge, TrackingLinks],
})
export class TrackingModule implements OnModuleInit {
  constructor(
    private readonly lane: HitLane,
    private readonly judge: HitJudge,
  ) {}

  /** What was stored is judged at once. The intake itself knows nothing of judging. */
  onModuleInit(): void {
    this.lane.onStored((hits) => this.judge.offer(hits));
  }
}
