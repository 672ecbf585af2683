import { Component, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import type { Invitation, Role, Team } from '@threadline/contracts';
import { Mail, RotateCw, UserPlus, X } from 'lucide';
import { startWith } from 'rxjs';
import { explain } from '../../../../core/api';
import { Rights, Session } from '../../../../core/session';
import { InvitationsStore, openInvitations } from '../../../../data/invitations';
import { MailboxHere } from '../../../../data/mailbox';
import { RolesStore, whyNotGiven } from '../../../../data/roles';
import { TeamsStore } from '../../../../data/teams';
import { Dialogs } from '../../../../shared/dialog';
import { Ticker, TimeComponent } from '../../../../shared/format';
import { ErrorStateComponent } from '../../../../shared/page';
import { Toasts } from '../../../../shared/toast';
import { BadgeComponent, ButtonDirective, IconComponent, TipDirective } from '../../../../shared/ui';
import { InviteDialog, type InviteRequest } from './invite.dialog';

/** Who was asked in and has not come yet, with the way to ask somebody. */
@Component({
  selector: 'tl-invitations',
  imports: [BadgeComponent, ButtonDirective, ErrorStateComponent, IconComponent, TimeComponent, TipDirective],
  templateUrl: './invitations.section.html',
  styleUrl: './invitations.section.scss',
})
export class InvitationsSection {
  private readonly store = inject(InvitationsStore);
  private readonly session = inject(Session);
  private readonly rights = inject(Rights);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly router = inject(Router);
  private readonly mailbox = inject(MailboxHere);
  private readonly ticker = inject(Ticker);

  protected readonly icons = { invite: UserPlus, mail: Mail, again: RotateCw, revoke: X };
  protected readonly may = computed(() => this.rights.can('members:write'));
  private readonly invitations = toSignal(this.store.invitations$.pipe(startWith(null)));
  private readonly status = toSignal(this.store.status$);
  private readonly roles = toSignal(inject(RolesStore).roles$, { initialValue: [] as readonly Role[] });
  private readonly givable = computed(() => {
    const me = this.session.me();
    return this.roles().filter((role) => me && whyNotGiven(role, me) === '');
  });
  private readonly teams = toSignal(inject(TeamsStore).teams$, { initialValue: [] as readonly Team[] });
  /** Their own, of who may not change teams. */
  private readonly givableTeams = computed(() => {
    const mine = this.session.me()?.user.id ?? '';
    return this.rights.can('teams:write') ? this.teams() : this.teams().filter((team) => team.memberIds.includes(mine));
  });
  private readonly roleById = computed(() => new Map(this.roles().map((role) => [role.id, role])));
  protected readonly open = computed(() => openInvitations(this.invitations() ?? [], this.ticker.now()));
  protected readonly error = computed(() => {
    const cause = this.invitations() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load the invitations') : null;
  });
  /** The invitation that something is done about. */
  protected readonly busy = signal<string | null>(null);

  protected roleName(invitation: Invitation): string {
    return this.roleById().get(invitation.roleId)?.name ?? invitation.role;
  }

  /** Why this invitation cannot be touched; empty when it can. */
  protected barred(invitation: Invitation): string {
    const me = this.session.me();
    const role = this.roleById().get(invitation.roleId);
    return me && role ? whyNotGiven(role, me) : '';
  }

  protected refresh(): void {
    this.store.refresh();
  }

  protected async invite(): Promise<void> {
    const request: InviteRequest = {
      roles: this.givable,
      teams: this.givableTeams,
      mailStaysHere: this.mailbox.stays,
      invite: (inviting) => this.store.invite(inviting),
    };
    const sent = await this.dialogs.open<Invitation>(InviteDialog, {
      label: 'Invite somebody',
      data: request,
      allowed: this.may,
    });
    if (sent) this.tellSent(`The invitation to ${sent.email}`, '');
  }

  protected async resend({ id, email }: Invitation): Promise<void> {
    await this.do(id, `send the invitation to ${email} again`, async () => {
      await this.store.resend(id);
      this.tellSent(`Another invitation to ${email}`, '; the earlier link ended');
    });
  }

  protected async revoke({ id, email }: Invitation): Promise<void> {
    await this.do(id, `take the invitation to ${email} back`, async () => {
      await this.store.revoke(id);
      this.toasts.show({ text: `The invitation to ${email} was taken back` });
    });
  }

  /** Says where the mail is: on its way, or in the Mailbox when there is no mail server. */
  private tellSent(what: string, besides: string): void {
    if (!this.mailbox.stays()) return void this.toasts.show({ text: `${what} is on its way${besides}` });
    const open = { label: 'Open Mailbox', run: () => void this.router.navigateByUrl('/mailbox') };
    this.toasts.show({
      text: `${what} is in the Mailbox, as there is no mail server here${besides}`,
      ...(this.mailbox.openable() ? { action: open } : {}),
    });
  }

  private async do(id: string, what: string, work: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(id);
    try {
      await work();
    } catch (error) {
      const { what: words, safe } = explain(error, what, '');
      this.toasts.show({ text: `${words} ${safe}`.trim(), tone: 'bad' });
    } finally {
      this.busy.set(null);
    }
  }
}
