import { Dialog } from '@angular/cdk/dialog';
import type { ComponentType } from '@angular/cdk/overlay';
import { Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';

export interface DialogRequest<D> {
  /** Spoken when it opens. */
  label: string;
  data?: D;
  /** Width on a desk, in pixels; phones show a sheet over the whole width. */
  width?: number;
  /** Where it stands on a desk: `centre`, or `top` for what has a growing list. */
  stand?: 'centre' | 'top';
  /** What gets the focus; the first field otherwise. */
  focus?: string;
}

/**
 * Dialogs, which are sheets on phones. The component gets its data by `inject(DIALOG_DATA)`, closes itself by
 * `inject(DialogRef).close(result)`, and uses `tl-dialog-frame` for title, body and foot.
 */
@Injectable({ providedIn: 'root' })
export class Dialogs {
  private readonly dialog = inject(Dialog);

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
    });
    return firstValueFrom(opened.closed, { defaultValue: undefined });
  }

  closeAll(): void {
    this.dialog.closeAll();
  }
}
