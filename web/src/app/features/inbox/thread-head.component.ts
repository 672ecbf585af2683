import { CdkMenu, CdkMenuItem, CdkMenuItemCheckbox, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject, input, output, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PRIORITIES, type Conversation, type Member } from '@threadline/contracts';
import { ArrowLeft, Check, CheckCheck, Clock, Ellipsis, Hourglass, Inbox, PanelRight, UserRound } from 'lucide';
import { Ticker, TimePipe } from '../../shared/format';
import { ConversationStatusComponent, PriorityComponent } from '../../shared/status';
import { AvatarComponent, ButtonDirective, IconComponent, TipDirective, Viewport } from '../../shared/ui';
import { snoozes } from './inbox.views';

export type ConversationWish = Partial<Pick<Conversation, 'status' | 'priority' | 'assigneeId' | 'snoozedUntil'>>;

/** Who the conversation is with, how it stands, and what can be done with it. */
@Component({
  selector: 'tl-thread-head',
  imports: [
    AvatarComponent,
    ButtonDirective,
    CdkMenu,
    CdkMenuItem,
    CdkMenuItemCheckbox,
    CdkMenuItemRadio,
    CdkMenuTrigger,
    ConversationStatusComponent,
    IconComponent,
    PriorityComponent,
    RouterLink,
    TimePipe,
    TipDirective,
  ],
  templateUrl: './thread-head.component.html',
  styleUrl: './thread-head.component.scss',
})
export class ThreadHeadComponent {
  readonly conversation = input.required<Conversation>();
  readonly members = input.required<ReadonlyMap<string, Member>>();
  readonly me = input.required<string>();
  readonly mayChange = input(true);
  /** Whether the lead's panel is open. */
  readonly leadShown = input(false);
  /** The address to go back to, on phones. */
  readonly back = input.required<string>();
  readonly wish = output<ConversationWish>();
  readonly toggleLead = output();

  protected readonly icons = {
    back: ArrowLeft,
    check: Check,
    resolve: CheckCheck,
    reopen: Inbox,
    snooze: Clock,
    pending: Hourglass,
    assign: UserRound,
    more: Ellipsis,
    panel: PanelRight,
  };
  protected readonly pendingLabel = 'Pending: waiting for an answer';
  protected readonly priorities = PRIORITIES;
  protected readonly phone = inject(Viewport).phone;
  private readonly ticker = inject(Ticker);
  private readonly assignTrigger = viewChild('assignTrigger', { read: CdkMenuTrigger });
  private readonly snoozeTrigger = viewChild('snoozeTrigger', { read: CdkMenuTrigger });
  protected readonly snoozes = computed(() => snoozes(this.ticker.minute()));
  protected readonly assignee = computed(() => this.members().get(this.conversation().assigneeId ?? '') ?? null);
  protected readonly people = computed(() => {
    const all = [...this.members().values()];
    const mine = all.filter(({ userId }) => userId === this.me());
    return [...mine, ...all.filter(({ userId }) => userId !== this.me())];
  });
  protected readonly pending = computed(() => this.conversation().status === 'pending');
  protected readonly done = computed(() => this.conversation().status === 'resolved');

  togglePending(): void {
    this.wish.emit({ status: this.pending() ? 'open' : 'pending' });
  }

  openAssign(): void {
    this.assignTrigger()?.open();
  }

  openSnooze(): void {
    this.snoozeTrigger()?.open();
  }
}
