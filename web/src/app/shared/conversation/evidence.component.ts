import { A11yModule } from '@angular/cdk/a11y';
import { Component, computed, inject, input, output } from '@angular/core';
import type { Hit } from '@threadline/contracts';
import { X } from 'lucide';
import { LOCALE, TIME_ZONE, Ticker, span, timeOf } from '../format';
import { SkeletonRowsComponent } from '../page';
import { EngagementComponent, whyOf } from '../status';
import { ButtonDirective, IconComponent } from '../ui';
import type { Evidence } from './desk.types';

/** Every hit on a message's pixel and links: what it was judged to be, why, and by what signs. */
@Component({
  selector: 'tl-evidence',
  imports: [A11yModule, ButtonDirective, EngagementComponent, IconComponent, SkeletonRowsComponent],
  templateUrl: './evidence.component.html',
  styleUrl: './evidence.component.scss',
  host: {
    role: 'dialog',
    'aria-label': 'Evidence of opens and clicks',
    cdkTrapFocus: '',
    '(keydown.escape)': 'closed.emit()',
  },
})
export class EvidenceComponent {
  readonly evidence = input.required<Evidence | null>();
  readonly closed = output();
  readonly again = output();

  protected readonly close = X;
  private readonly ticker = inject(Ticker);
  private readonly zone = inject(TIME_ZONE);
  private readonly locale = inject(LOCALE);
  protected readonly hits = computed(() => this.evidence()?.hits ?? null);

  protected why(hit: Hit): string {
    return whyOf(hit);
  }

  protected when(hit: Hit): string {
    return timeOf(hit.at, { now: this.ticker.minute(), zone: this.zone(), locale: this.locale });
  }

  protected signs(hit: Hit): string[] {
    const { sinceHandedMs, network, addressPrefix, userAgent } = hit.evidence;
    return [
      sinceHandedMs === null ? '' : `${span(sinceHandedMs)} after the mail server took it`,
      network ? `from ${network}` : (addressPrefix ?? ''),
      userAgent ?? 'it named no program',
    ].filter((text) => text !== '');
  }
}
