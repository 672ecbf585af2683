import { Component, computed, inject, input } from '@angular/core';
import { ShieldAlert, ShieldCheck } from 'lucide';
import { figureText, LOCALE } from '../../shared/format';
import { IconComponent } from '../../shared/ui';

/** What a check found, on the server or here. */
export interface Verdict {
  ok: boolean;
  entries: number;
  head: string;
  firstBroken?: number | null;
  findings: readonly { seq: number | null; what: string }[];
  /** How many there are, where not all are told. */
  found?: number;
  cannotTell: readonly string[];
  /** Checkpoints it was compared with. */
  checkpoints?: number;
}

const TOLD = 10;

/** The verdict, its reasons, and always what it does not prove. */
@Component({
  selector: 'tl-verification-result',
  imports: [IconComponent],
  template: `
    <div class="result" role="status" [class.bad]="!verdict().ok">
      <p class="line">
        <tl-icon [icon]="verdict().ok ? icons.good : icons.bad" />
        <b>{{ headline() }}</b>
      </p>
      @if (verdict().findings.length > 0) {
        <ol class="findings">
          @for (finding of told(); track $index) {
            <li>
              <b>{{ finding.seq === null ? 'Checkpoint' : 'Entry ' + finding.seq }}:</b> {{ finding.what }}
            </li>
          }
        </ol>
        @if (rest() > 0) {
          <p class="ink-2">and {{ rest() }} more.</p>
        }
      }
      @if (verdict().cannotTell.length > 0) {
        <p class="ink-2">What this check cannot tell:</p>
        <ul class="ink-2">
          @for (each of verdict().cannotTell; track each) {
            <li>{{ each }}</li>
          }
        </ul>
      }
      <p class="ink-3 hash">
        Last hash <code class="mono">{{ verdict().head }}</code>
      </p>
    </div>
  `,
  styles: `
    .result {
      display: grid;
      gap: 8px;
      padding: 12px;
      border: 1px solid var(--good);
      border-radius: var(--radius-panel);

      &.bad {
        border-color: var(--bad);
      }
    }
    .line {
      display: flex;
      align-items: flex-start;
      gap: 8px;
    }
    tl-icon {
      flex: none;
      color: var(--good);
    }
    .bad tl-icon {
      color: var(--bad);
    }
    ul,
    ol {
      display: grid;
      gap: 4px;
      margin: 0;
      padding-left: 18px;
    }
    ul {
      list-style: disc;
    }
    .hash {
      font: var(--type-meta);
      overflow-wrap: anywhere;
    }
  `,
})
export class VerificationResultComponent {
  readonly verdict = input.required<Verdict>();

  protected readonly icons = { good: ShieldCheck, bad: ShieldAlert };
  private readonly locale = inject(LOCALE);
  protected readonly told = computed(() => this.verdict().findings.slice(0, TOLD));
  protected readonly rest = computed(
    () => (this.verdict().found ?? this.verdict().findings.length) - this.told().length,
  );
  protected readonly headline = computed(() => {
    const { ok, entries, firstBroken, checkpoints = 0 } = this.verdict();
    const all = `${this.count(entries)} ${entries === 1 ? 'entry' : 'entries'}`;
    if (!ok) return firstBroken ? `Entry ${firstBroken} is not what it was.` : 'The log is not what it was.';
    if (checkpoints === 0) return `Nothing is wrong with these ${all}.`;
    const kept = checkpoints === 1 ? 'the checkpoint agrees' : `all ${checkpoints} checkpoints agree`;
    return `Nothing is wrong with these ${all}, and ${kept}.`;
  });

  private count(figure: number): string {
    return figureText(figure, 'count', this.locale);
  }
}
