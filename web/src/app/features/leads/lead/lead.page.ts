import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import {
  Component,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import type { Member } from '@threadline/contracts';
import { ArrowLeft, Ellipsis, PenLine, Trash2, UserRoundX } from 'lucide';
import { asProblem, explain } from '../../../core/api';
import { PageTitle } from '../../../core/browser';
import { useShortcuts, useWayIn } from '../../../core/keys';
import { usePaletteActions } from '../../../core/palette';
import { Rights } from '../../../core/session';
import { ConversationReads } from '../../../data/conversations';
import { DeskStore } from '../../../data/desk';
import { LeadScreen } from '../../../data/lead';
import { MembersStore } from '../../../data/members';
import { LeadSuppressionScreen } from '../../../data/suppressions';
import { ConversationViewComponent, type Partner } from '../../../shared/conversation';
import { Dialogs } from '../../../shared/dialog';
import { InPlaceComponent, LeadFactsComponent, type LeadFacts, TimelineComponent } from '../../../shared/lead';
import { EmptyStateComponent, ErrorStateComponent, SkeletonComponent } from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import { AvatarComponent, ButtonDirective, IconComponent, TipDirective } from '../../../shared/ui';
import { type LiftAsked, LiftSuppressionDialog } from './lift-suppression.dialog';
import { SuppressionNoticeComponent } from './suppression-notice.component';

const TABS = [
  { pane: 'talk', label: 'Conversation' },
  { pane: 'facts', label: 'Details' },
  { pane: 'timeline', label: 'Timeline' },
] as const;

const NOBODY: ReadonlyMap<string, Member> = new Map();

/** One lead: who they are, the conversation with them, and everything that happened, as it happens. */
@Component({
  selector: 'tl-lead-page',
  imports: [
    AvatarComponent,
    ButtonDirective,
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    ConversationViewComponent,
    EmptyStateComponent,
    ErrorStateComponent,
    IconComponent,
    InPlaceComponent,
    LeadFactsComponent,
    RouterLink,
    SkeletonComponent,
    SuppressionNoticeComponent,
    TimelineComponent,
    TipDirective,
  ],
  providers: [DeskStore, LeadScreen, LeadSuppressionScreen],
  templateUrl: './lead.page.html',
  styleUrl: './lead.page.scss',
})
export class LeadPage {
  readonly id = input.required<string>();
  /** Present in the address: the composer takes the focus. */
  readonly write = input<string>();

  private readonly desk = inject(DeskStore);
  private readonly screen = inject(LeadScreen);
  private readonly suppressions = inject(LeadSuppressionScreen);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly router = inject(Router);
  private readonly reads = inject(ConversationReads);
  private readonly title = inject(PageTitle);
  private readonly injector = inject(Injector);
  protected readonly rights = inject(Rights);
  protected readonly icons = { back: ArrowLeft, more: Ellipsis, write: PenLine, delete: Trash2, erase: UserRoundX };
  protected readonly tabs = TABS;
  protected readonly mayWrite = computed(() => this.rights.can('messages:send') && this.rights.can('drafts:write'));
  protected readonly pane = signal<(typeof TABS)[number]['pane']>('talk');

  protected readonly view = toSignal(this.screen.view$, { initialValue: null });
  protected readonly suppression = toSignal(this.suppressions.suppression$, { initialValue: null });
  protected readonly talk = toSignal(this.desk.view$, { initialValue: null });
  protected readonly members = toSignal(inject(MembersStore).byUser$, { initialValue: NOBODY });
  protected readonly conversationView = viewChild(ConversationViewComponent);
  private readonly compose = useWayIn(this.id, () => {
    const talk = this.conversationView();
    return talk?.ready() && this.talk()?.leadId === this.id() ? (typed) => talk.focusComposer(typed) : null;
  });
  protected readonly partner = computed<Partner>(() => {
    const lead = this.view()?.lead;
    return { name: lead?.name ?? '', address: lead?.email, suppressed: this.suppression()?.reason ?? null };
  });
  protected readonly role = computed(() => {
    const lead = this.view()?.lead;
    return [lead?.title, lead?.company].filter((text) => text).join(' · ');
  });
  protected readonly error = computed(() => {
    const trouble = this.view()?.trouble;
    return trouble && trouble.code !== 'not_found' ? explain(trouble.cause, 'load the lead') : null;
  });
  protected readonly missing = computed(() => this.view()?.trouble?.code === 'not_found');

  constructor() {
    effect(() => {
      const id = this.id();
      untracked(() => {
        this.screen.show(id);
        this.desk.show(id);
        this.suppressions.show(id);
      });
    });
    effect(() => {
      const name = this.view()?.lead?.name;
      if (name) this.title.show(name);
    });
    const toWrite = computed(() => this.write() !== undefined && this.talk()?.state === 'ready');
    effect(() => {
      if (toWrite()) untracked(() => this.compose());
    });
    effect(() => {
      const newest = this.talk()?.messages.at(-1);
      const mine = this.rights.can('conversations:write');
      if (mine && newest?.direction === 'inbound') untracked(() => this.reads.seen(newest.conversationId, newest.id));
    });
    const writeNow = (): void => this.focusComposer();
    useShortcuts([
      { keys: 'r', label: 'Write', group: 'Conversation', when: this.mayWrite, run: writeNow },
      { keys: 'c', label: 'Write', group: 'Conversation', when: this.mayWrite, run: writeNow },
      { keys: 'mod+enter', label: 'Send what is written', group: 'Conversation', when: this.mayWrite },
    ]);
    if (this.mayWrite())
      usePaletteActions([
        { id: 'lead-write', label: 'Write to this lead', group: 'Do', icon: PenLine, keys: 'c', run: writeNow },
      ]);
  }

  protected act(act: Parameters<DeskStore['act']>[0]): void {
    this.desk.act(act);
  }

  protected focusComposer(): void {
    if (this.pane() === 'talk') return this.compose();
    this.pane.set('talk');
    afterNextRender(() => this.compose(), { injector: this.injector });
  }

  protected change(facts: LeadFacts): void {
    void this.screen.change(facts);
  }

  protected rename(name: string | null): void {
    if (name) this.change({ name });
  }

  protected earlier(cursor: string): void {
    this.screen.earlier(cursor);
  }

  protected reload(): void {
    this.screen.refresh();
  }

  protected async delete(): Promise<void> {
    const { id, lead } = this.view() ?? {};
    if (!id || !lead) return;
    try {
      await this.screen.delete();
    } catch (error) {
      this.toasts.show({ text: `Not deleted: ${asProblem(error).detail}`, tone: 'bad' });
      return;
    }
    this.toasts.show({ text: `${lead.name} deleted`, action: { label: 'Undo', run: () => void this.restore(id) } });
    await this.router.navigate(['/leads']);
  }

  /** Where such requests are made and kept: it asks again there, because it cannot be undone. */
  protected async liftSuppression(address: string): Promise<void> {
    const id = this.id();
    const asked: LiftAsked = { address, lift: (reason) => this.suppressions.lift(id, reason) };
    const lifted = await this.dialogs.open<true, LiftAsked>(LiftSuppressionDialog, {
      label: 'Send there again',
      data: asked,
      width: 480,
    });
    if (lifted) this.toasts.show({ text: `Mail may go to ${address} again` });
  }

  protected erase(): void {
    void this.router.navigate(['/settings/privacy'], { queryParams: { erase: this.id() } });
  }

  protected async restore(id: string): Promise<void> {
    try {
      await this.screen.restore(id);
      await this.router.navigate(['/leads', id]);
    } catch (error) {
      this.toasts.show({ text: `Not restored: ${asProblem(error).detail}`, tone: 'bad' });
    }
  }
}
