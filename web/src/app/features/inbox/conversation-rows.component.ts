import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Component, computed, effect, inject, input, model, output, untracked, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { Conversation, Member } from '@threadline/contracts';
import { Clock, CornerUpRight, PencilLine } from 'lucide';
import type { WalkedList } from '../../core/keys';
import { TimePipe } from '../../shared/format';
import { PriorityComponent } from '../../shared/status';
import { AvatarComponent, IconComponent, TipDirective, Viewport } from '../../shared/ui';

const ROW = 78;
const NEAR_END_ROWS = 12;

/** The conversations of a view: newest first, only those on the screen drawn, more loaded as the end comes near. */
@Component({
  selector: 'tl-conversation-rows',
  imports: [
    AvatarComponent,
    CdkFixedSizeVirtualScroll,
    CdkVirtualForOf,
    CdkVirtualScrollViewport,
    IconComponent,
    PriorityComponent,
    RouterLink,
    TimePipe,
    TipDirective,
  ],
  templateUrl: './conversation-rows.component.html',
  styleUrl: './conversation-rows.component.scss',
})
export class ConversationRowsComponent implements WalkedList {
  readonly items = input.required<readonly Conversation[]>();
  readonly view = input.required<string>();
  readonly openId = input<string | null>(null);
  readonly drafts = input.required<ReadonlySet<string>>();
  readonly members = input.required<ReadonlyMap<string, Member>>();
  readonly me = input.required<string>();
  /** There is more to load. */
  readonly more = input(false);
  /** The row that J, K and Enter are about. */
  readonly active = model<string | null>(null);
  readonly nearEnd = output();
  /** A conversation was chosen so that the focus is to go along: by key, or where the list makes way for it. */
  readonly entered = output<string>();

  protected readonly row = ROW;
  protected readonly icons = { draft: PencilLine, snoozed: Clock, ours: CornerUpRight };
  private readonly router = inject(Router);
  private readonly phone = inject(Viewport).phone;
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);
  private readonly at = computed(() => this.items().findIndex(({ id }) => id === this.active()));

  constructor() {
    effect(() => {
      const id = this.openId();
      if (id) untracked(() => this.active.set(id));
    });
  }

  move(by: number): void {
    const items = this.items();
    if (items.length === 0) return;
    const next = items[Math.min(items.length - 1, Math.max(0, this.at() < 0 ? 0 : this.at() + by))];
    if (!next) return;
    this.active.set(next.id);
    this.reveal(items.indexOf(next));
    if (this.openId()) this.show(next.id);
  }

  openActive(): void {
    const id = this.active();
    if (!id) return;
    this.show(id);
    this.entered.emit(id);
  }

  protected clicked(id: string, { detail }: MouseEvent): void {
    this.active.set(id);
    // No click of a pointer: Enter on the link.
    if (detail === 0 || this.phone()) this.entered.emit(id);
  }

  protected readonly byId = (_index: number, conversation: Conversation): string => conversation.id;

  protected scrolled(first: number): void {
    const { end } = this.viewport().getRenderedRange();
    if (this.more() && first >= 0 && end >= this.items().length - NEAR_END_ROWS) this.nearEnd.emit();
  }

  protected assignee({ assigneeId }: Conversation): Member | null {
    return assigneeId && assigneeId !== this.me() ? (this.members().get(assigneeId) ?? null) : null;
  }

  private show(id: string): void {
    void this.router.navigate(['/inbox', this.view(), id], { queryParamsHandling: 'preserve' });
  }

  private reveal(index: number): void {
    const viewport = this.viewport();
    const top = viewport.measureScrollOffset('top');
    const height = viewport.getViewportSize();
    if (index * ROW < top) viewport.scrollToOffset(index * ROW);
    else if ((index + 1) * ROW > top + height) viewport.scrollToOffset((index + 1) * ROW - height);
  }
}
