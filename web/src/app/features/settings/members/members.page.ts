import { CdkMenu, CdkMenuItem, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { Member, Role } from '@threadline/contracts';
import { Check, ChevronDown, Crown, Ellipsis, LogOut, Search, ShieldCheck, UserMinus } from 'lucide';
import { startWith } from 'rxjs';
import { explain } from '../../../core/api';
import { Session } from '../../../core/session';
import { MembersStore } from '../../../data/members';
import { RolesStore, whyNotGiven, whyNotTouched } from '../../../data/roles';
import { TeamsStore } from '../../../data/teams';
import { Dialogs } from '../../../shared/dialog';
import { TimeComponent } from '../../../shared/format';
import {
  EmptyStateComponent,
  ErrorStateComponent,
  PageHeadComponent,
  SkeletonRowsComponent,
} from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import { AvatarComponent, BadgeComponent, ButtonDirective, IconComponent, TipDirective } from '../../../shared/ui';
import { HandOverDialog, type HandOverRequest } from './hand-over.dialog';
import { InvitationsSection } from './invitations';
import { LeaveDialog, type LeaveRequest } from './leave.dialog';
import { RemovalDialog, type RemovalRequest } from './removal.dialog';

/** From so many members on, one is found by typing. */
const SEARCH_FROM = 9;

/** Everybody in the workspace: their role, their teams, and ways in and out. */
@Component({
  selector: 'tl-members-page',
  imports: [
    AvatarComponent,
    BadgeComponent,
    ButtonDirective,
    CdkMenu,
    CdkMenuItem,
    CdkMenuItemRadio,
    CdkMenuTrigger,
    EmptyStateComponent,
    ErrorStateComponent,
    IconComponent,
    InvitationsSection,
    PageHeadComponent,
    SkeletonRowsComponent,
    TimeComponent,
    TipDirective,
  ],
  templateUrl: './members.page.html',
  styleUrl: './members.page.scss',
})
export class MembersPage {
  private readonly store = inject(MembersStore);
  private readonly session = inject(Session);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);

  protected readonly icons = {
    check: Check,
    down: ChevronDown,
    hand: Crown,
    leave: LogOut,
    more: Ellipsis,
    remove: UserMinus,
    search: Search,
    secure: ShieldCheck,
  };
  protected readonly me = computed(() => {
    const me = this.session.me();
    return me && { ...me, userId: me.user.id };
  });
  private readonly members = toSignal(this.store.members$.pipe(startWith(null)));
  private readonly status = toSignal(this.store.status$);
  protected readonly roles = toSignal(inject(RolesStore).roles$, { initialValue: [] as readonly Role[] });
  private readonly teams = toSignal(inject(TeamsStore).teams$, { initialValue: [] });
  private readonly roleById = computed(() => new Map(this.roles().map((role) => [role.id, role])));
  private readonly teamNames = computed(() => new Map(this.teams().map(({ id, name }) => [id, name])));

  protected readonly query = signal('');
  protected readonly count = computed(() => this.members()?.length ?? null);
  protected readonly searchable = computed(() => (this.members()?.length ?? 0) >= SEARCH_FROM);
  protected readonly shown = computed(() => {
    const query = this.query().trim().toLocaleLowerCase();
    const members = this.members() ?? [];
    return query
      ? members.filter(({ name, email }) => `${name}\n${email}`.toLocaleLowerCase().includes(query))
      : members;
  });
  protected readonly error = computed(() => {
    const cause = this.members() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load the members') : null;
  });
  protected readonly loading = computed(() => !this.members() && !this.error());

  protected member(id: string): Member | undefined {
    return this.members()?.find((member) => member.id === id);
  }

  protected roleName(member: Member): string {
    return this.roleById().get(member.roleId)?.name ?? member.role;
  }

  protected teamsOf(member: Member): string {
    const names = member.teamIds.flatMap((id) => this.teamNames().get(id) ?? []);
    return names.sort((a, b) => a.localeCompare(b)).join(', ');
  }

  /** Why this member’s role cannot be changed; empty when it can. */
  protected barred(member: Member): string {
    const me = this.me();
    return me ? whyNotTouched(member, this.roleById().get(member.roleId), me) : '';
  }

  /** Why this role cannot be given; empty when it can. */
  protected barredRole(role: Role): string {
    const me = this.me();
    return me ? whyNotGiven(role, me) : '';
  }

  protected mayHandOver(member: Member): boolean {
    return this.me()?.role === 'owner' && member.userId !== this.me()?.userId;
  }

  protected refresh(): void {
    this.store.refresh();
  }

  protected async giveRole(member: Member, role: Role): Promise<void> {
    if (role.id === member.roleId || this.barredRole(role)) return;
    try {
      await this.store.giveRole(member, { id: role.id, name: role.builtIn ?? role.name });
      this.toasts.show({ text: `${member.name} is ${withArticle(role.name)} now` });
    } catch (error) {
      const { what, safe } = explain(error, `change the role of ${member.name}`, '');
      this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
    }
  }

  protected async remove(member: Member): Promise<void> {
    const request: RemovalRequest = {
      member,
      others: (this.members() ?? []).filter(({ id }) => id !== member.id),
      count: () => this.store.owned(member.userId),
      remove: (to) => this.store.remove(member, to),
    };
    const done = await this.dialogs.open<true, RemovalRequest>(RemovalDialog, {
      label: `Remove ${member.name}`,
      data: request,
    });
    if (done) this.toasts.show({ text: `${member.name} was removed` });
  }

  protected async handOver(member: Member): Promise<void> {
    const request: HandOverRequest = {
      member,
      workspace: this.me()?.workspace.name ?? '',
      handOver: () => this.store.transferOwnership(member.userId),
    };
    const done = await this.dialogs.open<true, HandOverRequest>(HandOverDialog, {
      label: `Hand the workspace over to ${member.name}`,
      data: request,
    });
    if (done) this.toasts.show({ text: `${member.name} owns the workspace now` });
  }

  protected async leave(): Promise<void> {
    const request: LeaveRequest = { workspace: this.me()?.workspace.name ?? '', leave: () => this.store.leave() };
    const left = await this.dialogs.open<true, LeaveRequest>(LeaveDialog, {
      label: 'Leave the workspace',
      data: request,
    });
    if (left) await this.session.recheck();
  }
}

function withArticle(name: string): string {
  return `${/^[aeiou]/iu.test(name) ? 'an' : 'a'} ${name.toLocaleLowerCase()}`;
}
