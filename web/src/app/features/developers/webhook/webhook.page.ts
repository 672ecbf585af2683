import { Component, computed, effect, inject, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import type { Webhook } from '@threadline/contracts';
import { ArrowLeft, Webhook as WebhookIcon } from 'lucide';
import { startWith } from 'rxjs';
import { explain } from '../../../core/api';
import { PageTitle } from '../../../core/browser';
import { CanDirective } from '../../../core/session';
import { WebhooksStore } from '../../../data/webhooks';
import {
  EmptyStateComponent,
  ErrorStateComponent,
  PageHeadComponent,
  SkeletonRowsComponent,
} from '../../../shared/page';
import { BadgeComponent, ButtonDirective, CopyButtonComponent, IconComponent, TipDirective } from '../../../shared/ui';
import { WebhookActs } from '../webhook-acts.service';
import { shortUrl, stateOf } from '../webhook-words';

/** One endpoint: what it is, what can be done with it, and its deliveries, charts and settings. */
@Component({
  selector: 'tl-webhook-page',
  imports: [
    BadgeComponent,
    ButtonDirective,
    CanDirective,
    CopyButtonComponent,
    EmptyStateComponent,
    ErrorStateComponent,
    IconComponent,
    PageHeadComponent,
    RouterLink,
    RouterLinkActive,
    RouterOutlet,
    SkeletonRowsComponent,
    TipDirective,
  ],
  template: `
    @if (webhook(); as webhook) {
      <tl-page-head [heading]="name()">
        <a
          tlPageHeadLead
          tlButton
          iconOnly
          routerLink="/developers/webhooks"
          aria-label="All endpoints"
          tlTip="All endpoints"
        >
          <tl-icon [icon]="icons.back" />
        </a>
        <ng-container *tlCan="'webhooks:write'">
          <button tlButton look="secondary" type="button" (click)="acts.switch(webhook)">
            {{ webhook.enabled ? 'Pause' : 'Resume' }}
          </button>
          <button tlButton look="primary" type="button" (click)="acts.test(webhook)">Send test event</button>
        </ng-container>
      </tl-page-head>
      <p class="facts ink-2">
        @if (state(); as state) {
          <tl-badge dot [tone]="state.tone" [tlTip]="state.more">{{ state.label }}</tl-badge>
        }
        <span class="url"
          ><code class="mono truncate">{{ webhook.url }}</code
          ><tl-copy [text]="webhook.url" label="Copy the address"
        /></span>
      </p>
      <nav aria-label="Endpoint">
        <a routerLink="." routerLinkActive="here" [routerLinkActiveOptions]="exact" ariaCurrentWhenActive="page"
          >Deliveries</a
        >
        <a routerLink="charts" routerLinkActive="here" ariaCurrentWhenActive="page">Charts</a>
        <a routerLink="settings" routerLinkActive="here" ariaCurrentWhenActive="page">Settings</a>
      </nav>
      <div class="under"><router-outlet /></div>
    } @else if (error()) {
      <tl-error [error]="error()!" (again)="store.refresh()" />
    } @else if (!webhooks()) {
      <tl-skeleton-rows label="Loading the endpoint" [count]="6" />
    } @else {
      <tl-empty [icon]="icons.webhook" text="This endpoint is not there, or not any more.">
        <a tlButton look="secondary" routerLink="/developers/webhooks">All endpoints</a>
      </tl-empty>
    }
  `,
  styleUrl: './webhook.page.scss',
})
export class WebhookPage {
  readonly id = input.required<string>();

  protected readonly store = inject(WebhooksStore);
  protected readonly acts = inject(WebhookActs);
  protected readonly icons = { back: ArrowLeft, webhook: WebhookIcon };
  protected readonly exact = {
    paths: 'exact',
    queryParams: 'ignored',
    fragment: 'ignored',
    matrixParams: 'ignored',
  } as const;
  protected readonly webhooks = toSignal(this.store.webhooks$.pipe(startWith(null)));
  private readonly status = toSignal(this.store.status$);
  protected readonly webhook = computed<Webhook | null>(
    () => this.webhooks()?.find(({ id }) => id === this.id()) ?? null,
  );
  protected readonly name = computed(() => {
    const webhook = this.webhook();
    return webhook ? webhook.description || shortUrl(webhook.url) : '';
  });
  protected readonly state = computed(() => {
    const webhook = this.webhook();
    return webhook && stateOf(webhook);
  });
  protected readonly error = computed(() => {
    const cause = this.webhooks() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load the endpoint') : null;
  });

  constructor() {
    const title = inject(PageTitle);
    effect(() => {
      if (this.name()) title.show(`${this.name()} · Webhooks`);
    });
  }
}
