import { Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { AuditEntry, AuditViewFilters, Ref } from '@threadline/contracts';
import { X } from 'lucide';
import { TimePipe } from '../../shared/format';
import { BadgeComponent, ButtonDirective, CopyButtonComponent, IconComponent } from '../../shared/ui';
import {
  actionWords,
  actorWords,
  addressOf,
  diffRows,
  type Names,
  outcomeOf,
  partsOf,
  reasonWords,
  targetWords,
} from './audit-words';

/** One entry in full: who, from where, what it was before and after, what belongs to it, and its link in the chain. */
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
  /** Entries that have to do with this one are looked for. */
  readonly look = output<AuditViewFilters>();

  protected readonly close = X;
  protected readonly action = computed(() => actionWords(this.entry().action));
  protected readonly actor = computed(() => actorWords(this.entry().actor, this.names()));
  protected readonly outcome = computed(() => outcomeOf(this.entry()));
  protected readonly credential = computed(() => {
    const kind = this.entry().actor.credential?.kind;
    return kind === undefined ? '' : `by ${CREDENTIAL_WORDS[kind]}`;
  });
  protected readonly targets = computed(() =>
    this.entry().targets.map((ref) => ({ ref, label: this.labelOf(ref), address: addressOf(ref) })),
  );
  protected readonly related = computed(() => {
    const { requestId, actor, ip, targets, occurredAt } = this.entry();
    const things = targets.filter((ref) => !ref.startsWith('workspace:') && partsOf(ref).id !== actor.id);
    return [
      ...(requestId ? [{ label: 'Everything of this request', filters: { requestId } }] : []),
      ...things.slice(0, 3).map((ref) => ({
        label: `Everything about ${this.labelOf(ref)}`,
        filters: { targetType: partsOf(ref).kind, targetId: partsOf(ref).id },
      })),
      { label: `Everything ${this.actor()} did that hour`, filters: { actorId: actor.id, ...around(occurredAt) } },
      ...(ip ? [{ label: `Everything from ${ip}`, filters: { ip } }] : []),
    ] satisfies { label: string; filters: AuditViewFilters }[];
  });
  protected readonly changes = computed(() => diffRows(this.entry().changes, this.names()));
  /** What is new was nothing before: then that column says nothing. What is gone is nothing now. */
  protected readonly hadBefore = computed(() => this.changes().some(({ before }) => before !== '—'));
  protected readonly hasAfter = computed(() => this.changes().some(({ after }) => after !== '—'));
  protected readonly caption = computed(() =>
    !this.hadBefore() ? 'What is new' : this.hasAfter() ? 'What changed' : 'What it was',
  );
  protected readonly reason = computed(() => reasonWords(this.entry().reason));

  private labelOf(ref: Ref): string {
    return this.names().get(partsOf(ref).id) ?? targetWords(ref);
  }
}

const CREDENTIAL_WORDS = { session: 'session', api_key: 'API key', scim_token: 'provisioning token' } as const;
const HALF_AN_HOUR = 1_800_000;

function around(iso: string): { from: string; to: string } {
  const at = Date.parse(iso);
  return { from: new Date(at - HALF_AN_HOUR).toISOString(), to: new Date(at + HALF_AN_HOUR).toISOString() };
}
