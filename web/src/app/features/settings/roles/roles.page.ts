import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { type Permission, PERMISSION_GROUPS, type Role } from '@threadline/contracts';
import { Check, ChevronDown, Pencil, Plus, Trash2 } from 'lucide';
import { startWith } from 'rxjs';
import { v7 } from 'uuid';
import { asProblem, explain } from '../../../core/api';
import { Rights, Session } from '../../../core/session';
import { MembersStore } from '../../../data/members';
import { RolesStore, SCOPE_WORDS } from '../../../data/roles';
import { Dialogs, askBeforeLeaving, unsaved } from '../../../shared/dialog';
import { ErrorStateComponent, PageHeadComponent, SkeletonRowsComponent } from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import { ButtonDirective, IconComponent, TipDirective, Viewport } from '../../../shared/ui';
import { changes, listed, settled, ticked, toggled, type Ticks, whyFixed, whyNot } from './role-matrix.rules';
import { RoleDialog, type RoleRequest } from './role.dialog';

interface Row {
  permission: Permission;
  words: string;
}

const GROUPS = PERMISSION_GROUPS.map(({ name, permissions }) => ({
  name,
  rows: Object.entries(permissions).map(([permission, words]): Row => ({
    permission: permission as Permission,
    words,
  })),
}));
const REACHES = [
  { of: 'leads', words: 'Leads', needs: 'leads:read' },
  { of: 'conversations', words: 'Conversations', needs: 'conversations:read' },
] as const;
const NO_TICKS: Ticks = new Map();

/** What each role may do: a table of permissions by roles, in which the workspace's own roles are ticked. */
@Component({
  selector: 'tl-roles-page',
  imports: [
    ButtonDirective,
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    ErrorStateComponent,
    IconComponent,
    PageHeadComponent,
    SkeletonRowsComponent,
    TipDirective,
  ],
  templateUrl: './roles.page.html',
  styleUrl: './roles.page.scss',
})
export class RolesPage {
  private readonly store = inject(RolesStore);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly phone = inject(Viewport).phone;
  protected readonly rights = inject(Rights);
  protected readonly me = inject(Session).me;

  protected readonly icons = { add: Plus, check: Check, down: ChevronDown, edit: Pencil, delete: Trash2 };
  protected readonly groups = GROUPS;
  protected readonly reaches = REACHES;
  protected readonly scopes = SCOPE_WORDS;
  private readonly known = toSignal(this.store.roles$.pipe(startWith(null)));
  private readonly status = toSignal(this.store.status$);
  private readonly members = toSignal(inject(MembersStore).members$);
  protected readonly roles = computed(() => this.known() ?? []);
  protected readonly error = computed(() => {
    const cause = this.known() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load the roles') : null;
  });
  protected readonly loading = computed(() => !this.known() && !this.error());

  /** On a phone one role at a time: the first of the workspace's own, or one's own role. */
  protected readonly chosen = linkedSignal<readonly Role[], string>({
    source: this.roles,
    computation: (roles, before) =>
      roles.find(({ id }) => id === before?.value)?.id ??
      roles.find(({ builtIn }) => !builtIn)?.id ??
      roles.find(({ id }) => id === this.me()?.roleId)?.id ??
      '',
  });
  protected readonly single = computed(() => this.phone());
  protected readonly columns = computed(() =>
    this.single() ? this.roles().filter(({ id }) => id === this.chosen()) : this.roles(),
  );

  /** Ticks that are not saved; what colleagues saved meanwhile is none. */
  protected readonly ticks = linkedSignal<readonly Role[], Ticks>({
    source: this.roles,
    computation: (roles, before) => settled(roles, before?.value ?? NO_TICKS),
  });
  protected readonly unsaved = computed(() => this.roles().filter(({ id }) => this.ticks().has(id)));
  protected readonly unsavedWords = computed(() => {
    const count = this.unsaved().reduce((sum, role) => sum + changes(role, ticked(role, this.ticks())), 0);
    const names = this.unsaved().map(({ name }) => name);
    return `${count} ${count === 1 ? 'change' : 'changes'} to ${names.join(', ')}`;
  });
  protected readonly saving = signal(false);

  constructor() {
    askBeforeLeaving(() =>
      this.unsaved().length > 0 && this.rights.can('roles:write')
        ? unsaved(`${this.unsavedWords()}: not saved yet.`)
        : null,
    );
  }

  protected role(id: string): Role | undefined {
    return this.roles().find((role) => role.id === id);
  }

  protected holders(role: Role): number {
    const members = this.members();
    return members ? members.filter(({ roleId }) => roleId === role.id).length : role.members;
  }

  protected has(role: Role, permission: Permission): boolean {
    return ticked(role, this.ticks()).has(permission);
  }

  protected changed(role: Role, permission: Permission): boolean {
    return this.ticks().has(role.id) && this.has(role, permission) !== role.permissions.includes(permission);
  }

  /** Why a tick cannot be changed; empty when it can. */
  protected barred(role: Role, permission: Permission): string {
    const me = this.me();
    return me ? whyNot(role, permission, me, this.ticks()) : '';
  }

  /** Why the whole role cannot be changed; empty when it can. */
  protected fixed(role: Role): string {
    const me = this.me();
    return me ? whyFixed(role, me) : '';
  }

  protected refresh(): void {
    this.store.refresh();
  }

  protected toggle(role: Role, permission: Permission): void {
    if (this.barred(role, permission)) return;
    this.ticks.update((ticks) => toggled(role, permission, ticks));
  }

  protected discard(): void {
    this.ticks.set(NO_TICKS);
  }

  protected async save(): Promise<void> {
    if (this.saving()) return;
    this.saving.set(true);
    try {
      for (const role of this.unsaved()) {
        const saved = await this.store.change(role.id, { permissions: listed(ticked(role, this.ticks())) });
        this.forget(role.id);
        this.toasts.show({ text: `${saved.name} is saved; whoever has it feels it now` });
      }
    } catch (error) {
      this.complain(error, 'save the roles');
    } finally {
      this.saving.set(false);
    }
  }

  protected async add(): Promise<void> {
    let key = v7();
    const made = await this.open(null, (fields) =>
      this.store.create(fields, key).catch((error: unknown) => {
        // What the key of a refused attempt remembers is the refusal.
        if (!asProblem(error).away) key = v7();
        throw error;
      }),
    );
    if (!made) return;
    this.chosen.set(made.id);
    this.toasts.show({ text: `${made.name} added` });
  }

  protected async edit(role: Role): Promise<void> {
    await this.open(role, (fields) => this.store.change(role.id, fields));
  }

  protected async delete(role: Role): Promise<void> {
    try {
      await this.store.delete(role.id);
      this.toasts.show({
        text: `${role.name} deleted`,
        action: { label: 'Undo', run: () => void this.bringBack(role) },
      });
    } catch (error) {
      this.complain(error, `delete ${role.name}`);
    }
  }

  private async bringBack({ name, description, permissions, scopes }: Role): Promise<void> {
    try {
      await this.store.create({ name, description, permissions, scopes }, v7());
    } catch (error) {
      this.complain(error, `bring ${name} back`);
    }
  }

  private open(role: Role | null, save: RoleRequest['save']): Promise<Role | undefined> {
    const me = this.me();
    if (!me) return Promise.resolve(undefined);
    const data: RoleRequest = { role, roles: this.roles, me, save };
    return this.dialogs.open<Role, RoleRequest>(RoleDialog, {
      label: role?.name ?? 'New role',
      data,
      allowed: computed(() => this.rights.can('roles:write')),
    });
  }

  private forget(roleId: string): void {
    this.ticks.update((ticks) => new Map([...ticks].filter(([id]) => id !== roleId)));
  }

  private complain(error: unknown, doing: string): void {
    const { what, safe } = explain(error, doing, '');
    const { code, detail } = asProblem(error);
    this.toasts.show({ text: code === 'forbidden' ? `${what} ${detail}` : `${what} ${safe}`.trim(), tone: 'bad' });
  }
}
