import { Component, computed, inject, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import type { ProviderConnection, ProviderEventState } from '@threadline/contracts';
import { Pencil, PlugZap, Plus } from 'lucide';
import { map, of, startWith, switchMap } from 'rxjs';
import { explain } from '../../../core/api';
import { Rights } from '../../../core/session';
import { type HeardEvents, ProviderConnectionsStore } from '../../../data/provider-connections';
import { Dialogs } from '../../../shared/dialog';
import { TimeComponent } from '../../../shared/format';
import {
  EmptyStateComponent,
  ErrorStateComponent,
  PageHeadComponent,
  SkeletonRowsComponent,
} from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import {
  BadgeComponent,
  ButtonDirective,
  CopyButtonComponent,
  DangerButtonComponent,
  IconComponent,
} from '../../../shared/ui';
import { ConnectionDialog, type ConnectionRequest } from './connection.dialog';
import { ProviderEventsComponent } from './provider-events.component';
import { countWords, inSentence, PROVIDER_WORDS, standing } from './provider-words';

const NOTHING: HeardEvents = { items: null, more: false, trouble: null };

/** The accounts of providers that may call us: how to set them up, and what they told. */
@Component({
  selector: 'tl-providers-page',
  imports: [
    BadgeComponent,
    ButtonDirective,
    CopyButtonComponent,
    DangerButtonComponent,
    EmptyStateComponent,
    ErrorStateComponent,
    IconComponent,
    PageHeadComponent,
    ProviderEventsComponent,
    SkeletonRowsComponent,
    TimeComponent,
  ],
  templateUrl: './providers.page.html',
  styleUrl: './providers.page.scss',
})
export class ProvidersPage {
  private readonly store = inject(ProviderConnectionsStore);
  private readonly rights = inject(Rights);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);

  protected readonly icons = { add: Plus, edit: Pencil, provider: PlugZap };
  protected readonly book = PROVIDER_WORDS;
  protected readonly standing = standing;
  protected readonly countWords = countWords;
  protected readonly inSentence = inSentence;
  protected readonly connections = toSignal(this.store.connections$.pipe(startWith(null)), { initialValue: null });
  private readonly status = toSignal(this.store.status$);
  /** The connection that is open, from the address. */
  protected readonly selected = toSignal(this.route.queryParamMap.pipe(map((query) => query.get('open'))), {
    initialValue: null,
  });
  /** Which of its events are shown; null for all. */
  protected readonly state = signal<ProviderEventState | null>(null);
  private readonly reading = computed(() => ({ id: this.selected(), state: this.state() }));
  protected readonly heard = toSignal(
    toObservable(this.reading).pipe(
      switchMap(({ id, state }) => (id === null ? of(NOTHING) : this.store.events(id, state))),
    ),
    { initialValue: NOTHING },
  );
  protected readonly mayWrite = computed(() => this.rights.can('webhooks:write'));
  protected readonly error = computed(() => {
    const cause = this.connections() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load the providers') : null;
  });

  protected refresh(): void {
    this.store.refresh();
  }

  protected async select(id: string | null): Promise<void> {
    this.state.set(null);
    await this.router.navigate([], { relativeTo: this.route, queryParams: { open: id }, replaceUrl: true });
  }

  protected async open(connection: ProviderConnection | null): Promise<void> {
    const request: ConnectionRequest = {
      connection,
      create: (wanted) => this.store.create(wanted),
      change: (id, change) => this.store.change(id, change),
    };
    const label = connection ? `Change ${connection.name}` : 'Add a provider';
    const done = await this.dialogs.open<ProviderConnection, ConnectionRequest>(ConnectionDialog, {
      label,
      data: request,
      width: 520,
      allowed: this.mayWrite,
    });
    if (!done) return;
    this.toasts.show({ text: connection ? `${done.name} was changed` : `${done.name} was added` });
    if (!connection) await this.select(done.id);
  }

  protected async remove(connection: ProviderConnection): Promise<void> {
    try {
      await this.store.delete(connection.id);
      this.toasts.show({ text: `${connection.name} was removed` });
    } catch (error) {
      const { what, safe } = explain(error, `remove ${connection.name}`, '');
      this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
    }
  }
}
