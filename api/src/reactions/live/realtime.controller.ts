import { Controller, Get } from '@nestjs/common';
import { Require } from '../../platform/access';
import { LiveCounters } from './live.counters';
import { RealtimeMetricsDto } from './live.dto';
import { Screens } from './screens';
import { Streams } from './streams';

@Controller('api/realtime')
export class RealtimeController {
  constructor(
    private readonly counters: LiveCounters,
    private readonly screens: Screens,
    private readonly streams: Streams,
  ) {}

  /** How much the live stream of this node carries. */
  @Get('metrics')
  @Require('events:read')
  metrics(): RealtimeMetricsDto {
    const screens = this.screens.list();
    return {
      activeConnections: screens.length,
      totalConnections: this.counters.connected,
      eventsDelivered: this.counters.delivered + this.counters.replayed,
      compressedMessages: 0,
      missedEventsReplayed: this.counters.replayed,
      connectionPoolStats: {
        totalSubscriptions: screens.reduce((sum, screen) => sum + screen.services.size, 0),
        totalConnections: screens.length,
        totalOrgs: this.streams.size,
      },
    };
  }
}
