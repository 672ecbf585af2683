import { Injectable, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { AuditView, AuditViewFilters } from '@threadline/contracts';
import { explain } from '../../core/api';
import { Rights, Session } from '../../core/session';
import { AuditStore } from '../../data/audit';
import { Dialogs } from '../../shared/dialog';
import { Toasts } from '../../shared/toast';
import type { ViewAct } from './audit-views.component';
import { ViewNameDialog, type ViewNameRequest } from './view-name.dialog';

/** What the page does with saved views. */
@Injectable()
export class SavedViews {
  private readonly store = inject(AuditStore);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly session = inject(Session);
  private readonly rights = inject(Rights);

  readonly all = toSignal(this.store.views$, { initialValue: [] });
  readonly mayShare = computed(() => this.rights.can('audit:write'));

  constructor() {
    void this.read();
  }

  /** Of one's own, or shared with the right to share. */
  mayChange(view: AuditView | null): boolean {
    return view !== null && (view.owner.id === this.session.me()?.user.id || this.mayShare());
  }

  async read(): Promise<void> {
    await this.tried('read the saved views', () => this.store.readViews());
  }

  /** Asks for a name; answers the view, or undefined when the person turned away. */
  saveNew(filters: AuditViewFilters): Promise<AuditView | undefined> {
    return this.dialogs.open<AuditView, ViewNameRequest>(ViewNameDialog, {
      label: 'Save view',
      data: {
        heading: 'Save view',
        name: '',
        mayShare: this.mayShare(),
        save: (wanted) => this.store.saveView({ ...wanted, filters }),
      },
    });
  }

  /** @param shown what is looked for now */
  async act(act: ViewAct, view: AuditView, shown: AuditViewFilters): Promise<void> {
    switch (act) {
      case 'save':
        return this.tried('save the view', () => this.store.changeView(view.id, { filters: shown }));
      case 'share':
        return this.tried('share the view', () => this.store.changeView(view.id, { shared: true }));
      case 'keep':
        return this.tried('stop sharing the view', () => this.store.changeView(view.id, { shared: false }));
      case 'rename':
        await this.dialogs.open<AuditView, ViewNameRequest>(ViewNameDialog, {
          label: 'Rename view',
          data: {
            heading: 'Rename view',
            name: view.name,
            mayShare: false,
            save: ({ name }) => this.store.changeView(view.id, { name }),
          },
        });
        return;
      case 'delete':
        return this.delete(view);
    }
  }

  private async delete(view: AuditView): Promise<void> {
    await this.tried('delete the view', async () => {
      await this.store.deleteView(view.id);
      const { name, filters, shared } = view;
      const undo = () => void this.tried('bring the view back', () => this.store.saveView({ name, filters, shared }));
      this.toasts.show({ text: `View ${name} deleted`, action: { label: 'Undo', run: undo } });
    });
  }

  private async tried(doing: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.toasts.show({ text: explain(error, doing, '').what, tone: 'bad' });
    }
  }
}
