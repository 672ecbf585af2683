import { Component, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { Member, Role, SsoProvider, SsoTest } from '@threadline/contracts';
import { CircleCheck, CircleX, KeyRound, Pencil, Plus } from 'lucide';
import { startWith } from 'rxjs';
import { explain } from '../../../core/api';
import { Rights, Session } from '../../../core/session';
import { MembersStore } from '../../../data/members';
import { RolesStore, whyNotGiven } from '../../../data/roles';
import { type ProviderFields, SsoApi, SsoStore } from '../../../data/sso';
import { Dialogs } from '../../../shared/dialog';
import {
  EmptyStateComponent,
  ErrorStateComponent,
  PageHeadComponent,
  SkeletonRowsComponent,
} from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import {
  BadgeComponent,
  ButtonDirective,
  CopyButtonComponent,
  DangerButtonComponent,
  IconComponent,
} from '../../../shared/ui';
import { presetOf } from './presets';
import { ProvisioningSection } from './provisioning';
import { ProviderDialog, type ProviderRequest } from './provider.dialog';

/** The workspace's identity providers, and the owners who keep their password. */
@Component({
  selector: 'tl-single-sign-on-page',
  imports: [
    BadgeComponent,
    ButtonDirective,
    CopyButtonComponent,
    DangerButtonComponent,
    EmptyStateComponent,
    ErrorStateComponent,
    IconComponent,
    PageHeadComponent,
    ProvisioningSection,
    SkeletonRowsComponent,
  ],
  templateUrl: './single-sign-on.page.html',
  styleUrl: './single-sign-on.page.scss',
})
export class SingleSignOnPage {
  private readonly api = inject(SsoApi);
  private readonly store = inject(SsoStore);
  private readonly session = inject(Session);
  private readonly rights = inject(Rights);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);

  protected readonly icons = { add: Plus, edit: Pencil, good: CircleCheck, bad: CircleX, key: KeyRound };
  protected readonly setUp = toSignal(this.store.setUp$.pipe(startWith(null)), { initialValue: null });
  private readonly status = toSignal(this.store.status$);
  private readonly roles = toSignal(inject(RolesStore).roles$, { initialValue: [] as readonly Role[] });
  private readonly members = toSignal(inject(MembersStore).members$, { initialValue: [] as readonly Member[] });

  protected readonly mayWrite = computed(() => this.rights.can('sso:write'));
  protected readonly isOwner = computed(() => this.session.me()?.role === 'owner');
  protected readonly owners = computed(() => this.members().filter(({ role }) => role === 'owner'));
  protected readonly entrance = computed(
    () => `${location.origin}/sign-in?workspace=${this.session.me()?.workspace.id ?? ''}`,
  );
  protected readonly error = computed(() => {
    const cause = this.setUp() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load single sign-on') : null;
  });
  /** What the last look at a provider said, by its id. */
  protected readonly tests = signal<Readonly<Record<string, SsoTest>>>({});
  /** The provider that something is being done to, or `break-glass`. */
  protected readonly busy = signal<string | null>(null);

  protected kind({ preset, issuer }: SsoProvider): string {
    const host = URL.canParse(issuer) ? new URL(issuer).host : issuer;
    return preset === 'custom' ? host : `${presetOf(preset).name} · ${host}`;
  }

  protected admits(provider: SsoProvider): string {
    if (provider.anyDomain) return 'Whoever it vouches for may join';
    if (provider.domains.length === 0) return 'Nobody joins by it; members link it themselves';
    return `People of ${provider.domains.join(', ')} may join`;
  }

  protected gives({ defaultRoleId, groupRoles }: SsoProvider): string {
    const name = this.roles().find(({ id }) => id === defaultRoleId)?.name ?? 'the default role';
    if (groupRoles.length === 0) return `as ${name}`;
    return `as ${name}, or by ${groupRoles.length === 1 ? 'a group' : `${groupRoles.length} groups`}`;
  }

  protected keepsPassword(userId: string): boolean {
    return this.setUp()?.breakGlass.includes(userId) ?? false;
  }

  protected refresh(): void {
    this.store.refresh();
  }

  protected async open(provider: SsoProvider | null): Promise<void> {
    const request: ProviderRequest = {
      provider,
      roles: computed(() => this.rolesFor(provider)),
      redirectUri: this.setUp()?.redirectUri ?? '',
      create: (fields: ProviderFields, key: string) => this.api.create(fields, key),
      change: (id, fields) => this.api.change(id, fields),
    };
    const label = provider ? `Change ${provider.name}` : 'Add a provider';
    const done = await this.dialogs.open<SsoProvider, ProviderRequest>(ProviderDialog, {
      label,
      data: request,
      width: 600,
      allowed: this.mayWrite,
    });
    if (done) this.toasts.show({ text: provider ? `${done.name} was changed` : `${done.name} was added` });
  }

  protected test(provider: SsoProvider): Promise<void> {
    return this.act(provider.id, `reach ${provider.name}`, async () => {
      const test = await this.api.test(provider.id);
      this.tests.update((tests) => ({ ...tests, [provider.id]: test }));
    });
  }

  protected switch(provider: SsoProvider): Promise<void> {
    const doing = provider.enabled ? 'switch off' : 'switch on';
    return this.act(provider.id, `${doing} ${provider.name}`, async () => {
      await this.api.change(provider.id, { enabled: !provider.enabled });
    });
  }

  protected remove(provider: SsoProvider): Promise<void> {
    return this.act(provider.id, `remove ${provider.name}`, async () => {
      await this.api.delete(provider.id);
      this.toasts.show({ text: `${provider.name} was removed` });
    });
  }

  protected setBreakGlass(userId: string, keeps: boolean): Promise<void> {
    const others = (this.setUp()?.breakGlass ?? []).filter((id) => id !== userId);
    return this.act('break-glass', 'change who keeps their password', () =>
      this.api.setBreakGlass(keeps ? [...others, userId] : others),
    );
  }

  /** The roles the person may give by a provider, and those this one gives already. */
  private rolesFor(provider: SsoProvider | null): readonly Role[] {
    const me = this.session.me();
    const given = new Set([provider?.defaultRoleId, ...(provider?.groupRoles ?? []).map(({ roleId }) => roleId)]);
    return this.roles().filter(
      (role) => role.builtIn !== 'owner' && (given.has(role.id) || (me !== null && whyNotGiven(role, me) === '')),
    );
  }

  private async act(what: string, doing: string, work: () => Promise<void>): Promise<void> {
    if (this.busy() !== null) return;
    this.busy.set(what);
    try {
      await work();
    } catch (error) {
      const { what: said, safe } = explain(error, doing, '');
      this.toasts.show({ text: `${said} ${safe}`.trim(), tone: 'bad' });
    } finally {
      this.busy.set(null);
    }
  }
}
