import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Rights } from '../../core/session';

const PLACES = [
  { path: 'webhooks', label: 'Webhooks', permission: 'webhooks:read' },
  { path: 'event-types', label: 'Event types', permission: 'webhooks:read' },
  { path: 'receivers', label: 'Receivers', permission: 'webhooks:write' },
  { path: 'signature', label: 'Signature check', permission: 'webhooks:read' },
] as const;

/** The frame of what programs need: webhooks, what they can be told, somewhere to try them, what is wrong with a signature. */
@Component({
  selector: 'tl-developers-page',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <nav aria-label="Developers">
      @for (place of places(); track place.path) {
        <a [routerLink]="place.path" routerLinkActive="here" ariaCurrentWhenActive="page">{{ place.label }}</a>
      }
    </nav>
    <div class="page"><router-outlet /></div>
  `,
  styleUrl: './developers.page.scss',
})
export class DevelopersPage {
  private readonly rights = inject(Rights);
  protected readonly places = computed(() => PLACES.filter(({ permission }) => this.rights.can(permission)));
}
