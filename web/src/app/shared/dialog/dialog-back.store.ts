import { Dialog, type DialogRef } from '@angular/cdk/dialog';
import { DestroyRef, Injectable, inject, signal } from '@angular/core';
import { NavigationStart, Router } from '@angular/router';
import { filter } from 'rxjs';

/** What lies over a page without being a dialog. */
interface Sheet {
  shown: () => boolean;
  close: () => void;
}

/** The browser's Back is a dialog's or a sheet's before it is the page's: it does what Escape does. */
@Injectable({ providedIn: 'root' })
export class DialogBackStore {
  private readonly dialog = inject(Dialog);
  private readonly router = inject(Router);
  private readonly sheets = new Set<Sheet>();
  /** The page stays: the router goes forward again, which is no press of Back. */
  private aborted = false;
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

  /** From now on Back closes this sheet where it is shown; the answer ends that. */
  add(sheet: Sheet): () => void {
    this.sheets.add(sheet);
    return () => this.sheets.delete(sheet);
  }

  private back(to: string): void {
    const restored = this.aborted && to === this.router.url;
    this.aborted = false;
    const dialog = this.dialog.openDialogs.at(-1);
    const top = dialog ?? [...this.sheets].find(({ shown }) => shown());
    if (!top || restored) return;
    // A dialog with an address of its own is left with it; any other, and a sheet, stands on a page that stays.
    if (dialog?.disableClose || pathOf(to) !== pathOf(this.router.url)) this.abort();
    if (dialog?.disableClose) this.refused.set({ by: dialog });
    else top.close();
  }

  private abort(): void {
    this.aborted = true;
    this.router.currentNavigation()?.abort();
  }
}

/** Lets the browser's Back close what lies over the page, as a sheet does on a phone, before it leaves the page. */
export function closedByBack(shown: () => boolean, close: () => void): void {
  inject(DestroyRef).onDestroy(inject(DialogBackStore).add({ shown, close }));
}

function pathOf(url: string): string {
  return url.split(/[?#]/u, 1)[0] ?? '';
}
