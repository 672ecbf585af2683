import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { developerPlacesOf } from '../../core/screens';
import { Session } from '../../core/session';

/**
 * The frame of what programs need: webhooks, what they can be told, somewhere to try them, what is wrong with a signature;
 * and how to begin with the API.
 */
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
  private readonly session = inject(Session);
  protected readonly places = computed(() => developerPlacesOf(this.session.me()));
}
