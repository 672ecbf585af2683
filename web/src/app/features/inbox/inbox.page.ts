import {
  Component,
  computed,
  ElementRef,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import type { Conversation, Member } from '@threadline/contracts';
import { Inbox, MessageSquare, PanelLeft, PenLine, Search, X } from 'lucide';
import { asProblem, explain } from '../../core/api';
import { PageTitle, countInTitle } from '../../core/browser';
import { useListShortcuts, useShortcuts, useWayIn } from '../../core/keys';
import { Rights, Session } from '../../core/session';
import { ConversationReads, type ConversationFilter, unreadAmong } from '../../data/conversations';
import { DeskStore } from '../../data/desk';
import { Drafts } from '../../data/drafts';
import { LeadScreen } from '../../data/lead';
import { MembersStore } from '../../data/members';
import { LeadSuppressionScreen } from '../../data/suppressions';
import { ConversationViewComponent, type DeskAct } from '../../shared/conversation';
import { closedByBack, Dialogs } from '../../shared/dialog';
import { LeadFactsComponent, type LeadFacts, TimelineComponent } from '../../shared/lead';
import { EmptyStateComponent, ErrorStateComponent, SkeletonComponent, SkeletonRowsComponent } from '../../shared/page';
import { Toasts } from '../../shared/toast';
import { AvatarComponent, ButtonDirective, IconComponent, TipDirective, Viewport } from '../../shared/ui';
import { ConversationRowsComponent } from './conversation-rows.component';
import { useFocusAlong } from './focus-along';
import { inboxShortcuts } from './inbox.shortcuts';
import { InboxStartComponent } from './inbox-start.component';
import { InboxViewsComponent } from './inbox-views.component';
import { InboxStore } from './inbox.store';
import { isView, type View, VIEW_WORDS } from './inbox.views';
import { LeadPicker } from './lead-picker.service';
import { PaneEdgeComponent } from './pane-edge.component';
import { partnerOf } from './partner';
import { keepPanes, PANE_LIMITS, type Pane, panesKept, paneWidth } from './panes';
import { wishWords } from './wish-words';
import { type ConversationWish, ThreadHeadComponent } from './thread-head.component';

const SEARCH_PAUSE_MS = 200;

const NOBODY: ReadonlyMap<string, Member> = new Map();

/** The inbox: views, their conversations, the one that is open with its composer, and the lead it is with. */
@Component({
  selector: 'tl-inbox-page',
  imports: [
    AvatarComponent,
    ButtonDirective,
    ConversationRowsComponent,
    ConversationViewComponent,
    EmptyStateComponent,
    ErrorStateComponent,
    IconComponent,
    InboxStartComponent,
    InboxViewsComponent,
    LeadFactsComponent,
    PaneEdgeComponent,
    RouterLink,
    SkeletonComponent,
    SkeletonRowsComponent,
    ThreadHeadComponent,
    TimelineComponent,
    TipDirective,
  ],
  providers: [DeskStore, InboxStore, LeadPicker, LeadScreen, LeadSuppressionScreen],
  templateUrl: './inbox.page.html',
  styleUrl: './inbox.page.scss',
})
export class InboxPage {
  readonly view = input.required<string>();
  readonly conversationId = input<string>();
  readonly q = input<string>();
  readonly tag = input<string>();
  /** Present in the address: somebody is to be picked to write to. */
  readonly write = input<string>();

  private readonly store = inject(InboxStore);
  private readonly desk = inject(DeskStore);
  private readonly screen = inject(LeadScreen);
  private readonly suppressions = inject(LeadSuppressionScreen);
  private readonly reads = inject(ConversationReads);
  private readonly picker = inject(LeadPicker);
  private readonly dialogs = inject(Dialogs);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly title = inject(PageTitle);
  protected readonly viewport = inject(Viewport);
  protected readonly rights = inject(Rights);
  protected readonly icons = {
    write: PenLine,
    search: Search,
    clear: X,
    inbox: Inbox,
    talk: MessageSquare,
    views: PanelLeft,
  };
  protected readonly words = VIEW_WORDS;
  protected readonly limits = PANE_LIMITS;

  protected readonly mayWrite = computed(() => this.rights.can('messages:send') && this.rights.can('drafts:write'));
  protected readonly mayChange = computed(() => this.rights.can('conversations:write'));
  protected readonly panes = signal(panesKept());
  protected readonly leadSheet = linkedSignal({ source: this.conversationId, computation: () => false });
  protected readonly active = linkedSignal(() => this.conversationId() ?? null);
  protected readonly me = inject(Session).me()?.user.id ?? '';
  protected readonly list = toSignal(this.store.list$, { initialValue: { items: null, cursor: null, trouble: null } });
  protected readonly open = toSignal(this.store.open$, { initialValue: null });
  protected readonly talk = toSignal(this.desk.view$, { initialValue: null });
  protected readonly lead = toSignal(this.screen.view$, { initialValue: null });
  private readonly suppression = toSignal(this.suppressions.suppression$, { initialValue: null });
  protected readonly drafts = toSignal(inject(Drafts).leadIds$, {
    initialValue: new Set<string>() as ReadonlySet<string>,
  });
  protected readonly members = toSignal(inject(MembersStore).byUser$, { initialValue: NOBODY });
  protected readonly current = computed<View>(() => (isView(this.view()) ? (this.view() as View) : 'open'));
  /** The open conversation: as the list has it until its own record is there. */
  protected readonly conversation = computed<Conversation | null>(() => {
    const id = this.conversationId();
    const open = this.open();
    if (!id) return null;
    if (open?.id === id && open.conversation) return open.conversation;
    return this.list().items?.find((each) => each.id === id) ?? null;
  });
  protected readonly partner = computed(() => partnerOf(this.conversation(), this.lead()?.lead, this.suppression()));
  protected readonly leadShown = computed(() => (this.narrow() ? this.leadSheet() : !this.panes().leadHidden));
  protected readonly narrow = computed(() => !this.viewport.wide());
  protected readonly missing = computed(() => this.open()?.trouble?.code === 'not_found');
  protected readonly listError = computed(() => {
    const { items, trouble } = this.list();
    return !items && trouble ? explain(trouble.cause, 'load the conversations') : null;
  });
  private readonly thread = viewChild<ElementRef<HTMLElement>>('thread');
  protected readonly enter = useFocusAlong(this.conversationId, () => this.thread()?.nativeElement);
  private readonly rows = viewChild(ConversationRowsComponent);
  private readonly talkView = viewChild(ConversationViewComponent);
  private readonly head = viewChild(ThreadHeadComponent);
  private readonly compose = useWayIn(this.conversationId, () => {
    const talk = this.talkView();
    const its = this.talk()?.leadId === this.conversation()?.leadId;
    return talk?.ready() && its ? (typed) => talk.focusComposer(typed) : null;
  });
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.followAddress();
    this.addShortcuts();
    closedByBack(
      () => this.narrow() && this.leadSheet(),
      () => this.leadSheet.set(false),
    );
    countInTitle(() => unreadAmong(this.list().items ?? []));
  }

  protected act(act: DeskAct): void {
    this.desk.act(act);
  }

  protected more(): void {
    const { cursor } = this.list();
    if (cursor) this.store.more(cursor);
  }

  protected reload(): void {
    this.store.refresh();
  }

  protected search(q: string): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.ask({ q: q.trim() || null }), SEARCH_PAUSE_MS);
  }

  protected ask(queryParams: Record<string, string | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected resize(pane: Pane, width: number): void {
    this.panes.update((panes) => ({ ...panes, [pane]: paneWidth(pane, width) }));
    keepPanes(this.panes());
  }

  protected toggleViews(): void {
    this.panes.update((panes) => ({ ...panes, viewsHidden: !panes.viewsHidden }));
    keepPanes(this.panes());
  }

  protected toggleLead(): void {
    if (this.narrow()) return this.leadSheet.update((shown) => !shown);
    this.panes.update((panes) => ({ ...panes, leadHidden: !panes.leadHidden }));
    keepPanes(this.panes());
  }

  protected changeLead(facts: LeadFacts): void {
    void this.screen.change(facts);
  }

  protected earlier(cursor: string): void {
    this.screen.earlier(cursor);
  }

  protected reloadLead(): void {
    this.screen.refresh();
  }

  protected async wish(wish: ConversationWish, conversation = this.conversation()): Promise<void> {
    if (!conversation) return;
    const before: ConversationWish = { status: conversation.status, snoozedUntil: conversation.snoozedUntil };
    const leaves = wish.status !== undefined && this.current() !== 'all';
    const next = leaves ? this.neighbour(conversation.id) : null;
    const changing = this.store.change(conversation, wish);
    if (leaves) await this.go(next);
    try {
      await changing;
    } catch (error) {
      this.toasts.show({ text: `Not changed: ${asProblem(error).detail}`, tone: 'bad' });
      return;
    }
    const words = wishWords(wish, conversation.leadName);
    if (words)
      this.toasts.show({ text: words, action: { label: 'Undo', run: () => void this.takeBack(conversation, before) } });
  }

  protected async snooze(conversation: Conversation): Promise<void> {
    const { SnoozeDialog } = await import('./snooze.dialog');
    const asked = { label: 'Snooze until', width: 400, allowed: this.mayChange };
    const snoozedUntil = await this.dialogs.open<string>(SnoozeDialog, asked);
    if (snoozedUntil) await this.wish({ status: 'snoozed', snoozedUntil }, conversation);
  }

  protected async pick(): Promise<void> {
    const address = await this.picker.pick();
    if (this.write() !== undefined) this.ask({ write: null });
    if (!address) return;
    await this.router.navigate(address.path, { queryParams: address.query });
    if (address.path[0] === '/inbox') this.compose();
  }

  private async takeBack(conversation: Conversation, before: ConversationWish): Promise<void> {
    try {
      await this.store.change(conversation, before);
      await this.go(conversation.id);
    } catch (error) {
      this.toasts.show({ text: `Not taken back: ${asProblem(error).detail}`, tone: 'bad' });
    }
  }

  private neighbour(id: string): string | null {
    const items = this.list().items ?? [];
    const at = items.findIndex((each) => each.id === id);
    if (this.viewport.phone() || at < 0) return null;
    return (items[at + 1] ?? items[at - 1])?.id ?? null;
  }

  private async go(id: string | null): Promise<void> {
    const path = id ? ['/inbox', this.view(), id] : ['/inbox', this.view()];
    await this.router.navigate(path, { queryParamsHandling: 'preserve' });
  }

  private followAddress(): void {
    effect(() => {
      const { filter } = this.words[this.current()];
      const wanted: ConversationFilter = { ...filter, q: this.q() || undefined, tag: this.tag() || undefined };
      untracked(() => this.store.look(wanted));
    });
    effect(() => {
      const id = this.conversationId() ?? null;
      untracked(() => this.store.show(id));
    });
    effect(() => {
      const leadId = this.conversation()?.leadId ?? null;
      untracked(() => {
        this.desk.show(leadId);
        this.screen.show(leadId);
        this.suppressions.show(leadId);
      });
    });
    effect(() => {
      const conversation = this.conversation();
      this.title.show(
        conversation ? `${conversation.leadName} · Inbox` : `${this.words[this.current()].label} · Inbox`,
      );
    });
    effect(() => {
      const { id, unreadCount, lastMessageId } = this.conversation() ?? {};
      const shown = this.talk()?.state === 'ready';
      if (this.mayChange() && id && shown && unreadCount && lastMessageId)
        untracked(() => this.reads.seen(id, lastMessageId));
    });
    effect(() => {
      if (this.write() !== undefined && this.mayWrite()) untracked(() => void this.pick());
    });
  }

  private addShortcuts(): void {
    const done = (): boolean => this.conversation()?.status === 'resolved';
    useListShortcuts(() => this.rows(), 'conversation');
    useShortcuts(
      inboxShortcuts({
        chosen: () => this.conversation() !== null,
        mayWrite: this.mayWrite,
        mayChange: this.mayChange,
        compose: this.compose,
        pick: () => void this.pick(),
        toggleDone: () => void this.wish({ status: done() ? 'open' : 'resolved' }),
        togglePending: () => this.head()?.togglePending(),
        snooze: () => this.head()?.openSnooze(),
        assign: () => this.head()?.openAssign(),
        toggleViews: () => this.toggleViews(),
        toggleLead: () => this.toggleLead(),
      }),
    );
  }
}
