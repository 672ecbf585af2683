import { CdkMenu, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, input, linkedSignal, output, signal } from '@angular/core';
import { LEAD_STATUSES, type Lead, type Member } from '@threadline/contracts';
import { Check, ChevronDown, X } from 'lucide';
import { TimeComponent } from '../format';
import { LEAD_STATUS_WORDS, LeadStatusComponent } from '../status';
import { AvatarComponent, IconComponent } from '../ui';
import { InPlaceComponent } from './in-place.component';
import { phoneProblem } from './phone.rules';

/** What a person may change of a lead. */
export type LeadFacts = Partial<
  Pick<Lead, 'name' | 'email' | 'phone' | 'company' | 'title' | 'status' | 'tags' | 'ownerId'>
>;

type TextFact = 'email' | 'phone' | 'company' | 'title';

/** What is known about a lead, edited where it stands. */
@Component({
  selector: 'tl-lead-facts',
  imports: [
    AvatarComponent,
    CdkMenu,
    CdkMenuItemRadio,
    CdkMenuTrigger,
    IconComponent,
    InPlaceComponent,
    LeadStatusComponent,
    TimeComponent,
  ],
  templateUrl: './lead-facts.component.html',
  styleUrl: './lead-facts.component.scss',
})
export class LeadFactsComponent {
  readonly lead = input.required<Lead>();
  readonly members = input.required<ReadonlyMap<string, Member>>();
  readonly editable = input(true);
  /** What is wrong with a field, by its name. */
  readonly problems = input<Readonly<Record<string, string>>>({});
  readonly changed = output<LeadFacts>();

  protected readonly icons = { down: ChevronDown, check: Check, remove: X };
  protected readonly statuses = LEAD_STATUSES;
  protected readonly words = LEAD_STATUS_WORDS;
  protected readonly fields: readonly {
    name: TextFact;
    label: string;
    type: 'text' | 'email' | 'tel';
    longest: number;
  }[] = [
    { name: 'email', label: 'E-mail', type: 'email', longest: 320 },
    { name: 'phone', label: 'Phone', type: 'tel', longest: 50 },
    { name: 'company', label: 'Company', type: 'text', longest: 200 },
    { name: 'title', label: 'Title', type: 'text', longest: 200 },
  ];
  private readonly phoneProblem = linkedSignal<string, string | null>({
    source: () => this.lead().id,
    computation: () => null,
  });
  protected readonly tag = signal('');
  protected readonly owner = computed(() => this.members().get(this.lead().ownerId ?? '') ?? null);
  protected readonly people = computed(() => [...this.members().values()]);

  protected problem(name: TextFact): string {
    return (name === 'phone' ? this.phoneProblem() : null) ?? this.problems()[name] ?? '';
  }

  protected change(name: TextFact, value: string | null): void {
    const problem = name === 'phone' ? phoneProblem(value ?? '') : null;
    if (name === 'phone') this.phoneProblem.set(problem);
    if (problem === null) this.changed.emit({ [name]: value });
  }

  protected addTag(event: Event): void {
    event.preventDefault();
    const tag = this.tag().trim();
    this.tag.set('');
    if (tag === '' || this.lead().tags.some((each) => each.toLowerCase() === tag.toLowerCase())) return;
    this.changed.emit({ tags: [...this.lead().tags, tag] });
  }

  protected removeTag(tag: string): void {
    this.changed.emit({ tags: this.lead().tags.filter((each) => each !== tag) });
  }
}
