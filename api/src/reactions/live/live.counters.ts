import { Injectable } from '@nestjs/common';
import { Metrics } from '../../platform/health';
import { Screens } from './screens';

/** What the stream has done since this process started. */
interface Counts {
  /** Screens that have been connected, the present ones included. */
  connected: number;
  /** Envelopes, times the screens each was sent to. */
  delivered: number;
  /** Messages of the log, times the screens each was sent to. */
  messages: number;
  /** Envelopes that were sent again to screens that had missed them. */
  replayed: number;
}

/** Counted for each workspace: what goes on in one is no business of the others'. */
@Injectable()
export class LiveCounters {
  private readonly workspaces = new Map<string, Counts>();

  constructor(metrics: Metrics, screens: Screens) {
    metrics.gauge('threadline_live_screens', 'Sockets connected now', (gauge) => gauge.set(screens.size));
    this.total(metrics, 'threadline_live_connections_total', 'Sockets connected since the start', 'connected');
    this.total(metrics, 'threadline_live_envelopes_total', 'Envelopes delivered', 'delivered');
    this.total(metrics, 'threadline_live_messages_total', 'Messages of the log delivered', 'messages');
    this.total(metrics, 'threadline_live_replayed_total', 'Envelopes sent again after a break', 'replayed');
  }

  of(workspaceId: string): Counts {
    const counts = this.workspaces.get(workspaceId) ?? { connected: 0, delivered: 0, messages: 0, replayed: 0 };
    this.workspaces.set(workspaceId, counts);
    return counts;
  }

  private total(metrics: Metrics, name: string, help: string, what: keyof Counts): void {
    metrics.gauge(name, help, (gauge) =>
      gauge.set([...this.workspaces.values()].reduce((sum, counts) => sum + counts[what], 0)),
    );
  }
}
