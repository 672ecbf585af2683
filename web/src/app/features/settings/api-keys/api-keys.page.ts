import { Component, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { ApiKey } from '@threadline/contracts';
import { KeyRound } from 'lucide';
import { startWith } from 'rxjs';
import { explain } from '../../../core/api';
import { CanDirective, Rights, Session } from '../../../core/session';
import { ApiKeysStore } from '../../../data/api-keys';
import { Dialogs } from '../../../shared/dialog';
import { Ticker, TimeComponent } from '../../../shared/format';
import {
  EmptyStateComponent,
  ErrorStateComponent,
  PageHeadComponent,
  SkeletonRowsComponent,
} from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import { BadgeComponent, ButtonDirective, DangerButtonComponent, TipDirective } from '../../../shared/ui';
import { isLive, keyState, permissionWords, worded } from './key-words';
import { NewKeyDialog, type NewKeyRequest } from './new-key.dialog';

/** The keys that programs sign in with. */
@Component({
  selector: 'tl-api-keys-page',
  imports: [
    BadgeComponent,
    ButtonDirective,
    CanDirective,
    DangerButtonComponent,
    EmptyStateComponent,
    ErrorStateComponent,
    PageHeadComponent,
    SkeletonRowsComponent,
    TimeComponent,
    TipDirective,
  ],
  templateUrl: './api-keys.page.html',
  styleUrl: './api-keys.page.scss',
})
export class ApiKeysPage {
  private readonly store = inject(ApiKeysStore);
  private readonly session = inject(Session);
  private readonly rights = inject(Rights);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly ticker = inject(Ticker);

  protected readonly icon = KeyRound;
  protected readonly words = permissionWords;
  protected readonly worded = worded;
  private readonly keys = toSignal(this.store.keys$.pipe(startWith(null)));
  private readonly status = toSignal(this.store.status$);
  /** Revoked and expired keys are folded away. */
  protected readonly withEnded = signal(false);
  protected readonly live = computed(() => this.keys()?.filter((key) => isLive(key, this.ticker.minute())) ?? null);
  protected readonly ended = computed(
    () => this.keys()?.filter((key) => !isLive(key, this.ticker.minute())).length ?? 0,
  );
  protected readonly shown = computed(() => (this.withEnded() ? this.keys() : this.live()) ?? []);
  protected readonly error = computed(() => {
    const cause = this.keys() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load the API keys') : null;
  });
  protected readonly loading = computed(() => !this.keys() && !this.error());
  protected readonly mayWrite = computed(() => this.rights.can('api_keys:write'));

  protected stateOf(key: ApiKey) {
    return keyState(key, this.ticker.minute());
  }

  protected refresh(): void {
    this.store.refresh();
  }

  protected async make(): Promise<void> {
    const request: NewKeyRequest = {
      held: this.session.me()?.permissions ?? [],
      create: (wanted) => this.store.create(wanted),
    };
    await this.dialogs.open(NewKeyDialog, { label: 'New API key', data: request, width: 640, focus: 'input' });
  }

  protected async revoke(key: ApiKey): Promise<void> {
    try {
      await this.store.revoke(key.id);
      this.toasts.show({ text: `${key.name} was revoked` });
    } catch (error) {
      const { what, safe } = explain(error, `revoke ${key.name}`, 'It still works.');
      this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
    }
  }
}
