import { Component, computed, inject, input, signal } from '@angular/core';
import type { LinkedIdentity, SsoOutcome } from '@threadline/contracts';
import { Link2 } from 'lucide';
import { explain } from '../../../../core/api';
import { type OfferedProvider, SsoApi } from '../../../../data/sso';
import { TimeComponent } from '../../../../shared/format';
import { ErrorStateComponent, type Explanation } from '../../../../shared/page';
import { Toasts } from '../../../../shared/toast';
import { ButtonDirective, DangerButtonComponent, IconComponent } from '../../../../shared/ui';
import { linkWords } from './link-words';

interface Shown {
  items: readonly LinkedIdentity[];
  offered: readonly OfferedProvider[];
}

/**
 * The accounts elsewhere that sign the person in, with ways to link and unlink them: a part of Settings → Security.
 * Shows nothing where the workspace has no single sign-on and nothing is linked.
 */
@Component({
  selector: 'tl-identities-panel',
  imports: [ButtonDirective, DangerButtonComponent, ErrorStateComponent, IconComponent, TimeComponent],
  templateUrl: './identities.panel.html',
  styleUrl: './identities.panel.scss',
})
export class IdentitiesPanel {
  /** `?sso=` of the page: how a visit to a provider ended. */
  readonly outcome = input<string>();

  private readonly api = inject(SsoApi);
  private readonly toasts = inject(Toasts);

  protected readonly icons = { link: Link2 };
  protected readonly shown = signal<Shown | null>(null);
  protected readonly error = signal<Explanation | null>(null);
  protected readonly busy = signal<string | null>(null);
  protected readonly ended = computed(() => linkWords(this.outcome() as SsoOutcome | undefined));

  constructor() {
    void this.load();
  }

  protected async load(): Promise<void> {
    this.error.set(null);
    try {
      this.shown.set(await this.api.identities());
    } catch (error) {
      this.error.set(explain(error, 'load the linked accounts'));
    }
  }

  protected async link(provider: OfferedProvider): Promise<void> {
    await this.act(provider.id, `link ${provider.name}`, async () => location.assign(await this.api.link(provider.id)));
  }

  protected async unlink(identity: LinkedIdentity): Promise<void> {
    await this.act(identity.id, `unlink ${identity.name}`, async () => {
      await this.api.unlink(identity.id);
      this.toasts.show({ text: `${identity.name} no longer signs you in` });
      await this.load();
    });
  }

  private async act(id: string, doing: string, work: () => Promise<void>): Promise<void> {
    if (this.busy() !== null) return;
    this.busy.set(id);
    try {
      await work();
    } catch (error) {
      const { what, safe } = explain(error, doing, '');
      this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
    } finally {
      this.busy.set(null);
    }
  }
}
