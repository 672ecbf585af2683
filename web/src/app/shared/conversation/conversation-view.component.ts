import {
  Component,
  DestroyRef,
  ElementRef,
  afterNextRender,
  afterRenderEffect,
  computed,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import type { Message } from '@threadline/contracts';
import { ArrowUp } from 'lucide';
import { dayTitle, LOCALE, TIME_ZONE, Ticker } from '../format';
import { EmptyStateComponent, SkeletonComponent } from '../page';
import { AvatarComponent, ButtonDirective, IconComponent } from '../ui';
import { ComposerComponent } from './composer.component';
import type { DeskAct, DeskView, Partner } from './desk.types';
import { MailBodyComponent } from './mail-body.component';
import { MessageCardComponent } from './message-card.component';

interface Day {
  title: string;
  messages: { message: Message; showSubject: boolean }[];
}

/** How near the end, in pixels, still counts as reading the newest. */
const NEAR_END = 120;

/** A talk with one lead: its mails by day, who else is here, and the composer at the foot. */
@Component({
  selector: 'tl-conversation-view',
  imports: [
    AvatarComponent,
    ButtonDirective,
    ComposerComponent,
    EmptyStateComponent,
    IconComponent,
    MailBodyComponent,
    MessageCardComponent,
    SkeletonComponent,
  ],
  templateUrl: './conversation-view.component.html',
  styleUrl: './conversation-view.component.scss',
})
export class ConversationViewComponent {
  readonly view = input.required<DeskView>();
  readonly partner = input.required<Partner>();
  readonly mayWrite = input(true);
  /** Whether the evidence of opens and clicks may be read. */
  readonly mayTrack = input(true);
  readonly act = output<DeskAct>();

  protected readonly older = ArrowUp;
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly list = viewChild.required<ElementRef<HTMLElement>>('list');
  private readonly composer = viewChild(ComposerComponent);
  /** The composer can be written in. */
  readonly ready = computed(() => this.composer()?.ready() ?? false);
  private readonly ticker = inject(Ticker);
  private readonly zone = inject(TIME_ZONE);
  private readonly locale = inject(LOCALE);
  private atEnd = true;
  private shownLead = '';
  private firstId: string | null = null;

  protected readonly days = computed<Day[]>(() => {
    const reader = { now: this.ticker.minute(), zone: this.zone(), locale: this.locale };
    const days: Day[] = [];
    let subject: string | null = null;
    for (const message of this.view().messages) {
      if (message.status === 'cancelled') continue;
      const title = dayTitle(message.createdAt, reader);
      const showSubject = message.subject !== null && plain(message.subject) !== subject;
      if (message.subject !== null) subject = plain(message.subject);
      const last = days.at(-1);
      if (last?.title === title) last.messages.push({ message, showSubject });
      else days.push({ title, messages: [{ message, showSubject }] });
    }
    return days;
  });
  protected readonly freshIds = computed(() => new Set(this.view().moved?.map(({ id }) => id) ?? []));
  protected readonly typists = computed(() => {
    const names = this.view().typing.map(({ name }) => name);
    if (names.length === 0) return '';
    return names.length === 1 ? `${names[0]} is writing…` : `${names.slice(0, 3).join(', ')} are writing…`;
  });

  /** The draft of somebody who writes, for who reads only. */
  protected readonly unsent = computed(() => {
    const { label, content } = this.view().draft;
    return label === 'saved' ? content : '';
  });
  protected readonly draftAuthor = computed(
    () => this.view().members.get(this.view().draft.authorId ?? '')?.name ?? '',
  );

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const box = this.scroller().nativeElement;
      const follow = (): void => {
        if (this.atEnd) box.scrollTop = box.scrollHeight;
      };
      const observer = new ResizeObserver(follow);
      observer.observe(this.list().nativeElement);
      observer.observe(box);
      destroyed.onDestroy(() => observer.disconnect());
    });
    afterRenderEffect(() => this.keepPlace(this.view()));
  }

  /** @param typed what was written before the composer was there */
  focusComposer(typed = ''): void {
    this.composer()?.focus(typed);
  }

  protected scrolled(box: HTMLElement): void {
    this.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
  }

  protected author(message: Message): string {
    if (message.direction === 'inbound') return this.partner().name;
    return this.view().members.get(message.authorId ?? '')?.name ?? 'Threadline';
  }

  protected authorKey(message: Message): string {
    return message.direction === 'inbound' ? message.leadId : (message.authorId ?? '');
  }

  /** A new conversation opens at its end; own messages are always seen; older ones push nothing away. */
  private keepPlace(view: DeskView): void {
    const box = this.scroller().nativeElement;
    const first = view.messages[0]?.id ?? null;
    if (view.leadId !== this.shownLead) {
      this.shownLead = view.leadId;
      this.atEnd = true;
    } else if (first !== this.firstId && this.firstId !== null && !this.atEnd) {
      const before = Number(box.dataset['height'] ?? box.scrollHeight);
      box.scrollTop += Math.max(0, box.scrollHeight - before);
    }
    const last = view.messages.at(-1);
    if (last && view.pending.has(last.id)) this.atEnd = true;
    if (this.atEnd) box.scrollTop = box.scrollHeight;
    this.firstId = first;
    box.dataset['height'] = String(box.scrollHeight);
  }
}

function plain(subject: string): string {
  return subject.replace(/^(re|aw|fwd?):\s*/iu, '');
}
