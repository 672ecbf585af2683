import { Injectable, inject } from '@angular/core';
import type { OutgoingPause } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { Live } from '../../core/live';
import { OutgoingApi } from './outgoing.api';

/** Whether the workspace's webhooks and messages are paused, as it is now. */
@Injectable({ providedIn: 'root' })
export class OutgoingStore {
  private readonly api = inject(OutgoingApi);
  private readonly store = new LiveStore<OutgoingPause | null, 'activity'>({
    source: inject(Live).connection,
    services: ['activity'],
    snapshot: () => this.api.read().then(({ paused, asOf }) => ({ state: paused, asOf })),
    reduce: (state, event) => {
      if (event.type === 'workspace.outgoing_paused') return event.data;
      return event.type === 'workspace.outgoing_resumed' ? null : state;
    },
  });

  readonly paused$ = this.store.state$;
}
