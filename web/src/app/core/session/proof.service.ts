import { Injectable, inject } from '@angular/core';
import { proofOptions } from '@threadline/api-client';
import { Dialogs } from '../../shared/dialog';
import { Api } from '../api';
import { ProofDialog, type ProofRequest } from './proof.dialog';
import { Session } from './session.service';

/**
 * Asks the person to prove again who they are. The API client does so by itself when it is answered `proof_required`,
 * and then tries again; stores and pages need not care.
 */
@Injectable({ providedIn: 'root' })
export class Proof {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly dialogs = inject(Dialogs);
  private asking: Promise<boolean> | null = null;

  constructor() {
    this.api.proveWith(this);
  }

  /** True when they did; one dialog for all who ask at the same time. Rejects when the API has no answer. */
  ask(): Promise<boolean> {
    this.asking ??= this.open().finally(() => (this.asking = null));
    return this.asking;
  }

  private async open(): Promise<boolean> {
    const ask = () => this.api.run(proofOptions<true>, {});
    const data: ProofRequest = {
      options: await ask(),
      again: ask,
      prove: (shown) => this.session.prove(shown),
      signOut: () => this.session.signOut(),
    };
    const label = 'Confirm that it is you';
    return (await this.dialogs.open<boolean>(ProofDialog, { label, data, width: 420 })) ?? false;
  }
}
