import { Component, computed, inject, input, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { ArrowLeft, Search } from 'lucide';
import { catchError, from, map, of, startWith, switchMap } from 'rxjs';
import { explain } from '../../../core/api';
import { WebhooksApi } from '../../../data/webhooks';
import { TimeComponent } from '../../../shared/format';
import { EmptyStateComponent, ErrorStateComponent, SkeletonRowsComponent } from '../../../shared/page';
import { BadgeComponent, ButtonDirective, CopyButtonComponent, IconComponent } from '../../../shared/ui';

/** Everything that can be told of: in words, with its schema, and with what it looks like here. */
@Component({
  selector: 'tl-event-types-page',
  imports: [
    BadgeComponent,
    ButtonDirective,
    CopyButtonComponent,
    EmptyStateComponent,
    ErrorStateComponent,
    IconComponent,
    RouterLink,
    SkeletonRowsComponent,
    TimeComponent,
  ],
  templateUrl: './event-types.page.html',
  styleUrl: './event-types.page.scss',
})
export class EventTypesPage {
  /** The one that is open. */
  readonly type = input<string>();

  private readonly api = inject(WebhooksApi);
  private readonly router = inject(Router);
  protected readonly icons = { search: Search, back: ArrowLeft };
  protected readonly query = signal('');
  protected readonly catalogue = toSignal(
    from(this.api.catalogue()).pipe(
      map((entries) => ({ entries, cause: null as unknown })),
      catchError((cause: unknown) => of({ entries: null, cause })),
    ),
  );
  protected readonly groups = computed(() => {
    const query = this.query().trim().toLowerCase();
    const found = (this.catalogue()?.entries ?? []).filter(
      ({ type, description }) => type.includes(query) || description.toLowerCase().includes(query),
    );
    return [...new Set(found.map(({ group }) => group))].map((group) => ({
      name: group.replaceAll('_', ' '),
      entries: found.filter((entry) => entry.group === group),
    }));
  });
  protected readonly error = computed(() => {
    const cause = this.catalogue()?.cause;
    return cause ? explain(cause, 'load the event types') : null;
  });
  protected readonly open = toSignal(
    toObservable(this.type).pipe(
      switchMap((type) =>
        type
          ? from(this.api.eventType(type)).pipe(
              map((detail) => ({ detail, error: null })),
              catchError((cause: unknown) => of({ detail: null, error: explain(cause, `load ${type}`) })),
              startWith(null),
            )
          : of(null),
      ),
    ),
  );
  protected readonly sample = computed(() => JSON.stringify(this.open()?.detail?.sample ?? null, null, 2));
  protected readonly schema = computed(() => JSON.stringify(this.open()?.detail?.schema ?? null, null, 2));

  protected search(text: string): void {
    this.query.set(text);
  }

  protected close(): void {
    void this.router.navigate(['/developers/event-types']);
  }
}
