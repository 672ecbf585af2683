import { Component, computed, input, linkedSignal, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { DeliveryDetail } from '@threadline/contracts';
import { X } from 'lucide';
import { TimeComponent } from '../../../shared/format';
import { BadgeComponent, ButtonDirective, CopyButtonComponent, IconComponent } from '../../../shared/ui';
import { AttemptComponent } from '../attempt.component';
import { outcomeOf, readable, statusOf, took } from '../webhook-words';

/** One delivery: how it stands, every attempt with request and answer, and the body, which is the same for all. */
@Component({
  selector: 'tl-delivery',
  imports: [
    AttemptComponent,
    BadgeComponent,
    ButtonDirective,
    CopyButtonComponent,
    IconComponent,
    RouterLink,
    TimeComponent,
  ],
  template: `
    <header>
      <div class="title">
        <h2 class="truncate mono">{{ delivery().eventType }}</h2>
        <tl-badge dot [tone]="status().tone">{{ status().label }}</tl-badge>
      </div>
      <button tlButton iconOnly type="button" aria-label="Close" (click)="closed.emit()">
        <tl-icon [icon]="icons.close" />
      </button>
    </header>
    <dl>
      <dt>Event</dt>
      <dd>
        <code class="mono truncate">{{ delivery().eventId }}</code><tl-copy
          [text]="delivery().eventId"
          label="Copy the event id"
        />
      </dd>
      <dt>Number</dt>
      <dd class="num">{{ delivery().eventSeq }}</dd>
      @if (delivery().nextAttemptAt; as next) {
        <dt>Next try</dt>
        <dd><tl-time [at]="next" [withClock]="true" /></dd>
      }
    </dl>
    <div class="acts">
      @if (mayRedeliver()) {
        <button tlButton small look="secondary" type="button" (click)="redeliver.emit()">Deliver again</button>
      }
      <a tlButton small routerLink="/developers/signature" [queryParams]="{ delivery: delivery().id }"
        >Check a signature</a
      >
    </div>

    <section aria-label="Attempts">
      <h3>Attempts</h3>
      <ol>
        @for (attempt of delivery().attempts; track $index) {
          <li>
            <button type="button" [attr.aria-expanded]="$index === shown()" (click)="show($index)">
              <tl-badge [tone]="attempt.error ? 'bad' : 'good'" dot>{{ outcome(attempt) }}</tl-badge>
              <span class="ink-2 num">{{ took(attempt.durationMs) }}</span>
              <tl-time class="ink-3" [at]="attempt.at" [withClock]="true" />
            </button>
            @if ($index === shown()) {
              <div class="attempt">
                <tl-attempt [attempt]="attempt" [before]="delivery().attempts[$index - 1] ?? null" />
              </div>
            }
          </li>
        } @empty {
          <li class="ink-2 none">None yet</li>
        }
      </ol>
    </section>

    <section aria-label="Body">
      <h3>
        Body
        @if (delivery().payload; as payload) {
          <tl-copy [text]="payload" label="Copy the bytes" />
        }
      </h3>
      @if (delivery().payload) {
        <p class="ink-2">Identical bytes on every attempt; shown with line breaks, copied as they were sent.</p>
        <pre class="mono" tabindex="0">{{ body() }}</pre>
      } @else {
        <p class="ink-2">Not shown: it is about something that you may not see, or it was tidied away.</p>
      }
    </section>
  `,
  styleUrl: './delivery.component.scss',
})
export class DeliveryComponent {
  readonly delivery = input.required<DeliveryDetail>();
  readonly mayRedeliver = input(false);
  readonly closed = output();
  readonly redeliver = output();

  protected readonly icons = { close: X };
  protected readonly outcome = outcomeOf;
  protected readonly took = took;
  protected readonly status = computed(() => statusOf(this.delivery()));
  protected readonly body = computed(() => readable(this.delivery().payload ?? ''));
  /** Which attempt is open: the newest, until another one is chosen. */
  protected readonly shown = linkedSignal({
    source: () => `${this.delivery().id} ${this.delivery().attempts.length}`,
    computation: () => this.delivery().attempts.length - 1,
  });

  protected show(index: number): void {
    this.shown.set(this.shown() === index ? -1 : index);
  }
}
