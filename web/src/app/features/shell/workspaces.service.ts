import { Injectable, inject, signal } from '@angular/core';
import type { OwnWorkspace } from '@threadline/contracts';
import { explain } from '../../core/api';
import { Session } from '../../core/session';
import { AccountApi } from '../../data/account';
import { Dialogs } from '../../shared/dialog';
import { Toasts } from '../../shared/toast';
import { type NewWorkspaceRequest, WorkspaceDialog } from './workspace.dialog';

/** The person's workspaces, and the way from one to another. */
@Injectable({ providedIn: 'root' })
export class OwnWorkspaces {
  private readonly account = inject(AccountApi);
  private readonly session = inject(Session);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly read = signal<readonly OwnWorkspace[]>([]);
  /** By name; empty until they were asked for. */
  readonly all = this.read.asReadonly();

  /** Asks for them; what was known stands meanwhile. */
  async load(): Promise<void> {
    try {
      this.read.set(await this.account.workspaces());
    } catch (error) {
      this.say(error, 'load your workspaces');
    }
  }

  /** Leaves this one, drafts saved, and opens the other. */
  async goTo(id: string): Promise<void> {
    try {
      await this.session.sayGoodbye();
      await this.session.goOn(await this.account.switchTo(id));
    } catch (error) {
      this.say(error, 'open that workspace');
    }
  }

  async create(): Promise<void> {
    const request: NewWorkspaceRequest = { create: (name) => this.account.createWorkspace(name) };
    const made = await this.dialogs.open<OwnWorkspace>(WorkspaceDialog, { label: 'New workspace', data: request });
    if (made) await this.goTo(made.id);
  }

  private say(error: unknown, doing: string): void {
    const { what, safe } = explain(error, doing, '');
    this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
  }
}
