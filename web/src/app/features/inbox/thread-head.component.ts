import { CdkMenu, CdkMenuItem, CdkMenuItemCheckbox, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, effect, inject, input, output, untracked, viewChild, viewChildren } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  CONVERSATION_STATUSES,
  PRIORITIES,
  type Conversation,
  type ConversationStatus,
  type Member,
} from '@threadline/contracts';
import {
  ArrowLeft,
  Check,
  CheckCheck,
  ChevronDown,
  Clock,
  Ellipsis,
  Hourglass,
  Inbox,
  PanelRight,
  UserRound,
} from 'lucide';
import { Ticker, TimePipe } from '../../shared/format';
import { CONVERSATION_STATUS_WORDS, ConversationStatusComponent, PriorityComponent } from '../../shared/status';
import { AvatarComponent, ButtonDirective, IconComponent, KbdComponent, TipDirective, Viewport } from '../../shared/ui';
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
    KbdComponent,
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
  /** None of the moments offered to snooze until will do. */
  readonly pickMoment = output();
  readonly toggleLead = output();

  protected readonly icons = {
    back: ArrowLeft,
    check: Check,
    down: ChevronDown,
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
  protected readonly statusWords = CONVERSATION_STATUS_WORDS;
  protected readonly phone = inject(Viewport).phone;
  private readonly ticker = inject(Ticker);
  private readonly menus = viewChildren(CdkMenuTrigger);
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
  /** Each status with the key that leads to it from here; the keys of two lead back, too. */
  protected readonly statuses = computed(() => {
    const keys: Record<ConversationStatus, string> = {
      open: this.done() ? 'e' : this.pending() ? 'p' : '',
      pending: 'p',
      snoozed: 's',
      resolved: 'e',
    };
    return CONVERSATION_STATUSES.map((status) => ({ status, keys: keys[status] }));
  });

  constructor() {
    const shown = computed(() => this.conversation().id);
    effect(() => {
      shown();
      // A menu is about the conversation that it was opened for.
      untracked(() => this.menus().forEach((menu) => menu.close()));
    });
  }

  protected setStatus(status: ConversationStatus): void {
    // Until when is asked first, in the menu that offers the moments.
    if (status === 'snoozed') return this.openSnooze();
    if (status !== this.conversation().status) this.wish.emit({ status, snoozedUntil: null });
  }

  togglePending(): void {
    this.wish.emit({ status: this.pending() ? 'open' : 'pending' });
  }

  openAssign(): void {
    openByKey(this.assignTrigger());
  }

  openSnooze(): void {
    openByKey(this.snoozeTrigger());
  }
}

/** Opening alone leaves the focus where it is: in the menu only where its button was pressed. */
function openByKey(trigger: CdkMenuTrigger | undefined): void {
  trigger?.open();
  trigger?.getMenu()?.focusFirstItem('keyboard');
}
