import { Component, computed, input, output, signal } from '@angular/core';
import type { Lead } from '@threadline/contracts';
import { X } from 'lucide';
import { InputDirective } from '../../shared/form';
import { ButtonDirective, IconComponent } from '../../shared/ui';

/** Finds a lead by what is typed, and shows the one that was chosen. Who uses it searches. */
@Component({
  selector: 'tl-lead-picker',
  imports: [ButtonDirective, IconComponent, InputDirective],
  template: `
    @if (chosen(); as lead) {
      <div class="chosen">
        <strong class="truncate">{{ lead.name }}</strong>
        <span class="ink-2 truncate">{{ lead.email ?? lead.company ?? '' }}</span>
        <button tlButton iconOnly small type="button" aria-label="Choose another lead" (click)="choose(null)">
          <tl-icon [icon]="cross" />
        </button>
      </div>
    } @else {
      <input
        tlInput
        type="search"
        autocomplete="off"
        role="combobox"
        aria-autocomplete="list"
        aria-controls="tl-lead-found"
        [attr.aria-label]="label()"
        [attr.aria-expanded]="found().length > 0"
        [attr.aria-activedescendant]="found().length > 0 ? 'tl-lead-' + at() : null"
        placeholder="Name, e-mail address, company or phone"
        (input)="type($event)"
        (keydown.arrowdown)="move($event, 1)"
        (keydown.arrowup)="move($event, -1)"
        (keydown.enter)="take($event)"
      />
      <ul id="tl-lead-found" role="listbox" aria-label="Leads" [hidden]="found().length === 0">
        @for (lead of found(); track lead.id; let index = $index) {
          <li
            role="option"
            tabindex="-1"
            [id]="'tl-lead-' + index"
            [attr.aria-selected]="index === at()"
            (click)="choose(lead)"
            (keydown.enter)="choose(lead)"
          >
            <span class="truncate">{{ lead.name }}</span>
            <span class="ink-2 truncate">{{ lead.email ?? lead.company ?? '' }}</span>
          </li>
        }
      </ul>
      @if (none()) {
        <p class="ink-2" role="status">No lead is found by that.</p>
      }
    }
  `,
  styles: `
    :host {
      display: block;
    }
    input {
      width: 100%;
    }
    ul {
      margin-top: 4px;
      border: 1px solid var(--line);
      border-radius: 8px;
    }
    li {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 12px;
      padding: 8px 12px;
      cursor: pointer;
    }
    li[aria-selected='true'],
    li:hover {
      background: var(--hover);
    }
    p {
      margin-top: 8px;
      font: var(--type-meta);
    }
    .chosen {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      gap: 8px;
      align-items: center;
      padding: 6px 6px 6px 12px;
      border: 1px solid var(--line);
      border-radius: 8px;
    }
  `,
})
export class LeadPickerComponent {
  readonly label = input('Lead');
  /** Leads that were found for what was typed last. */
  readonly found = input.required<readonly Lead[]>();
  readonly chosen = input<Lead | null>(null);
  readonly typed = output<string>();
  readonly chose = output<Lead | null>();

  protected readonly cross = X;
  private readonly words = signal('');
  private readonly row = signal(0);
  protected readonly at = computed(() => Math.min(this.row(), Math.max(0, this.found().length - 1)));
  /** Something was typed and answered, and nothing came of it. */
  readonly answered = input(false);
  protected readonly none = computed(() => this.answered() && this.words() !== '' && this.found().length === 0);

  protected type(event: Event): void {
    const words = (event.target as HTMLInputElement).value.trim();
    this.words.set(words);
    this.row.set(0);
    this.typed.emit(words);
  }

  protected move(event: Event, by: 1 | -1): void {
    event.preventDefault();
    this.row.set(Math.max(0, Math.min(this.found().length - 1, this.at() + by)));
  }

  protected take(event: Event): void {
    event.preventDefault();
    const lead = this.found()[this.at()];
    if (lead) this.choose(lead);
  }

  protected choose(lead: Lead | null): void {
    this.words.set('');
    this.chose.emit(lead);
  }
}
