import { Component, ElementRef, computed, inject, input, model, signal, viewChild } from '@angular/core';
import type { Member } from '@threadline/contracts';
import { Check, X } from 'lucide';
import { Pressing } from '../../../shared/form';
import { AvatarComponent, IconComponent } from '../../../shared/ui';
import { matching } from './people-picker.rules';

let made = 0;

/**
 * Several people, by typing: a combobox over a list that stays open while there is something to choose. Arrows move,
 * Enter takes or leaves, Backspace in an empty field takes the last one out.
 */
@Component({
  selector: 'tl-people-picker',
  imports: [AvatarComponent, IconComponent],
  template: `
    <label [attr.for]="name">{{ label() }}</label>
    <div class="box tl-input">
      @for (person of taken(); track person.userId) {
        <span class="chip">
          <tl-avatar [name]="person.name" [key]="person.userId" [size]="16" /> {{ person.name }}
          <button type="button" [attr.aria-label]="'Take out ' + person.name" (click)="toggle(person.userId)">
            <tl-icon [icon]="icons.out" [size]="12" />
          </button>
        </span>
      }
      <input
        #field
        type="text"
        role="combobox"
        autocomplete="off"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        [id]="name"
        [attr.aria-expanded]="open()"
        [attr.aria-controls]="name + '-list'"
        [attr.aria-activedescendant]="open() && pointed() ? name + '-' + pointed() : null"
        [placeholder]="taken().length === 0 ? 'Find people by name or e-mail' : ''"
        [value]="query()"
        (input)="ask(field.value)"
        (focus)="open.set(true)"
        (click)="open.set(true)"
        (blur)="leave()"
        (keydown)="key($event)"
      />
    </div>
    <div
      class="list"
      role="listbox"
      aria-multiselectable="true"
      [hidden]="!open()"
      [id]="name + '-list'"
      [attr.aria-label]="label()"
    >
      @for (person of offered(); track person.userId) {
        <!-- The keys are the field's, which keeps the focus. -->
        <!-- eslint-disable-next-line @angular-eslint/template/click-events-have-key-events, @angular-eslint/template/interactive-supports-focus -->
        <div
          class="option"
          role="option"
          [id]="name + '-' + person.userId"
          [attr.aria-selected]="has(person.userId)"
          [class.pointed]="pointed() === person.userId"
          (mousedown)="$event.preventDefault()"
          (click)="toggle(person.userId)"
        >
          <span class="mark">
            @if (has(person.userId)) {
              <tl-icon [icon]="icons.check" [size]="14" />
            }
          </span>
          <tl-avatar [name]="person.name" [key]="person.userId" [size]="22" />
          <span class="truncate">{{ person.name }}</span> <span class="truncate ink-3">{{ person.email }}</span>
        </div>
      } @empty {
        <p class="ink-2">Nobody here is called “{{ query() }}”.</p>
      }
    </div>
  `,
  styleUrl: './people-picker.component.scss',
})
export class PeoplePickerComponent {
  readonly label = input.required<string>();
  readonly people = input.required<readonly Member[]>();
  /** User ids. */
  readonly chosen = model<readonly string[]>([]);

  protected readonly name = `tl-people-picker-${++made}`;
  protected readonly icons = { check: Check, out: X };
  protected readonly query = signal('');
  protected readonly open = signal(false);
  private readonly at = signal(0);
  private readonly pressing = inject(Pressing);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  protected readonly taken = computed(() => this.people().filter(({ userId }) => this.chosen().includes(userId)));
  protected readonly offered = computed(() => matching(this.people(), this.query()));
  /** The person the arrows stand on. */
  protected readonly pointed = computed(() => this.offered()[this.at()]?.userId ?? null);

  protected has(userId: string): boolean {
    return this.chosen().includes(userId);
  }

  protected ask(query: string): void {
    this.query.set(query);
    this.at.set(0);
    this.open.set(true);
  }

  protected toggle(userId: string): void {
    const others = this.chosen().filter((id) => id !== userId);
    this.chosen.set(others.length === this.chosen().length ? [...others, userId] : others);
    this.query.set('');
    this.field().nativeElement.focus();
  }

  /** The list goes when the press is over that took the focus: what is pressed may stand below it. */
  protected leave(): void {
    const field = this.field().nativeElement;
    this.pressing.afterwards(() => this.open.set(field === document.activeElement));
  }

  protected key(event: KeyboardEvent): void {
    const last = this.offered().length - 1;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        const step = event.key === 'ArrowDown' ? 1 : -1;
        if (this.open()) this.at.update((at) => Math.min(Math.max(at + step, 0), last));
        this.open.set(true);
        this.bringIntoView();
        return;
      }
      case 'Enter': {
        event.preventDefault();
        const pointed = this.pointed();
        if (this.open() && pointed) this.toggle(pointed);
        return;
      }
      case 'Escape':
        if (!this.open()) return;
        event.stopPropagation();
        this.open.set(false);
        return;
      case 'Backspace': {
        const newest = this.taken().at(-1);
        if (this.query() === '' && newest) this.toggle(newest.userId);
        return;
      }
    }
  }

  private bringIntoView(): void {
    const pointed = this.pointed();
    if (pointed) document.getElementById(`${this.name}-${pointed}`)?.scrollIntoView({ block: 'nearest' });
  }
}
