import { Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { ScimToken } from '@threadline/contracts';
import { startWith } from 'rxjs';
import { explain } from '../../../../core/api';
import { CanDirective, Rights } from '../../../../core/session';
import { ScimTokensStore } from '../../../../data/scim-tokens';
import { Dialogs } from '../../../../shared/dialog';
import { TimeComponent } from '../../../../shared/format';
import { ErrorStateComponent, SkeletonRowsComponent } from '../../../../shared/page';
import { Toasts } from '../../../../shared/toast';
import { ButtonDirective, CopyButtonComponent, DangerButtonComponent } from '../../../../shared/ui';
import { NewTokenDialog, type NewTokenRequest } from './new-token.dialog';

/** Provisioning by a directory: where it calls, and with which tokens. A part of the page of single sign-on. */
@Component({
  selector: 'tl-provisioning',
  imports: [
    ButtonDirective,
    CanDirective,
    CopyButtonComponent,
    DangerButtonComponent,
    ErrorStateComponent,
    SkeletonRowsComponent,
    TimeComponent,
  ],
  templateUrl: './provisioning.section.html',
  styleUrl: './provisioning.section.scss',
})
export class ProvisioningSection {
  private readonly store = inject(ScimTokensStore);
  private readonly rights = inject(Rights);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);

  protected readonly state = toSignal(this.store.provisioning$.pipe(startWith(null)));
  private readonly status = toSignal(this.store.status$);
  protected readonly error = computed(() => {
    const cause = this.state() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load the directories') : null;
  });
  protected readonly mayWrite = computed(() => this.rights.can('sso:write'));

  protected refresh(): void {
    this.store.refresh();
  }

  protected async make(): Promise<void> {
    const request: NewTokenRequest = {
      baseUrl: this.state()?.baseUrl ?? '',
      create: (name) => this.store.create(name),
    };
    await this.dialogs.open(NewTokenDialog, {
      label: 'Connect a directory',
      data: request,
      width: 560,
      focus: 'input',
    });
  }

  protected async revoke(token: ScimToken): Promise<void> {
    try {
      await this.store.revoke(token.id);
      this.toasts.show({ text: `${token.name} is no longer connected` });
    } catch (error) {
      const { what, safe } = explain(error, `disconnect ${token.name}`, 'It is still connected.');
      this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
    }
  }
}
