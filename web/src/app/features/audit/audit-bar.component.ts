import { Component, ElementRef, computed, input, output, viewChild } from '@angular/core';
import { AUDIT_OUTCOMES, type AuditViewFilters } from '@threadline/contracts';
import { Pause, Play, Search, SlidersHorizontal } from 'lucide';
import { FilterChipComponent, type FilterOption } from '../../shared/filter';
import { ButtonDirective, IconComponent, TipDirective } from '../../shared/ui';
import { hidesDrafts, isFiltered } from './audit-filters';
import { AUDIT_NOUNS, OUTCOME_WORDS, periodWords, targetWords } from './audit-words';

const SEARCH_PAUSE_MS = 300;

/** What is looked for in the audit log: the field, the chips, whether drafts are shown, and whether the list follows. */
@Component({
  selector: 'tl-audit-bar',
  imports: [ButtonDirective, FilterChipComponent, IconComponent, TipDirective],
  templateUrl: './audit-bar.component.html',
  styleUrl: './audit-bar.component.scss',
})
export class AuditBarComponent {
  readonly filters = input.required<AuditViewFilters>();
  /** Colleagues, for "Who". */
  readonly people = input.required<readonly FilterOption[]>();
  readonly following = input(true);
  /** Entries that came while the list stood still. */
  readonly waiting = input(0);
  /** More than that came. */
  readonly andMore = input(false);
  /** Filters to go by from now on; undefined takes one out. */
  readonly ask = output<Partial<AuditViewFilters>>();
  /** The same from typing, which leaves no step in the history. */
  readonly searched = output<string>();
  readonly clear = output();
  readonly more = output();
  readonly follow = output();

  protected readonly icons = { search: Search, pause: Pause, play: Play, more: SlidersHorizontal };
  protected readonly outcomes = AUDIT_OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] }));
  protected readonly nouns = AUDIT_NOUNS;
  protected readonly filtered = computed(() => isFiltered(this.filters()));
  protected readonly draftsHidden = computed(() => hidesDrafts(this.filters()));
  /** Asking for drafts, or for a whole request, shows them anyhow. */
  protected readonly draftsChosen = computed(() => hidesDrafts({ ...this.filters(), drafts: undefined }));
  protected readonly periods = computed(() => {
    const { days, from, to } = this.filters();
    const chosen = from || to ? [{ value: 'exact', label: periodWords(from, to) }] : [];
    const other = days && ![1, 7, 30].includes(days) ? [{ value: `${days}`, label: `Last ${days} days` }] : [];
    return [...PERIODS, ...other, ...chosen];
  });
  protected readonly period = computed(() => {
    const { days, from, to } = this.filters();
    return days ? [`${days}`] : from || to ? ['exact'] : [];
  });
  protected readonly thing = computed(() => {
    const { targetType, targetId } = this.filters();
    if (!targetType && !targetId) return null;
    if (!targetId) return `any ${targetType?.replaceAll('_', ' ')}`;
    return targetType ? targetWords(`${targetType}:${targetId}`) : targetId.slice(-6);
  });
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private pause: ReturnType<typeof setTimeout> | undefined;

  focus(): void {
    this.field().nativeElement.focus();
  }

  protected typed(text: string): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.searched.emit(text.trim()), SEARCH_PAUSE_MS);
  }

  protected only(value: string): FilterOption[] {
    return [{ value, label: value }];
  }

  protected chose(value: readonly string[]): string | undefined {
    return value[0];
  }

  protected when(value: string | undefined): void {
    if (value === 'exact') return;
    this.ask.emit({ days: value ? Number(value) : undefined, from: undefined, to: undefined });
  }
}

const PERIODS: FilterOption[] = [
  { value: '1', label: 'Last 24 hours' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
];
