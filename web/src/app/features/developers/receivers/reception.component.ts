import { Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ReceptionDetail } from '@threadline/contracts';
import { X } from 'lucide';
import { TimeComponent } from '../../../shared/format';
import { BadgeComponent, ButtonDirective, CopyButtonComponent, IconComponent } from '../../../shared/ui';
import { readable } from '../webhook-words';

/** One request that a receiver got, as it came. */
@Component({
  selector: 'tl-reception',
  imports: [BadgeComponent, ButtonDirective, CopyButtonComponent, IconComponent, RouterLink, TimeComponent],
  template: `
    <header>
      <h2>
        {{ reception().method }}
        <tl-badge [tone]="reception().answeredStatus < 300 ? 'good' : 'bad'"
          >answered {{ reception().answeredStatus }}</tl-badge
        >
        <tl-time class="ink-3" [at]="reception().receivedAt" [withClock]="true" />
      </h2>
      <button tlButton iconOnly type="button" aria-label="Close" (click)="closed.emit()">
        <tl-icon [icon]="icons.close" />
      </button>
    </header>
    <a tlButton small look="secondary" routerLink="/developers/signature" [queryParams]="{ reception: reception().id }"
      >Check its signature</a
    >
    <section aria-label="Headers">
      <h3>Headers <tl-copy [text]="headers()" label="Copy the headers" /></h3>
      <dl>
        @for (header of reception().headers; track $index) {
          <dt>{{ header.name }}</dt>
          <dd>{{ header.value }}</dd>
        }
      </dl>
    </section>
    <section aria-label="Body">
      <h3>Body <tl-copy [text]="reception().body" label="Copy the bytes" /></h3>
      @if (reception().cut) {
        <p class="ink-2">The first 64 KiB of {{ reception().bytes }} bytes.</p>
      }
      <pre class="mono" tabindex="0">{{ body() }}</pre>
    </section>
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
      justify-items: start;
      padding: 12px 16px 24px;
    }
    header {
      display: flex;
      gap: 8px;
      align-items: center;
      justify-content: space-between;
      width: 100%;
    }
    h2 {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      align-items: center;
      font: var(--type-ui);
      font-weight: 500;
    }
    h3 {
      display: flex;
      gap: 4px;
      align-items: center;
      font: var(--type-ui);
      font-weight: 500;
    }
    section {
      width: 100%;
    }
    dl {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 2px 12px;
      margin: 4px 0 0;
      font: var(--type-code);
    }
    dt {
      color: var(--ink-3);
    }
    dd {
      margin: 0;
      overflow-wrap: anywhere;
    }
    pre {
      margin: 4px 0 0;
      padding: 8px 10px;
      border-radius: var(--radius-control);
      background: var(--surface-2);
      font: var(--type-code);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class ReceptionComponent {
  readonly reception = input.required<ReceptionDetail>();
  readonly closed = output();
  protected readonly icons = { close: X };
  protected readonly headers = computed(() =>
    this.reception()
      .headers.map(({ name, value }) => `${name}: ${value}`)
      .join('\n'),
  );
  protected readonly body = computed(() =>
    this.reception().encoding === 'utf8' ? readable(this.reception().body) : this.reception().body,
  );
}
