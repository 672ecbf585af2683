import { Injectable, inject } from '@angular/core';
import type { Lead } from '@threadline/contracts';
import { BehaviorSubject, debounceTime, Observable, of, startWith, switchMap } from 'rxjs';
import { SearchApi } from '../../data/search';

export interface PickerView {
  query: string;
  /** Null while they are looked for. */
  leads: readonly Lead[] | null;
  failed: boolean;
}

const PAUSE_MS = 120;

/** Leads by what is typed; the newest ones before anything is. */
@Injectable()
export class LeadPickerStore {
  private readonly api = inject(SearchApi);
  private readonly query = new BehaviorSubject('');

  readonly view$: Observable<PickerView> = this.query.pipe(
    switchMap((query) =>
      of(query).pipe(
        debounceTime(query === '' ? 0 : PAUSE_MS),
        switchMap((wanted) => this.find(wanted)),
        startWith({ query, leads: null, failed: false }),
      ),
    ),
  );

  search(query: string): void {
    this.query.next(query.trim());
  }

  private find(query: string): Observable<PickerView> {
    return new Observable((observer) => {
      const abort = new AbortController();
      this.api.leads(query, abort.signal).then(
        (leads) => observer.next({ query, leads, failed: false }),
        () => {
          if (!abort.signal.aborted) observer.next({ query, leads: null, failed: true });
        },
      );
      return () => abort.abort();
    });
  }
}
