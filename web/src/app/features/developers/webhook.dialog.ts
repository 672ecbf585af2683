import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal, viewChild } from '@angular/core';
import type { AddressCheck, CatalogueEntry, WebhookKind } from '@threadline/contracts';
import type { MadeWebhook, WebhookSettings } from '../../data/webhooks';
import { DialogFrameComponent } from '../../shared/dialog';
import { ButtonDirective } from '../../shared/ui';
import { SecretOnceComponent } from './secret-once.component';
import { WebhookFormComponent } from './webhook-form.component';

export interface NewWebhookRequest {
  entries: readonly CatalogueEntry[];
  receiver: () => Promise<string>;
  check: (url: string, call: boolean) => Promise<AddressCheck>;
  create: (settings: WebhookSettings & { kind: WebhookKind }) => Promise<MadeWebhook>;
}

/** A new endpoint: first what it gets, then its secret, this once. */
@Component({
  selector: 'tl-webhook-dialog',
  imports: [ButtonDirective, DialogFrameComponent, SecretOnceComponent, WebhookFormComponent],
  template: `
    @if (made(); as webhook) {
      <tl-dialog-frame heading="Your new endpoint" once>
        <tl-secret-once
          [secret]="webhook.secret ?? ''"
          sentence="Your program verifies with it that events come from here. It is not shown again."
        />
        <ng-container tlDialogFoot>
          <button tlButton look="primary" type="button" (click)="dialog.close(webhook.id)">Done</button>
        </ng-container>
      </tl-dialog-frame>
    } @else {
      <tl-dialog-frame heading="Add endpoint">
        <tl-webhook-form
          formId="tl-new-webhook"
          [entries]="asked.entries"
          [check]="asked.check"
          [receiver]="asked.receiver"
          (save)="make($event)"
        />
        <ng-container tlDialogFoot>
          <button tlButton type="button" (click)="dialog.close()">Cancel</button>
          <button tlButton look="primary" type="submit" form="tl-new-webhook" [busy]="busy()">Add endpoint</button>
        </ng-container>
      </tl-dialog-frame>
    }
  `,
})
export class WebhookDialog {
  protected readonly asked = inject<NewWebhookRequest>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<string>>(DialogRef);
  protected readonly busy = signal(false);
  protected readonly made = signal<MadeWebhook | null>(null);
  private readonly form = viewChild(WebhookFormComponent);

  protected async make({ settings, kind }: { settings: WebhookSettings; kind: WebhookKind }): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    try {
      this.made.set(await this.asked.create({ ...settings, kind }));
    } catch (error) {
      this.form()?.refuse(error, 'add the endpoint');
    } finally {
      this.busy.set(false);
    }
  }
}
