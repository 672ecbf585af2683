import { Injectable, inject } from '@angular/core';
import type { Device, PasskeyOffer, SecondFactors } from '@threadline/contracts';
import { BehaviorSubject } from 'rxjs';
import { SecurityApi } from './security.api';

/** What the security page shows. */
export interface Security {
  factors: SecondFactors;
  devices: Device[];
  offer: PasskeyOffer;
}

/** One's own factors and devices, as of the last look: they change by one's own hand, on this page. */
@Injectable()
export class SecurityStore {
  private readonly api = inject(SecurityApi);
  private readonly known = new BehaviorSubject<Security | null>(null);
  private readonly failed = new BehaviorSubject<unknown>(null);
  readonly security$ = this.known.asObservable();
  /** Why there is nothing to show; null when there is. */
  readonly error$ = this.failed.asObservable();

  async look(): Promise<void> {
    this.failed.next(null);
    try {
      const [factors, devices, offer] = await Promise.all([this.api.state(), this.api.devices(), this.api.offer()]);
      this.known.next({ factors, devices, offer });
    } catch (error) {
      this.failed.next(error);
    }
  }

  /** Does something and looks again; rejects with the problem of what was done. */
  async change<T>(act: (api: SecurityApi) => Promise<T>): Promise<T> {
    const result = await act(this.api);
    await this.look();
    return result;
  }
}
