import { Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { AuditEntry } from '@threadline/contracts';
import { X } from 'lucide';
import { TimePipe } from '../../shared/format';
import { BadgeComponent, ButtonDirective, CopyButtonComponent, IconComponent } from '../../shared/ui';
import {
  actionWords,
  actorWords,
  addressOf,
  diffRows,
  type Names,
  OUTCOME_WORDS,
  reasonWords,
  targetWords,
} from './audit-words';

/** One entry in full: who, from where, what it was before and after, and its link in the chain. */
@Component({
  selector: 'tl-audit-entry',
  imports: [BadgeComponent, ButtonDirective, CopyButtonComponent, IconComponent, RouterLink, TimePipe],
  templateUrl: './audit-entry.component.html',
  styleUrl: './audit-entry.component.scss',
})
export class AuditEntryComponent {
  readonly entry = input.required<AuditEntry>();
  /** Names of colleagues by their id. */
  readonly names = input<Names>(new Map());
  readonly closed = output();
  /** Something of the entry is looked for: an address, a request, a thing. */
  readonly look = output<string>();

  protected readonly close = X;
  protected readonly action = computed(() => actionWords(this.entry().action));
  protected readonly actor = computed(() => actorWords(this.entry().actor, this.names()));
  protected readonly outcome = computed(() => OUTCOME_WORDS[this.entry().outcome]);
  protected readonly targets = computed(() =>
    this.entry().targets.map((ref) => ({
      ref,
      label: this.names().get(ref.slice(ref.indexOf(':') + 1)) ?? targetWords(ref),
      address: addressOf(ref),
    })),
  );
  protected readonly changes = computed(() => diffRows(this.entry().changes, this.names()));
  /** What is new was nothing before: then that column says nothing. */
  protected readonly hadBefore = computed(() => this.changes().some(({ before }) => before !== '—'));
  protected readonly reason = computed(() => reasonWords(this.entry().reason));
}
