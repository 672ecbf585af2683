import { Component, computed, input, linkedSignal, output } from '@angular/core';
import type { CheckpointDelivery, Member } from '@threadline/contracts';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { TimeComponent } from '../../../shared/format';
import { ButtonDirective } from '../../../shared/ui';
import { PeoplePickerComponent } from '../teams/people-picker.component';

/** Who is mailed checkpoints, and how often. */
@Component({
  selector: 'tl-checkpoint-mail',
  imports: [ButtonDirective, FieldComponent, InputDirective, PeoplePickerComponent, TimeComponent],
  template: `
    <p class="ink-2">
      A checkpoint proves later that nothing before it was touched, if it is kept where the owner of the database cannot
      reach it. Streams carry them too.
    </p>
    @if (mayWrite()) {
      <div class="fields">
        <tl-people-picker label="Mail them to" [people]="members()" [(chosen)]="chosen" />
        <tl-field label="At most once" hint="When something happened.">
          <select tlInput #often [value]="every()" (change)="every.set(often.value === 'hour' ? 'hour' : 'day')">
            <option value="day">a day</option>
            <option value="hour">an hour</option>
          </select>
        </tl-field>
      </div>
      <div class="acts">
        @if (changed()) {
          <button tlButton look="primary" type="button" [busy]="busy() === 'delivery'" (click)="save()">Save</button>
        }
        <button tlButton look="secondary" type="button" [busy]="busy() === 'checkpoint'" (click)="sent.emit()">
          Send one now
        </button>
      </div>
    } @else {
      <p>{{ told() }}</p>
    }
    @if (delivery().mailedAt; as at) {
      <p class="meta ink-2">Last mailed <tl-time [at]="at" />.</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
      max-width: 560px;
    }
    .fields {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 160px;
      gap: 12px;
    }
    .acts {
      display: flex;
      gap: 8px;
    }
    .meta {
      font: var(--type-meta);
    }
    @media (max-width: 720px) {
      .fields {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
})
export class CheckpointMailComponent {
  readonly delivery = input.required<CheckpointDelivery>();
  readonly members = input.required<readonly Member[]>();
  readonly mayWrite = input.required<boolean>();
  readonly busy = input<string | null>(null);
  readonly saved = output<{ recipientIds: string[]; every: 'hour' | 'day' }>();
  readonly sent = output();

  /** As the server has it, as one word: the list is read every few seconds, and what is being chosen stays. */
  private readonly kept = computed(() => JSON.stringify([this.delivery().recipientIds, this.delivery().every]));
  protected readonly chosen = linkedSignal<string, readonly string[]>({
    source: this.kept,
    computation: (kept) => (JSON.parse(kept) as [string[], string])[0],
  });
  protected readonly every = linkedSignal<string, 'hour' | 'day'>({
    source: this.kept,
    computation: (kept) => ((JSON.parse(kept) as [string[], string])[1] === 'hour' ? 'hour' : 'day'),
  });
  protected readonly changed = computed(() => JSON.stringify([this.chosen(), this.every()]) !== this.kept());
  protected readonly told = computed(() => {
    const { recipientIds, every } = this.delivery();
    const { length } = recipientIds;
    if (length === 0) return 'Nobody is mailed checkpoints.';
    return `${length} ${length === 1 ? 'person is' : 'people are'} mailed one ${every === 'day' ? 'a day' : 'an hour'} at most.`;
  });

  protected save(): void {
    this.saved.emit({ recipientIds: [...this.chosen()], every: this.every() });
  }
}
