import { Injectable, inject } from '@angular/core';
import type { AuditEntry, AuditView } from '@threadline/contracts';
import { BehaviorSubject, catchError, defer, map, type Observable, of } from 'rxjs';
import { AuditApi, type AuditFilter, type NewAuditView } from './audit.api';
import { AuditTrail } from './audit-trail';

export type OneEntry = { entry: AuditEntry; cause: null } | { entry: null; cause: unknown };

/** The audit log, by what is looked for, and the looks at it that were saved. */
@Injectable({ providedIn: 'root' })
export class AuditStore {
  private readonly api = inject(AuditApi);
  private readonly saved = new BehaviorSubject<readonly AuditView[]>([]);

  /** One's own views and the shared ones, by name. */
  readonly views$ = this.saved.asObservable();

  of(wanted: AuditFilter): AuditTrail {
    return new AuditTrail(this.api, wanted);
  }

  /** One entry, wherever in the log it stands; why not, where it cannot be read. */
  one(id: string): Observable<OneEntry> {
    return defer(() => this.api.one(id)).pipe(
      map((entry): OneEntry => ({ entry, cause: null })),
      catchError((cause: unknown) => of({ entry: null, cause })),
    );
  }

  /** Reads the views again. */
  async readViews(): Promise<void> {
    this.saved.next(await this.api.views());
  }

  async saveView(wanted: NewAuditView): Promise<AuditView> {
    return this.afterwards(this.api.saveView(wanted));
  }

  async changeView(id: string, wanted: Partial<NewAuditView>): Promise<AuditView> {
    return this.afterwards(this.api.changeView(id, wanted));
  }

  async deleteView(id: string): Promise<void> {
    await this.afterwards(this.api.deleteView(id));
  }

  private async afterwards<T>(done: Promise<T>): Promise<T> {
    const result = await done;
    await this.readViews();
    return result;
  }
}
