import { Controller, Get } from '@nestjs/common';
import { type Actor, CurrentActor, Require } from '../../platform/access';
import { LiveCounters } from './live.counters';
import { RealtimeMetricsDto } from './live.dto';
import { Screens } from './screens';

@Controller('api/realtime')
export class RealtimeController {
  constructor(
    private readonly counters: LiveCounters,
    private readonly screens: Screens,
  ) {}

  /** How much the live stream of this node carries for the caller's workspace. */
  @Get('metrics')
  @Require('events:read')
  metrics(@CurrentActor() { workspaceId }: Actor): RealtimeMetricsDto {
    const screens = this.screens.list().filter(({ actor }) => actor.workspaceId === workspaceId);
    const { connected, delivered, replayed } = this.counters.of(workspaceId);
    return {
      activeConnections: screens.length,
      totalConnections: connected,
      eventsDelivered: delivered + replayed,
      compressedMessages: 0,
      missedEventsReplayed: replayed,
      connectionPoolStats: {
        totalSubscriptions: screens.reduce((sum, screen) => sum + screen.services.size, 0),
        totalConnections: screens.length,
        totalOrgs: Math.min(screens.length, 1),
      },
    };
  }
}
