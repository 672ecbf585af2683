import { Component, computed, input, model, signal } from '@angular/core';
import type { CatalogueEntry, EventType } from '@threadline/contracts';

/** Chosen types that are named below the list. */
const MOST_NAMED = 6;

/** Which event types: everything, or some, by what they are about, with a search. */
@Component({
  selector: 'tl-event-picker',
  template: `
    <div class="head">
      <label class="all">
        <input class="tl-check" type="checkbox" [checked]="all()" (change)="everything($any($event.target).checked)" />
        <span>Everything that I may see, types to come included</span>
      </label>
    </div>
    @if (!all()) {
      <input
        #query
        class="tl-input"
        type="search"
        autocomplete="off"
        aria-label="Search event types"
        placeholder="Search {{ entries().length }} event types"
        [value]="search()"
        (input)="search.set(query.value)"
        (keydown.enter)="$event.preventDefault()"
      />
      <div class="list" tabindex="-1">
        @for (group of groups(); track group.name) {
          <div role="group" [attr.aria-label]="group.name">
            <label class="group">
              <input
                class="tl-check"
                type="checkbox"
                [checked]="group.chosen === group.entries.length"
                [indeterminate]="group.chosen > 0 && group.chosen < group.entries.length"
                (change)="toggleAll(group.entries)"
              />
              <span>{{ group.name }}</span>
            </label>
            @for (entry of group.entries; track entry.type) {
              <label class="entry">
                <input
                  class="tl-check"
                  type="checkbox"
                  [checked]="chosen().has(entry.type)"
                  (change)="toggle(entry.type)"
                />
                <span
                  ><code class="mono">{{ entry.type }}</code
                  ><span class="words ink-2">{{ entry.description }}</span></span
                >
              </label>
            }
          </div>
        } @empty {
          <p class="none ink-2">No event type matches “{{ search() }}”.</p>
        }
      </div>
      <p class="count ink-2" aria-live="polite">{{ chosenWords() }}</p>
    }
  `,
  styleUrl: './event-picker.component.scss',
})
export class EventPickerComponent {
  readonly entries = input.required<readonly CatalogueEntry[]>();
  /** Empty together with `all`: everything. */
  readonly types = model.required<readonly EventType[]>();
  readonly all = model.required<boolean>();

  protected readonly search = signal('');
  protected readonly chosen = computed(() => new Set(this.types()));
  protected readonly chosenWords = computed(() => {
    const types = this.types();
    const named = types.slice(0, MOST_NAMED).join(', ');
    if (types.length === 0) return 'None chosen';
    return types.length > MOST_NAMED ? `${named} and ${types.length - MOST_NAMED} more` : named;
  });
  protected readonly groups = computed(() => {
    const query = this.search().trim().toLowerCase();
    const found = this.entries().filter(
      ({ type, description }) => type.includes(query) || description.toLowerCase().includes(query),
    );
    const names = [...new Set(found.map(({ group }) => group))];
    return names.map((group) => {
      const entries = found.filter((entry) => entry.group === group);
      const chosen = entries.filter(({ type }) => this.chosen().has(type)).length;
      return { name: group.replaceAll('_', ' '), entries, chosen };
    });
  });

  protected everything(all: boolean): void {
    this.all.set(all);
    if (all) this.types.set([]);
  }

  protected toggle(type: EventType): void {
    this.choose((types) => (types.delete(type) ? types : types.add(type)));
  }

  protected toggleAll(entries: readonly CatalogueEntry[]): void {
    const whole = entries.every(({ type }) => this.chosen().has(type));
    this.choose((types) => {
      for (const { type } of entries) {
        if (whole) types.delete(type);
        else types.add(type);
      }
      return types;
    });
  }

  private choose(change: (types: Set<EventType>) => Set<EventType>): void {
    this.types.set([...change(new Set(this.types()))]);
  }
}
