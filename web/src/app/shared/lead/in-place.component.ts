import {
  Component,
  ElementRef,
  computed,
  effect,
  input,
  linkedSignal,
  output,
  untracked,
  viewChild,
} from '@angular/core';

/**
 * A value that is edited where it stands: it looks like text until it is pointed at; Enter or leaving keeps it, Escape
 * gives it back. What it asks to keep is shown by whoever holds the value.
 */
@Component({
  selector: 'tl-in-place',
  template: `
    <input
      #field
      [id]="fieldId"
      [type]="type()"
      [attr.aria-label]="label()"
      [attr.aria-invalid]="wrong() ? 'true' : null"
      [attr.aria-describedby]="wrong() ? fieldId + '-problem' : null"
      [placeholder]="placeholder()"
      [readOnly]="!editable()"
      [value]="typed()"
      [attr.maxlength]="longest()"
      autocomplete="off"
      (input)="typed.set(field.value)"
      (blur)="keep()"
      (keydown.enter)="field.blur()"
      (keydown.escape)="giveBack($event)"
    />
    @if (wrong(); as words) {
      <p class="problem" role="alert" [id]="fieldId + '-problem'">{{ words }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    input {
      width: calc(100% + 16px);
      height: 28px;
      margin: 0 -8px;
      padding: 0 8px;
      border: 1px solid transparent;
      border-radius: var(--radius-control);
      background: none;
      color: var(--ink-1);
      font: inherit;
      letter-spacing: inherit;
      text-overflow: ellipsis;
    }
    input::placeholder {
      color: var(--ink-3);
      opacity: 1;
    }
    input:hover:not(:read-only) {
      background: var(--hover);
    }
    input:focus:not(:read-only) {
      border-color: var(--accent);
      background: var(--surface-1);
      outline: 1px solid var(--accent);
    }
    input[aria-invalid='true'] {
      border-color: var(--bad);
    }
    .problem {
      margin-top: 2px;
      color: var(--bad);
      font: var(--type-meta);
    }
    @media (pointer: coarse) {
      input {
        height: var(--_in-place, 44px);
      }
      /* Phones enlarge a page whose field is set below 16 px. */
      input:focus {
        font-size: 1rem;
      }
    }
  `,
})
export class InPlaceComponent {
  readonly value = input.required<string | null>();
  readonly label = input.required<string>();
  readonly type = input<'text' | 'email' | 'tel'>('text');
  readonly placeholder = input('');
  readonly longest = input(200);
  readonly editable = input(true);
  /** What is wrong with what was last asked to be kept. */
  readonly problem = input('');
  /** Empty text is null. */
  readonly changed = output<string | null>();

  protected readonly fieldId = `tl-in-place-${++made}`;
  protected readonly typed = linkedSignal(() => this.value() ?? '');
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private readonly kept = computed(() => this.value() ?? '');
  /** What is wrong, as long as it stands there. */
  protected readonly wrong = computed(() => (this.typed().trim() === this.kept() ? '' : this.problem()));
  private asked = '';

  constructor() {
    // What was refused stays where it was typed, so that it can be put right.
    effect(() => {
      if (this.problem()) untracked(() => this.typed.set(this.asked));
    });
    effect(() => {
      const { nativeElement } = this.field();
      if (nativeElement.value !== this.typed()) nativeElement.value = this.typed();
    });
  }

  protected keep(): void {
    const text = this.typed().trim();
    if (text === this.kept()) return this.typed.set(this.kept());
    this.asked = text;
    this.changed.emit(text === '' ? null : text);
  }

  protected giveBack(event: Event): void {
    this.typed.set(this.kept());
    this.field().nativeElement.blur();
    event.stopPropagation();
  }
}

let made = 0;
