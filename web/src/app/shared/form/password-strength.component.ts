import { Component, computed, input, resource } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import type { FormControl } from '@angular/forms';
import { LEAKED_PASSWORD, passwordLength, passwordProblem } from '@threadline/contracts';
import { Check, TriangleAlert } from 'lucide';
import { map, startWith, switchMap } from 'rxjs';
import { IconComponent } from '../ui';

interface Verdict {
  words: string;
  tone: 'bad' | 'fair' | 'good';
  /** Of the bar, 0 to 1. */
  share: number;
}

/**
 * How good a password is while one types it: first whether it is long enough, then how hard it is to guess. It says
 * what the server will say, and stands in nobody's way. Once the server has refused one, the field says why and this is
 * silent until something else is typed.
 */
@Component({
  selector: 'tl-password-strength',
  imports: [IconComponent],
  template: `
    <div class="bar" aria-hidden="true">
      <div [style.transform]="'scaleX(' + verdict().share + ')'" [class]="verdict().tone"></div>
    </div>
    @if (verdict().words; as words) {
      <p [class]="verdict().tone">
        @if (typed()) {
          @if (verdict().tone === 'good') {
            <tl-icon [icon]="icons.good" [size]="14" />
          } @else if (verdict().tone === 'bad') {
            <tl-icon [icon]="icons.bad" [size]="14" />
          }
        }
        <span>{{ words }}</span>
      </p>
    }
    <span class="visually-hidden" role="status">{{ spoken() }}</span>
  `,
  styles: `
    :host {
      display: block;
      margin-top: 8px;
    }
    .bar {
      height: 3px;
      border-radius: 2px;
      background: var(--line);
      overflow: hidden;
    }
    .bar div {
      height: 100%;
      background: var(--line-control);
      transform: scaleX(0);
      transform-origin: left;
      transition: transform var(--quick) var(--ease);
    }
    .bar .good {
      background: var(--good);
    }
    .bar .bad {
      background: var(--bad);
    }
    p {
      display: flex;
      align-items: flex-start;
      gap: 4px;
      margin-top: 6px;
      color: var(--ink-2);
      font: var(--type-meta);
    }
    p tl-icon {
      flex: none;
      margin-top: 1px;
    }
    p.good {
      color: var(--good);
    }
    p.bad {
      color: var(--bad);
    }
  `,
})
export class PasswordStrengthComponent {
  readonly password = input.required<FormControl<string>>();
  /** The shortest there may be. */
  readonly least = input.required<number>();
  /** Names and addresses that go with the account. */
  readonly about = input<readonly string[]>([]);

  protected readonly icons = { good: Check, bad: TriangleAlert };
  private readonly state = toSignal(
    toObservable(this.password).pipe(
      switchMap((control) =>
        control.events.pipe(
          startWith(null),
          map(() => ({ text: control.value, refused: control.hasError('server') })),
        ),
      ),
    ),
    { initialValue: { text: '', refused: false } },
  );
  private readonly text = computed(() => this.state().text);
  protected readonly typed = computed(() => this.text().length > 0);
  private readonly missing = computed(() => this.least() - passwordLength(this.text()));
  private readonly strength = resource({
    params: () => (this.typed() && this.missing() <= 0 ? { password: this.text(), about: this.about() } : undefined),
    // The lists weigh as much as the rest of the page: they come when somebody has typed enough to need them.
    loader: async ({ params }) => (await import('./strength.estimator')).estimate(params.password, params.about),
  });

  protected readonly verdict = computed<Verdict>(() => {
    const [least, missing] = [this.least(), this.missing()];
    if (this.state().refused) return { words: '', tone: 'bad', share: 0.5 };
    if (!this.typed())
      return { words: `${least} characters or more. A short sentence works well.`, tone: 'fair', share: 0 };
    if (missing > 0) {
      const words = `${missing} more ${missing === 1 ? 'character' : 'characters'}`;
      return { words, tone: 'fair', share: (least - missing) / (least * 2) };
    }
    const secondFactor = least < 15;
    const problem = passwordProblem(this.text(), { secondFactor, about: this.about() });
    if (problem) return { words: problem, tone: 'bad', share: 0.5 };
    const strength = this.strength.hasValue() ? this.strength.value() : undefined;
    if (!strength) return { words: 'Long enough', tone: 'good', share: 0.6 };
    if (strength.leaked) return { words: LEAKED_PASSWORD, tone: 'bad', share: 0.5 };
    return ofGuesses(strength.guesses);
  });
  /** What a screen reader says: verdicts, not every character. */
  protected readonly spoken = computed(() => (this.missing() > 0 ? '' : this.verdict().words));
}

function ofGuesses(guesses: number): Verdict {
  if (guesses < 10)
    return {
      words: 'Taken, but easy to guess: add a word or two that do not belong together',
      tone: 'fair',
      share: 0.6,
    };
  if (guesses < 13) return { words: 'Good', tone: 'good', share: 0.8 };
  return { words: 'Strong', tone: 'good', share: 1 };
}
