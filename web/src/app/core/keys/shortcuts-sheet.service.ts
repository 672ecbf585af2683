import { Injectable, inject } from '@angular/core';
import { Dialogs } from '../../shared/dialog';

/** Opens the printed sheet of shortcuts; its component is loaded when first asked for. */
@Injectable({ providedIn: 'root' })
export class ShortcutsSheet {
  private readonly dialogs = inject(Dialogs);

  async open(): Promise<void> {
    const { ShortcutsSheetDialog } = await import('./shortcuts-sheet.dialog');
    // Not the first field, which is the switch of the keys that it shows.
    const focus = 'first-heading';
    await this.dialogs.open(ShortcutsSheetDialog, { label: 'Keyboard shortcuts', width: 640, focus });
  }
}
