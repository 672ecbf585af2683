import { CdkListbox, CdkOption, type ListboxValueChangeEvent } from '@angular/cdk/listbox';
import { CdkConnectedOverlay, CdkOverlayOrigin, type ConnectedPosition } from '@angular/cdk/overlay';
import {
  Component,
  ElementRef,
  afterRenderEffect,
  booleanAttribute,
  computed,
  input,
  model,
  signal,
  viewChild,
} from '@angular/core';
import { Check, Plus, X } from 'lucide';
import { IconComponent } from '../ui';

export interface FilterOption {
  value: string;
  label: string;
  /** How many rows it would show, where that is known. */
  count?: number;
}

const SEARCH_FROM = 9;
const BELOW: ConnectedPosition[] = [
  { originX: 'start', originY: 'bottom', overlayX: 'start', overlayY: 'top', offsetY: 4 },
  { originX: 'end', originY: 'bottom', overlayX: 'end', overlayY: 'top', offsetY: 4 },
  { originX: 'start', originY: 'top', overlayX: 'start', overlayY: 'bottom', offsetY: -4 },
];

/**
 * A filter as a chip: quiet with a plus while it filters nothing, tinted with its values when it does, and a cross that
 * takes it away. The page keeps `value` in the URL:
 * `<tl-filter-chip label="Status" multiple [options]="statuses" [value]="status()" (valueChange)="…" />`.
 * Stand several in a `<div class="…" role="group" aria-label="Filters">`.
 */
@Component({
  selector: 'tl-filter-chip',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, CdkListbox, CdkOption, IconComponent],
  templateUrl: './filter-chip.component.html',
  styleUrl: './filter-chip.component.scss',
})
export class FilterChipComponent {
  readonly label = input.required<string>();
  readonly options = input.required<readonly FilterOption[]>();
  /** The chosen values; empty filters nothing. */
  readonly value = model<readonly string[]>([]);
  readonly multiple = input(false, { transform: booleanAttribute });

  protected readonly open = signal(false);
  protected readonly query = signal('');
  protected readonly positions = BELOW;
  protected readonly icons = { plus: Plus, check: Check, clear: X };

  private readonly list = viewChild(CdkListbox);
  private readonly search = viewChild<ElementRef<HTMLInputElement>>('search');

  protected readonly searchable = computed(() => this.options().length >= SEARCH_FROM);
  protected readonly offered = computed(() => {
    const query = this.query().trim().toLocaleLowerCase();
    return query ? this.options().filter((option) => option.label.toLocaleLowerCase().includes(query)) : this.options();
  });
  protected readonly words = computed(() => {
    const chosen = this.value().map((value) => this.options().find((option) => option.value === value)?.label ?? value);
    return chosen.length > 2 ? `${chosen.length} chosen` : chosen.join(', ');
  });

  constructor() {
    afterRenderEffect(() => {
      if (!this.open()) return;
      const search = this.search();
      if (search) search.nativeElement.focus();
      else this.list()?.focus();
    });
  }

  protected toggle(): void {
    this.query.set('');
    this.open.update((open) => !open);
  }

  protected choose(event: ListboxValueChangeEvent<string>): void {
    // The list holds only what the search left over: what is chosen beyond it stays chosen.
    const offered = new Set(this.offered().map((option) => option.value));
    const kept = this.multiple() ? this.value().filter((value) => !offered.has(value)) : [];
    this.value.set([...kept, ...event.value]);
    if (!this.multiple()) this.close();
  }

  protected clear(): void {
    this.value.set([]);
    this.close();
  }

  protected close(): void {
    this.open.set(false);
  }

  protected intoList(event: Event): void {
    event.preventDefault();
    this.list()?.focus();
  }
}
