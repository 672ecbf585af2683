import { Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { ArrowLeft } from 'lucide';
import { filter, map } from 'rxjs';
import { SETTINGS_GROUPS, settingsPlacesOf } from '../../core/screens';
import { Session } from '../../core/session';
import { ButtonDirective, IconComponent } from '../../shared/ui';

/** The frame of the settings: the list of pages, and the one that is open. On phones one at a time. */
@Component({
  selector: 'tl-settings-page',
  imports: [ButtonDirective, IconComponent, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <nav aria-label="Settings" [class.away]="open()">
      <h1>Settings</h1>
      @for (group of groups(); track group.name) {
        <h2>{{ group.name }}</h2>
        @for (page of group.pages; track page.path) {
          <a [routerLink]="page.path" routerLinkActive="here" ariaCurrentWhenActive="page">
            <tl-icon [icon]="page.icon" />
            <span class="truncate">{{ page.label }}</span>
          </a>
        }
      }
    </nav>
    <div class="page" [class.away]="!open()">
      <a class="back" tlButton routerLink="/settings"><tl-icon [icon]="back" /> Settings</a>
      <div class="column"><router-outlet /></div>
    </div>
  `,
  styleUrl: './settings.page.scss',
})
export class SettingsPage {
  private readonly session = inject(Session);
  private readonly router = inject(Router);

  protected readonly back = ArrowLeft;
  private readonly url = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(() => this.router.url),
    ),
    { initialValue: this.router.url },
  );
  /** True when a page is open, and not only the list. */
  protected readonly open = computed(() => /^\/settings\/[^/?#]/u.test(this.url()));
  protected readonly groups = computed(() => {
    const pages = settingsPlacesOf(this.session.me());
    return SETTINGS_GROUPS.map((name) => ({ name, pages: pages.filter(({ group }) => group === name) })).filter(
      ({ pages: some }) => some.length > 0,
    );
  });
}
