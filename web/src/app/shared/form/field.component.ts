import { Component, booleanAttribute, contentChild, effect, inject, input, linkedSignal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { type AbstractControl, FormGroupDirective } from '@angular/forms';
import { CircleAlert } from 'lucide';
import { EMPTY, type Observable, map, merge, startWith, switchMap } from 'rxjs';
import { IconComponent } from '../ui';
import { fieldError } from './field-error';
import { InputDirective } from './input.directive';
import { Pressing } from './pressing.service';

let made = 0;

/**
 * Label, control, and one line below that holds either the hint or what is wrong:
 * `<tl-field label="Email" hint="We never show it"><input tlInput formControlName="email" /></tl-field>`.
 * Errors show once the control has been left or the form sent, but never while something is pressed: they would move
 * it. That something is needed is said of what was emptied or sent, not of what was passed by. `[tlFieldEnd]` projects
 * into the end of the input (a show/hide button), `[tlFieldAside]` beside the label (a "Forgot?" link).
 */
@Component({
  selector: 'tl-field',
  imports: [IconComponent],
  template: `
    <div class="head">
      <label [attr.for]="field()?.id" [class.visually-hidden]="labelHidden()"
        >{{ label() }}
        @if (optional()) {
          <span class="optional">optional</span>
        }
      </label>
      <ng-content select="[tlFieldAside]" />
    </div>
    <div class="box">
      <ng-content />
      <div class="end"><ng-content select="[tlFieldEnd]" /></div>
    </div>
    <div class="foot" [id]="footId" [class.bad]="error()" aria-live="polite">
      @if (error(); as text) {
        <span class="said"
          ><tl-icon [icon]="alert" [size]="14" /> <span>{{ text }}</span></span
        >
      } @else if (hint()) {
        <span>{{ hint() }}</span>
      }
      <ng-content select="[tlFieldFoot]" />
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    .head {
      display: flex;
      align-items: baseline;
      justify-content: space-between;
      gap: 8px;
    }
    label {
      display: block;
      margin-bottom: 6px;
      font-weight: 500;
    }
    .optional {
      margin-left: 4px;
      color: var(--ink-3);
      font-weight: 400;
    }
    .box {
      position: relative;
    }
    .end {
      position: absolute;
      inset: 0 4px 0 auto;
      display: flex;
      align-items: center;
    }
    .end:empty {
      display: none;
    }
    .foot {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      gap: 4px;
      margin-top: 6px;
      color: var(--ink-3);
      font: var(--type-meta);
    }
    /* The words may take several lines; the icon stays beside the first. */
    .said {
      display: flex;
      gap: 4px;
      min-width: 0;
    }
    .said tl-icon {
      flex: none;
    }
    .foot.bad {
      color: var(--bad);
    }
    .foot:not(:has(*)) {
      display: none;
    }
    tl-icon {
      margin-top: 1px;
    }
  `,
})
export class FieldComponent {
  readonly label = input.required<string>();
  readonly labelHidden = input(false, { transform: booleanAttribute });
  readonly hint = input('');
  readonly optional = input(false, { transform: booleanAttribute });
  /** An error from elsewhere; otherwise the control's own is shown. */
  readonly problem = input('');

  protected readonly field = contentChild(InputDirective);
  protected readonly footId = `tl-field-foot-${++made}`;
  protected readonly alert = CircleAlert;

  private readonly form = inject(FormGroupDirective, { optional: true });
  private readonly held = inject(Pressing).held;
  private readonly own = toSignal(
    toObservable(this.field).pipe(
      switchMap((field) => {
        const control = field?.control?.control;
        if (!control) return EMPTY;
        const sent$: Observable<unknown> = this.form?.ngSubmit ?? EMPTY;
        return merge<unknown[]>(control.events, sent$).pipe(
          startWith(null),
          map(() => (this.isDue(control) ? fieldError(control.errors, this.label()) : '')),
        );
      }),
    ),
    { initialValue: '' },
  );
  protected readonly error = linkedSignal<{ text: string; held: boolean }, string>({
    source: () => ({ text: this.problem() || this.own(), held: this.held() }),
    computation: ({ text, held }, before) => (held ? (before?.value ?? '') : text),
  });

  constructor() {
    effect(() => {
      const field = this.field();
      field?.describedBy.set(this.footId);
      field?.invalid.set(this.error() !== '');
    });
  }

  private isDue(control: AbstractControl): boolean {
    const passedBy = control.hasError('required') && control.pristine && this.form?.submitted === false;
    return control.invalid && control.touched && !passedBy;
  }
}
