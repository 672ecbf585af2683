import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { AuditStreamKind } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../core/api';
import type { MadeAuditStream, NewAuditStream } from '../../../data/audit-exports';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';
import { SecretShownComponent } from '../secret-shown.component';

export interface StreamAsked {
  create: (wanted: NewAuditStream) => Promise<MadeAuditStream>;
}

const SENTENCE = 'It is not shown again. The receiver checks with it that a delivery is ours (Standard Webhooks).';

/** A new stream: where it goes, then, of a webhook, its secret this once. */
@Component({
  selector: 'tl-new-stream-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
    SecretShownComponent,
  ],
  templateUrl: './new-stream.dialog.html',
  styleUrl: './trail-form.scss',
})
export class NewStreamDialog {
  private readonly asked = inject<StreamAsked>(DIALOG_DATA);
  protected readonly dialog = inject(DialogRef);
  protected readonly sentence = SENTENCE;
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.maxLength(100)]],
    kind: 'webhook' as AuditStreamKind,
    url: '',
    host: '',
    port: 6514,
    tls: true,
    certificate: '',
    entries: true,
    checkpoints: true,
    from: 'now' as 'now' | 'beginning',
  });
  protected readonly busy = signal(false);
  protected readonly empty = signal(false);
  protected readonly refused = signal<Explanation | null>(null);
  protected readonly secret = signal<string | null>(null);

  protected webhook(): boolean {
    return this.form.controls.kind.value === 'webhook';
  }

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    const { url, host, entries, checkpoints } = this.form.controls;
    const place = this.webhook() ? url : host;
    if (place.value.trim() === '') place.setErrors({ required: true });
    this.empty.set(!entries.value && !checkpoints.value);
    if (this.form.invalid || this.empty()) return;
    this.busy.set(true);
    try {
      const made = await this.asked.create(this.wanted());
      if (made.secret) this.secret.set(made.secret);
      else this.dialog.close(true);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'invalid_input' && showOnForm(this.form, problem) === '') return;
      this.refused.set(explain(error, 'set up the stream', 'Nothing is sent anywhere.'));
    } finally {
      this.busy.set(false);
    }
  }

  private wanted(): NewAuditStream {
    const { name, kind, url, host, port, tls, certificate, entries, checkpoints, from } = this.form.getRawValue();
    const common = { name: name.trim(), kind, entries, checkpoints, from };
    if (kind === 'webhook') return { ...common, url: url.trim() };
    const trusted = tls && certificate.trim() !== '' ? { certificate: certificate.trim() } : {};
    return { ...common, host: host.trim(), port, tls, ...trusted };
  }
}

/** A secret that was renewed, this once. */
@Component({
  selector: 'tl-stream-secret-dialog',
  imports: [ButtonDirective, DialogFrameComponent, SecretShownComponent],
  template: `
    <tl-dialog-frame heading="The new secret" once>
      <tl-secret-shown label="secret" [secret]="asked.secret" [sentence]="sentence" />
      <ng-container tlDialogFoot>
        <button tlButton look="primary" type="button" (click)="dialog.close()">Done</button>
      </ng-container>
    </tl-dialog-frame>
  `,
})
export class StreamSecretDialog {
  protected readonly asked = inject<{ secret: string }>(DIALOG_DATA);
  protected readonly dialog = inject(DialogRef);
  protected readonly sentence = SENTENCE;
}
