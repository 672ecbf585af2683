import { Injectable } from '@nestjs/common';
import { Metrics } from '../../platform/health';
import { Screens } from './screens';

/** What the stream has done since this process started. */
@Injectable()
export class LiveCounters {
  /** Screens that have been connected, the present ones included. */
  connected = 0;
  /** Envelopes, times the screens each was sent to. */
  delivered = 0;
  /** Messages of the log, times the screens each was sent to. */
  messages = 0;
  /** Envelopes that were sent again to screens that had missed them. */
  replayed = 0;

  constructor(metrics: Metrics, screens: Screens) {
    metrics.gauge('threadline_live_screens', 'Sockets connected now', (gauge) => gauge.set(screens.size));
    this.total(metrics, 'threadline_live_connections_total', 'Sockets connected since the start', () => this.connected);
    this.total(metrics, 'threadline_live_envelopes_total', 'Envelopes delivered', () => this.delivered);
    this.total(metrics, 'threadline_live_messages_total', 'Messages of the log delivered', () => this.messages);
    this.total(metrics, 'threadline_live_replayed_total', 'Envelopes sent again after a break', () => this.replayed);
  }

  private total(metrics: Metrics, name: string, help: string, value: () => number): void {
    metrics.gauge(name, help, (gauge) => gauge.set(value()));
  }
}
