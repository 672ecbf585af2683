import { Component, computed, inject, input, signal, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import type { AddressCheck } from '@threadline/contracts';
import { catchError, from, map, of } from 'rxjs';
import { explain } from '../../../core/api';
import { Rights } from '../../../core/session';
import { WebhooksApi, type WebhookSettings, WebhooksStore } from '../../../data/webhooks';
import { TimeComponent } from '../../../shared/format';
import { ErrorStateComponent, SkeletonRowsComponent } from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import { ButtonDirective, CopyButtonComponent, DangerButtonComponent } from '../../../shared/ui';
import { WebhookActs } from '../webhook-acts.service';
import { WebhookFormComponent } from '../webhook-form.component';

/** What one endpoint gets, its secret, and its end. */
@Component({
  selector: 'tl-webhook-settings-page',
  imports: [
    ButtonDirective,
    CopyButtonComponent,
    DangerButtonComponent,
    ErrorStateComponent,
    SkeletonRowsComponent,
    TimeComponent,
    WebhookFormComponent,
  ],
  templateUrl: './webhook-settings.page.html',
  styleUrl: './webhook-settings.page.scss',
})
export class WebhookSettingsPage {
  readonly id = input.required<string>();

  private readonly api = inject(WebhooksApi);
  private readonly store = inject(WebhooksStore);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  protected readonly acts = inject(WebhookActs);
  private readonly rights = inject(Rights);
  protected readonly mayWrite = computed(() => this.rights.can('webhooks:write'));
  private readonly catalogue = toSignal(
    from(this.api.catalogue()).pipe(
      map((entries) => ({ entries, error: null })),
      catchError((cause: unknown) => of({ entries: null, error: explain(cause, 'load the event types') })),
    ),
  );
  protected readonly entries = computed(() => this.catalogue()?.entries ?? null);
  protected readonly error = computed(() => this.catalogue()?.error ?? null);
  private readonly webhooks = toSignal(this.store.webhooks$);
  protected readonly webhook = computed(() => this.webhooks()?.find(({ id }) => id === this.id()) ?? null);
  protected readonly busy = signal(false);
  private readonly form = viewChild(WebhookFormComponent);

  protected readonly check = (url: string, call: boolean): Promise<AddressCheck> => this.api.check(url, call);

  protected async save(settings: WebhookSettings): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    try {
      await this.api.change(this.id(), settings);
      this.toasts.show({ text: 'Saved' });
    } catch (error) {
      this.form()?.refuse(error, 'save the endpoint');
    } finally {
      this.busy.set(false);
    }
  }

  protected async remove(): Promise<void> {
    const webhook = this.webhook();
    if (webhook && (await this.acts.delete(webhook))) await this.router.navigateByUrl('/developers/webhooks');
  }
}
