import { KeyValuePipe } from '@angular/common';
import { Component, computed, input } from '@angular/core';
import type { DeliveryAttempt } from '@threadline/contracts';
import { CopyButtonComponent } from '../../shared/ui';
import { differingHeaders, readable } from './webhook-words';

/** One attempt: what was sent, and what came back. */
@Component({
  selector: 'tl-attempt',
  imports: [CopyButtonComponent, KeyValuePipe],
  template: `
    @if (attempt().error; as error) {
      <p class="bad">{{ error }}</p>
    }
    <section aria-label="Answer">
      <h4>Answer{{ attempt().responseStatus === null ? '' : ', ' + attempt().responseStatus }}</h4>
      @if (attempt().responseBody) {
        <pre class="mono" tabindex="0">{{ attempt().responseBody }}</pre>
      } @else {
        <p class="ink-3">No body</p>
      }
    </section>
    <section aria-label="Request headers">
      <h4>Request headers</h4>
      @if (differing(); as names) {
        <p class="ink-2">
          Against the attempt before: the same bytes,
          {{ names.length > 0 ? 'other ' + names.join(', ') : 'the same headers' }}.
        </p>
      }
      <dl class="mono">
        @for (header of attempt().requestHeaders | keyvalue; track header.key) {
          <dt [class.other]="differing()?.includes(header.key)">{{ header.key }}</dt>
          <dd>{{ header.value }}</dd>
        }
      </dl>
    </section>
    @if (payload(); as body) {
      <section aria-label="Body">
        <h4>Body <tl-copy [text]="body" label="Copy the body" /></h4>
        <pre class="mono" tabindex="0">{{ pretty() }}</pre>
      </section>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }
    h4 {
      display: flex;
      gap: 4px;
      align-items: center;
      margin-bottom: 4px;
      color: var(--ink-3);
      font: var(--type-meta);
      font-weight: 500;
    }
    pre {
      max-height: 320px;
      margin: 0;
      padding: 8px 10px;
      border-radius: var(--radius-control);
      background: var(--surface-2);
      font: var(--type-code);
      overflow: auto;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    dl {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 2px 12px;
      margin: 0;
      font: var(--type-code);
    }
    dt {
      color: var(--ink-3);
    }
    dt.other {
      color: var(--warn);
    }
    dd {
      margin: 0;
      overflow-wrap: anywhere;
    }
    .bad {
      color: var(--bad);
    }
  `,
})
export class AttemptComponent {
  readonly attempt = input.required<DeliveryAttempt>();
  /** The attempt before this one, to compare with. */
  readonly before = input<DeliveryAttempt | null>(null);
  readonly payload = input<string | null>(null);
  protected readonly pretty = computed(() => readable(this.payload() ?? ''));
  protected readonly differing = computed(() => {
    const before = this.before();
    return before ? differingHeaders(before, this.attempt()) : null;
  });
}
