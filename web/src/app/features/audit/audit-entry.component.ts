import { Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { AuditEntry } from '@threadline/contracts';
import { X } from 'lucide';
import { TimePipe } from '../../shared/format';
import { BadgeComponent, ButtonDirective, CopyButtonComponent, IconComponent } from '../../shared/ui';
import { actionWords, actorWords, addressOf, OUTCOME_WORDS, targetWords, valueWords } from './audit-words';

/** One entry in full: who, from where, what it was before and after, and its link in the chain. */
@Component({
  selector: 'tl-audit-entry',
  imports: [BadgeComponent, ButtonDirective, CopyButtonComponent, IconComponent, RouterLink, TimePipe],
  templateUrl: './audit-entry.component.html',
  styleUrl: './audit-entry.component.scss',
})
export class AuditEntryComponent {
  readonly entry = input.required<AuditEntry>();
  readonly closed = output();
  /** Something of the entry is looked for: an address, a request, a thing. */
  readonly look = output<string>();

  protected readonly close = X;
  protected readonly action = computed(() => actionWords(this.entry().action));
  protected readonly actor = computed(() => actorWords(this.entry().actor));
  protected readonly outcome = computed(() => OUTCOME_WORDS[this.entry().outcome]);
  protected readonly targets = computed(() =>
    this.entry().targets.map((ref) => ({ ref, label: targetWords(ref), address: addressOf(ref) })),
  );
  protected readonly value = valueWords;
}
