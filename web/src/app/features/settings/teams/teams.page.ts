import { Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { Member, Team } from '@threadline/contracts';
import { Pencil, Plus, Trash2, UsersRound } from 'lucide';
import { startWith } from 'rxjs';
import { v7 } from 'uuid';
import { asProblem, explain } from '../../../core/api';
import { Rights } from '../../../core/session';
import { MembersStore } from '../../../data/members';
import { type TeamFields, TeamsStore } from '../../../data/teams';
import { Dialogs } from '../../../shared/dialog';
import {
  EmptyStateComponent,
  ErrorStateComponent,
  PageHeadComponent,
  SkeletonRowsComponent,
} from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import {
  AvatarComponent,
  ButtonDirective,
  DangerButtonComponent,
  IconComponent,
  TipDirective,
} from '../../../shared/ui';
import { TeamDialog, type TeamRequest } from './team.dialog';

const FACES = 5;

/** The teams: who works with whom, and what a role that reaches the team’s leads reaches. */
@Component({
  selector: 'tl-teams-page',
  imports: [
    AvatarComponent,
    ButtonDirective,
    DangerButtonComponent,
    EmptyStateComponent,
    ErrorStateComponent,
    IconComponent,
    PageHeadComponent,
    SkeletonRowsComponent,
    TipDirective,
  ],
  templateUrl: './teams.page.html',
  styleUrl: './teams.page.scss',
})
export class TeamsPage {
  private readonly store = inject(TeamsStore);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  protected readonly rights = inject(Rights);

  protected readonly icons = { add: Plus, edit: Pencil, delete: Trash2, people: UsersRound };
  private readonly known = toSignal(this.store.teams$.pipe(startWith(null)));
  private readonly status = toSignal(this.store.status$);
  private readonly members = toSignal(inject(MembersStore).members$, { initialValue: [] as readonly Member[] });
  private readonly byUser = computed(() => new Map(this.members().map((member) => [member.userId, member])));
  protected readonly teams = computed(() => this.known() ?? []);
  protected readonly count = computed(() => this.known()?.length ?? null);
  protected readonly error = computed(() => {
    const cause = this.known() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load the teams') : null;
  });
  protected readonly loading = computed(() => !this.known() && !this.error());

  protected people(team: Team): Member[] {
    return team.memberIds
      .flatMap((userId) => this.byUser().get(userId) ?? [])
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  protected faces(team: Team): Member[] {
    return this.people(team).slice(0, FACES);
  }

  protected names(team: Team): string {
    return (
      this.people(team)
        .map(({ name }) => name)
        .join(', ') || 'Nobody yet'
    );
  }

  protected consequence({ name, memberIds }: Team): string {
    const stay = memberIds.length === 1 ? 'its member stays' : 'its members stay';
    return memberIds.length === 0 ? `Delete ${name}` : `Delete ${name}; ${stay} in the workspace`;
  }

  protected refresh(): void {
    this.store.refresh();
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
    if (made) this.toasts.show({ text: `${made.name} added` });
  }

  protected async edit(team: Team): Promise<void> {
    const saved = await this.open(team, (fields) => this.store.change(team.id, fields));
    if (saved) this.toasts.show({ text: `${saved.name} saved` });
  }

  protected async delete(team: Team): Promise<void> {
    try {
      await this.store.delete(team.id);
      this.toasts.show({ text: `${team.name} deleted` });
    } catch (error) {
      const { what, safe } = explain(error, `delete ${team.name}`, '');
      this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
    }
  }

  private open(team: Team | null, save: (fields: TeamFields) => Promise<Team>): Promise<Team | undefined> {
    return this.dialogs.open<Team, TeamRequest>(TeamDialog, {
      label: team?.name ?? 'New team',
      data: { team, members: this.members, save },
      allowed: computed(() => this.rights.can('teams:write')),
    });
  }
}
