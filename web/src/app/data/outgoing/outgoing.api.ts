import { Injectable, inject } from '@angular/core';
import { outgoingRead, outgoingResume } from '@threadline/api-client';
import type { Outgoing, WaitingChoice } from '@threadline/contracts';
import { Api } from '../../core/api';

/** Whether webhooks and messages leave the workspace. */
@Injectable({ providedIn: 'root' })
export class OutgoingApi {
  private readonly api = inject(Api);

  read(): Promise<Outgoing> {
    return this.api.run(outgoingRead<true>, {});
  }

  /** Rejects with `wrong_state` when somebody has decided meanwhile. */
  resume(waiting: WaitingChoice): Promise<Outgoing> {
    return this.api.run(outgoingResume<true>, { body: { waiting } });
  }
}
