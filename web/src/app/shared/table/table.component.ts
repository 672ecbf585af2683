import {
  CdkFixedSizeVirtualScroll,
  CdkVirtualForOf,
  CdkVirtualScrollableElement,
  CdkVirtualScrollViewport,
} from '@angular/cdk/scrolling';
import { NgTemplateOutlet } from '@angular/common';
import {
  Component,
  ElementRef,
  booleanAttribute,
  computed,
  contentChild,
  contentChildren,
  effect,
  inject,
  input,
  model,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { ArrowDown, ArrowUp } from 'lucide';
import { IconComponent, Viewport } from '../ui';
import { SkeletonComponent } from '../page';
import { CellDirective, RowActionsDirective, RowCardDirective } from './cell.directive';
import {
  idsBetween,
  leastWidth,
  nextSort,
  tracks,
  type RowOpening,
  type TableColumn,
  type TableDensity,
} from './table.types';

const NEAR_END_ROWS = 24;
const CARD_HEIGHT = 64;
const HEAD_HEIGHT = 32;

let made = 0;

/**
 * The table under every list of rows: sticky head, virtual rows of one height, keyset scrolling (`nearEnd`), sorting by
 * head, selection with ranges, skeletons, and a keyboard of its own (J/K or arrows, Enter, X or Space, Shift, Home/End,
 * Esc). It fills the height it is given. What it shows when there are no rows is projected: `<tl-empty>`.
 *
 * `<tl-table label="Leads" [columns]="columns" [rows]="rows()" [rowId]="idOf" [loading]="…" (open)="…" (nearEnd)="…">`
 */
@Component({
  selector: 'tl-table',
  imports: [
    CdkFixedSizeVirtualScroll,
    CdkVirtualForOf,
    CdkVirtualScrollableElement,
    CdkVirtualScrollViewport,
    IconComponent,
    NgTemplateOutlet,
    SkeletonComponent,
  ],
  templateUrl: './table.component.html',
  styleUrl: './table.component.scss',
  host: { '[style.--_row.px]': 'rowHeight()', '[style.--_head.px]': 'headHeight()' },
})
export class TableComponent<T> {
  readonly label = input.required<string>();
  readonly columns = input.required<readonly TableColumn<T>[]>();
  readonly rows = input.required<readonly T[]>();
  readonly rowId = input.required<(row: T) => string>();
  /** Names a row for its check box. */
  readonly rowLabel = input<(row: T) => string>((row) => this.rowId()(row));
  /** First load: nothing but skeletons. */
  readonly loading = input(false, { transform: booleanAttribute });
  /** More is on its way: skeletons after the last row. */
  readonly loadingMore = input(false, { transform: booleanAttribute });
  readonly density = input<TableDensity>('normal');
  readonly selectable = input(false, { transform: booleanAttribute });
  /** As the API takes it: `name`, `-createdAt`, empty. */
  readonly sort = model('');
  readonly selection = model<ReadonlySet<string>>(new Set());
  /** The row the keyboard stands on. */
  readonly active = model<string | null>(null);
  readonly open = output<RowOpening<T>>();
  readonly nearEnd = output();

  protected readonly name = `tl-table-${++made}`;
  protected readonly icons = { up: ArrowUp, down: ArrowDown };
  protected readonly ghosts = Array.from({ length: 14 }, (_, at) => at);
  protected readonly cells = contentChildren(CellDirective);
  protected readonly actions = contentChild(RowActionsDirective);
  protected readonly card = contentChild(RowCardDirective);
  private readonly viewport = viewChild(CdkVirtualScrollViewport);
  private readonly grid = viewChild.required<ElementRef<HTMLElement>>('grid');
  private readonly glass = inject(Viewport);
  /** The row under the pointer: only it and the active one carry their actions. */
  protected readonly pointed = signal<string | null>(null);
  private anchor: string | null = null;

  protected readonly asCards = computed(() => this.glass.phone() && this.card() !== undefined);
  protected readonly shown = computed(() =>
    this.columns().filter((column) => !(this.glass.phone() && column.desk === true)),
  );
  protected readonly rowHeight = computed(() => {
    if (this.asCards()) return CARD_HEIGHT;
    if (this.glass.touch()) return 44;
    return this.density() === 'dense' ? 30 : 36;
  });
  protected readonly headHeight = computed(() => (this.asCards() ? 0 : HEAD_HEIGHT));
  protected readonly template = computed(() => tracks(this.shown(), this.selectable()));
  protected readonly least = computed(() => (this.asCards() ? 0 : leastWidth(this.shown(), this.selectable())));
  protected readonly ids = computed(() => this.rows().map(this.rowId()));
  protected readonly allSelected = computed(
    () => this.ids().length > 0 && this.ids().every((id) => this.selection().has(id)),
  );
  private readonly templates = computed(() => new Map(this.cells().map((cell) => [cell.tlCell(), cell.template])));

  constructor() {
    // A page that does not fill the screen scrolls nowhere: ask for the next one right away.
    effect(() => {
      const few = this.rows().length;
      const busy = this.loading() || this.loadingMore();
      if (few > 0 && !busy) untracked(() => this.scrolled(this.viewport()?.getRenderedRange().start ?? 0));
    });
  }

  /** Moves the active row, for shortcuts of the page. */
  move(by: number): void {
    const ids = this.ids();
    if (ids.length === 0) return;
    const at = this.active() === null ? -1 : ids.indexOf(this.active() ?? '');
    const next = Math.max(0, Math.min(ids.length - 1, at < 0 ? (by > 0 ? 0 : ids.length - 1) : at + by));
    this.active.set(ids[next] ?? null);
    this.reveal(next);
  }

  /** Opens the active row. */
  openActive(newTab = false): void {
    const row = this.rows()[this.ids().indexOf(this.active() ?? '')];
    if (row !== undefined) this.open.emit({ row, newTab });
  }

  /** Selects or deselects the active row. */
  toggleActive(): void {
    const id = this.active();
    if (id !== null && this.selectable()) this.toggle(id, false);
  }

  clearSelection(): void {
    this.selection.set(new Set());
  }

  protected cellTemplate(id: string): CellDirective['template'] | null {
    return this.templates().get(id) ?? null;
  }

  protected ariaSort(column: TableColumn<T>): 'ascending' | 'descending' | 'none' | null {
    if (!column.sort) return null;
    if (this.sort() === column.sort) return 'ascending';
    return this.sort() === `-${column.sort}` ? 'descending' : 'none';
  }

  protected sortBy(field: string): void {
    this.sort.set(nextSort(this.sort(), field));
  }

  protected toggle(id: string, range: boolean): void {
    const next = new Set(this.selection());
    const on = !next.has(id);
    const ids = range && this.anchor !== null ? idsBetween(this.ids(), this.anchor, id) : [id];
    for (const each of ids) {
      if (on) next.add(each);
      else next.delete(each);
    }
    this.anchor = id;
    this.selection.set(next);
  }

  protected toggleAll(): void {
    this.selection.set(this.allSelected() ? new Set() : new Set(this.ids()));
  }

  protected press(event: MouseEvent, row: T, id: string): void {
    const selects = event.shiftKey && this.selectable();
    const own = event.target instanceof Element && event.target.closest('a, button, input, label, [data-own-click]');
    // A link goes its own way, unless the press is one that selects anywhere in the row.
    if (own && !(selects && own instanceof HTMLAnchorElement)) return;
    if (selects) event.preventDefault();
    // Someone who marks text in a row does not want to leave it.
    if (String(document.getSelection() ?? '').length > 0) return;
    this.active.set(id);
    if (selects) this.toggle(id, true);
    else this.open.emit({ row, newTab: event.ctrlKey || event.metaKey || event.button === 1 });
  }

  protected key(event: KeyboardEvent): void {
    if (event.target !== this.grid().nativeElement || event.altKey) return;
    const page = Math.max(1, Math.floor(this.grid().nativeElement.clientHeight / this.rowHeight()) - 2);
    const mod = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case 'ArrowDown':
      case 'j':
        this.step(1, event.shiftKey);
        break;
      case 'ArrowUp':
      case 'k':
        this.step(-1, event.shiftKey);
        break;
      case 'PageDown':
        this.move(page);
        break;
      case 'PageUp':
        this.move(-page);
        break;
      case 'Home':
        this.move(-this.ids().length);
        break;
      case 'End':
        this.move(this.ids().length);
        break;
      case 'Enter':
        this.openActive(mod);
        break;
      case 'x':
      case ' ':
        this.toggleActive();
        break;
      case 'Escape':
        if (this.selection().size === 0) return;
        this.clearSelection();
        break;
      case 'a':
        if (!mod || !this.selectable()) return;
        this.selection.set(new Set(this.ids()));
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  protected scrolled(first: number): void {
    const visible = Math.ceil((this.viewport()?.getViewportSize() ?? 0) / this.rowHeight());
    if (this.loading() || this.loadingMore() || this.rows().length === 0) return;
    if (first + visible >= this.rows().length - NEAR_END_ROWS) this.nearEnd.emit();
  }

  protected readonly trackRow = (_: number, row: T): string => this.rowId()(row);

  private step(by: 1 | -1, extend: boolean): void {
    const from = this.active();
    this.move(by);
    const to = this.active();
    if (!extend || !this.selectable() || from === null || to === null) return;
    this.selection.set(new Set([...this.selection(), from, to]));
    this.anchor = to;
  }

  private reveal(index: number): void {
    const scroller = this.grid().nativeElement;
    const top = index * this.rowHeight();
    const bottom = top + this.rowHeight();
    const room = scroller.clientHeight - this.headHeight();
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (bottom > scroller.scrollTop + room) scroller.scrollTop = bottom - room;
  }
}
