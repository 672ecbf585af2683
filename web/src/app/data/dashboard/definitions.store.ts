import { Injectable, inject } from '@angular/core';
import type { NumberDefinition } from '@threadline/contracts';
import { defer, type Observable, shareReplay } from 'rxjs';
import { DashboardApi } from './dashboard.api';

/** What the numbers mean; read once, because it only changes with the program. */
@Injectable({ providedIn: 'root' })
export class NumberMeanings {
  private readonly api = inject(DashboardApi);

  readonly all$: Observable<readonly NumberDefinition[]> = defer(async () => (await this.api.definitions()).items).pipe(
    shareReplay({ bufferSize: 1, refCount: true }),
  );
}
