import { Dialog, type DialogRef } from '@angular/cdk/dialog';
import { Injectable, inject, signal } from '@angular/core';
import { NavigationStart, Router } from '@angular/router';
import { filter } from 'rxjs';

/** The browser's Back is a dialog's before it is the page's: it does what Escape does. */
@Injectable({ providedIn: 'root' })
export class DialogBackStore {
  private readonly dialog = inject(Dialog);
  private readonly router = inject(Router);
  private readonly refused = signal<{ by: DialogRef<unknown, unknown> } | null>(null);
  /** The dialog that Back last was pressed on in vain, as only its buttons close it; each time anew. */
  readonly stayed = this.refused.asReadonly();

  constructor() {
    this.router.events
      .pipe(filter((event) => event instanceof NavigationStart))
      .subscribe(({ url, navigationTrigger }) => {
        if (navigationTrigger === 'popstate') this.back(url);
      });
  }

  private back(to: string): void {
    const top = this.dialog.openDialogs.at(-1);
    if (!top) return;
    // A dialog with an address of its own is left with it; any other stands on a page that stays.
    if (top.disableClose || pathOf(to) !== pathOf(this.router.url)) this.router.currentNavigation()?.abort();
    if (top.disableClose) this.refused.set({ by: top });
    else top.close();
  }
}

function pathOf(url: string): string {
  return url.split(/[?#]/u, 1)[0] ?? '';
}
