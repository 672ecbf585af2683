import {
  Component,
  DestroyRef,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import {
  type AddressCheck,
  type CatalogueEntry,
  type EventType,
  FILTER_OPERATORS,
  type FilterOperator,
  type Webhook,
  WEBHOOK_KINDS,
  type WebhookKind,
} from '@threadline/contracts';
import { CircleAlert, CircleCheck, Plus, X } from 'lucide';
import { asProblem, explain, showOnForm } from '../../core/api';
import type { WebhookSettings } from '../../data/webhooks';
import { FieldComponent, InputDirective } from '../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../shared/page';
import { ButtonDirective, IconComponent } from '../../shared/ui';
import { EventPickerComponent } from './event-picker.component';
import { type ConditionRow, conditionsOf, headersOf, rowsOf, takesValue } from './webhook-form.rules';
import { OPEN_THIS_MACHINE } from './webhook-words';

const TYPING_MS = 600;
const KIND_WORDS: Record<WebhookKind, string> = {
  standard: 'The event as JSON, signed',
  slack: 'Words for a Slack channel',
  discord: 'Words for a Discord channel',
};

/** Settings of an endpoint, new or known. The address is judged while one types. */
@Component({
  selector: 'tl-webhook-form',
  imports: [
    ButtonDirective,
    ErrorStateComponent,
    EventPickerComponent,
    FieldComponent,
    IconComponent,
    InputDirective,
    ReactiveFormsModule,
  ],
  templateUrl: './webhook-form.component.html',
  styleUrl: './webhook-form.component.scss',
})
export class WebhookFormComponent {
  readonly formId = input.required<string>();
  /** Null: a new one. */
  readonly webhook = input<Webhook | null>(null);
  readonly entries = input.required<readonly CatalogueEntry[]>();
  readonly check = input.required<(url: string, call: boolean) => Promise<AddressCheck>>();
  /** Answers an address of this server to try things on. */
  readonly receiver = input<(() => Promise<string>) | null>(null);
  readonly save = output<{ settings: WebhookSettings; kind: WebhookKind }>();

  protected readonly kinds = WEBHOOK_KINDS;
  protected readonly kindWords = KIND_WORDS;
  protected readonly operators = FILTER_OPERATORS;
  protected readonly takesValue = takesValue;
  protected readonly openMachine = OPEN_THIS_MACHINE;
  protected readonly icons = { good: CircleCheck, bad: CircleAlert, add: Plus, remove: X };
  protected readonly form = inject(NonNullableFormBuilder).group({
    url: ['', [Validators.required, Validators.maxLength(2048)]],
    kind: 'standard' as WebhookKind,
    description: ['', Validators.maxLength(200)],
    headers: '',
    ordered: false,
    asymmetric: false,
  });
  protected readonly types = signal<readonly EventType[]>([]);
  protected readonly all = signal(false);
  protected readonly noneChosen = signal(false);
  protected readonly rows = signal<readonly ConditionRow[]>([]);
  protected readonly refused = signal<Explanation | null>(null);
  protected readonly verdict = signal<AddressCheck | null>(null);
  protected readonly checking = signal(false);
  /** Why nothing may be delivered there; empty when something may, or nobody has said yet. */
  protected readonly refusedAddress = computed(() => {
    const verdict = this.verdict();
    return verdict && !verdict.allowed ? (verdict.problem ?? '') : '';
  });
  protected readonly verdictWords = computed(() => {
    const verdict = this.verdict();
    if (!verdict) return '';
    if (verdict.problem) return verdict.problem;
    if (verdict.reachable) return `Reached in ${verdict.durationMs} ms; it answered ${verdict.status}.`;
    return 'Events may go there.';
  });
  private readonly address = viewChild.required<ElementRef<HTMLElement>>('address');
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = '';

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
    effect(() => {
      const webhook = this.webhook();
      untracked(() => this.show(webhook));
    });
  }

  /** What the server said to what was saved. */
  refuse(error: unknown, doing: string): void {
    const problem = asProblem(error);
    // Said in one place, whether it was found while typing or when it was saved.
    if (problem.code === 'address_not_allowed') {
      this.verdict.set({ allowed: false, reachable: null, status: null, durationMs: null, problem: problem.detail });
      return this.address().nativeElement.focus();
    }
    this.verdict.set(null);
    const left = showOnForm(this.form, problem);
    if (left !== '') this.refused.set({ ...explain(error, doing), safe: left });
  }

  protected typed(): void {
    clearTimeout(this.timer);
    this.verdict.set(null);
    this.timer = setTimeout(() => void this.judge(false), TYPING_MS);
  }

  protected async judge(call: boolean): Promise<void> {
    const url = this.form.controls.url.value.trim();
    if (!/^https?:\/\/[^/]/u.test(url)) return;
    this.asked = url;
    this.checking.set(call);
    try {
      const verdict = await this.check()(url, call);
      if (this.asked === url && this.form.controls.url.value.trim() === url) this.verdict.set(verdict);
    } catch (error) {
      this.refused.set(explain(error, 'check the address'));
    } finally {
      this.checking.set(false);
    }
  }

  protected async useReceiver(receiver: () => Promise<string>): Promise<void> {
    try {
      this.form.controls.url.setValue(await receiver());
      this.form.controls.url.markAsDirty();
      await this.judge(false);
    } catch (error) {
      this.refused.set(explain(error, 'make a receiver'));
    }
  }

  protected addRow(): void {
    this.rows.update((rows) => [...rows, { field: '', operator: '=', value: '' }]);
  }

  protected setRow(at: number, change: Partial<ConditionRow>): void {
    this.rows.update((rows) => rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  }

  protected operatorOf(text: string): FilterOperator {
    return FILTER_OPERATORS.find((operator) => operator === text) ?? '=';
  }

  protected removeRow(at: number): void {
    this.rows.update((rows) => rows.filter((_, index) => index !== at));
  }

  protected submit(): void {
    this.refused.set(null);
    this.form.markAllAsTouched();
    this.noneChosen.set(!this.all() && this.types().length === 0);
    if (this.form.invalid || this.noneChosen()) return;
    const { url, kind, description, headers, ordered, asymmetric } = this.form.getRawValue();
    const settings: WebhookSettings = {
      url: url.trim(),
      description: description.trim() || null,
      eventTypes: [...this.types()],
      filters: conditionsOf(this.rows()),
      ordered,
      asymmetric,
      ...(headers.trim() === '' && this.webhook() ? {} : { headers: headersOf(headers) }),
    };
    this.save.emit({ settings, kind });
  }

  private show(webhook: Webhook | null): void {
    if (!webhook || this.form.dirty) return;
    const { url, kind, description, ordered, asymmetric } = webhook;
    this.form.reset({ url, kind, description: description ?? '', headers: '', ordered, asymmetric });
    this.types.set(webhook.eventTypes);
    this.all.set(webhook.eventTypes.length === 0);
    this.rows.set(rowsOf(webhook.filters));
  }
}
