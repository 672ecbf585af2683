import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { CrashPoints } from '../../platform/crash';
import { LiveCounters } from './live.counters';
import { Screens } from './screens';
import { SocketServer } from './socket.server';

/** What every workspace's stream works with. */
@Injectable()
export class StreamTools {
  constructor(
    readonly server: SocketServer,
    readonly screens: Screens,
    readonly counters: LiveCounters,
    readonly clock: Clock,
    readonly crash: CrashPoints,
  ) {}
}
