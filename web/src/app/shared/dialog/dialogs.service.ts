import { Dialog } from '@angular/cdk/dialog';
import type { ComponentType } from '@angular/cdk/overlay';
import { Injectable, Injector, type Signal, effect, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { DialogBackStore } from './dialog-back.store';

export interface DialogRequest<D> {
  /** Spoken when it opens. */
  label: string;
  data?: D;
  /** Width on a desk, in pixels; phones show a sheet over the whole width. */
  width?: number;
  /** Where it stands on a desk: `centre`, or `top` for what has a growing list. */
  stand?: 'centre' | 'top';
  /** What gets the focus, as a selector or `first-heading`; the first field otherwise. */
  focus?: string;
  /** It closes when this becomes false: the right to do what it is for was taken away. */
  allowed?: Signal<boolean>;
}

/**
 * Dialogs, which are sheets on phones. The component gets its data by `inject(DIALOG_DATA)`, closes itself by
 * `inject(DialogRef).close(result)`, and uses `tl-dialog-frame` for title, body and foot. The browser's Back does
 * what Escape does.
 */
@Injectable({ providedIn: 'root' })
export class Dialogs {
  private readonly dialog = inject(Dialog);
  private readonly injector = inject(Injector);
  /** The dialog that Back was last pressed on in vain. */
  readonly stayed = inject(DialogBackStore).stayed;

  /** Opens and waits: the result it was closed with, or undefined when it was left. */
  async open<R = unknown, D = unknown>(
    component: ComponentType<unknown>,
    request: DialogRequest<D>,
  ): Promise<R | undefined> {
    const opened = this.dialog.open<R, D>(component, {
      ariaLabel: request.label,
      ariaModal: true,
      autoFocus: request.focus ?? 'first-tabbable',
      backdropClass: 'tl-scrim',
      panelClass: ['tl-dialog', ...(request.stand === 'top' ? ['tl-dialog--top'] : [])],
      data: request.data ?? null,
      width: `${request.width ?? 480}px`,
      maxWidth: 'calc(100vw - 32px)',
      maxHeight: request.stand === 'top' ? '70dvh' : 'calc(100dvh - 64px)',
      closeOnNavigation: false,
    });
    const { allowed } = request;
    const watch = allowed && effect(() => void (allowed() || opened.close()), { injector: this.injector });
    try {
      return await firstValueFrom(opened.closed, { defaultValue: undefined });
    } finally {
      watch?.destroy();
    }
  }
}
