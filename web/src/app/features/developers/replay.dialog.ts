import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import type { ReplayRange } from '@threadline/contracts';
import { explain } from '../../core/api';
import { DialogFrameComponent } from '../../shared/dialog';
import { ErrorStateComponent, type Explanation } from '../../shared/page';
import { ButtonDirective } from '../../shared/ui';

export interface ReplayRequest {
  /** The newest number of the log that is known. */
  newest: number;
  preview: (range: ReplayRange) => Promise<number>;
  replay: (range: ReplayRange) => Promise<number>;
}

/** Sends a stretch of the log again; says how many deliveries that is before it does. */
@Component({
  selector: 'tl-replay-dialog',
  imports: [ButtonDirective, DialogFrameComponent, ErrorStateComponent],
  template: `
    <tl-dialog-frame heading="Replay">
      <fieldset>
        <legend class="visually-hidden">What is delivered again</legend>
        <label>
          <input type="radio" name="what" [checked]="failed()" (change)="choose(true)" />
          <span>What did not arrive <span class="ink-2">Given up, or cancelled while it was paused</span></span>
        </label>
        <label>
          <input type="radio" name="what" [checked]="!failed()" (change)="choose(false)" />
          <span>Everything it asks for <span class="ink-2">Also what happened before it was added</span></span>
        </label>
      </fieldset>
      <div class="range">
        <label
          >After event number
          <input #after class="tl-input num" type="number" min="0" [value]="from()" (input)="set(from, after.value)" />
        </label>
        <label
          >and before <span class="ink-3">optional</span>
          <input #before class="tl-input num" type="number" min="1" [value]="to()" (input)="set(to, before.value)" />
        </label>
      </div>
      <p class="count" aria-live="polite">
        @if (count() === null) {
          <span class="ink-2">The newest event is number {{ asked.newest }}.</span>
        } @else {
          <b class="num">{{ count() }}</b> {{ count() === 1 ? 'delivery' : 'deliveries' }} would be sent.
        }
      </p>
      @if (refused(); as error) {
        <tl-error [inline]="true" [error]="error" retry="" />
      }
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        @if (count() === null) {
          <button tlButton look="primary" type="button" [busy]="busy()" (click)="preview()">Count them</button>
        } @else {
          <button tlButton look="primary" type="button" [busy]="busy()" (click)="replay()">
            Deliver {{ count() }} again
          </button>
        }
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    fieldset {
      display: grid;
      gap: 8px;
      margin: 0;
      padding: 0;
      border: 0;
    }
    fieldset label {
      display: flex;
      gap: 8px;
      align-items: flex-start;
    }
    fieldset .ink-2 {
      display: block;
      font: var(--type-meta);
    }
    .range {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 12px;
      margin: 16px 0 12px;
    }
    .range input {
      margin-top: 4px;
    }
  `,
})
export class ReplayDialog {
  protected readonly asked = inject<ReplayRequest>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<number>>(DialogRef);
  protected readonly failed = signal(true);
  protected readonly from = signal('0');
  protected readonly to = signal('');
  protected readonly count = signal<number | null>(null);
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  protected choose(failed: boolean): void {
    this.failed.set(failed);
    this.count.set(null);
  }

  protected set(of: typeof this.from, value: string): void {
    of.set(value);
    this.count.set(null);
  }

  protected preview(): Promise<void> {
    return this.ask('count the deliveries', async () => this.count.set(await this.asked.preview(this.range())));
  }

  protected replay(): Promise<void> {
    return this.ask('replay', async () => this.dialog.close(await this.asked.replay(this.range())));
  }

  private range(): ReplayRange {
    const before = this.to().trim();
    return {
      after: Math.max(0, Math.floor(Number(this.from()) || 0)),
      ...(before === '' ? {} : { before: Math.floor(Number(before)) }),
      ...(this.failed() ? { status: 'failed' as const } : {}),
    };
  }

  private async ask(doing: string, work: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      await work();
    } catch (error) {
      this.refused.set(explain(error, doing, 'Nothing was sent.'));
    } finally {
      this.busy.set(false);
    }
  }
}
