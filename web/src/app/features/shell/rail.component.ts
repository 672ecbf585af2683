import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import type { Screen } from '../../core/screens';
import { IconComponent, MarkComponent, TipDirective } from '../../shared/ui';

/** The screens, as icons with their names on hover and focus; on phones a bar at the foot with the names below. */
@Component({
  selector: 'tl-rail',
  imports: [IconComponent, MarkComponent, NgTemplateOutlet, RouterLink, RouterLinkActive, TipDirective],
  template: `
    <nav aria-label="Screens">
      <a class="mark" routerLink="/" aria-label="Threadline, to the start"><tl-mark [size]="28" /></a>
      @for (screen of above(); track screen.path) {
        <ng-container [ngTemplateOutlet]="entry" [ngTemplateOutletContext]="{ $implicit: screen }" />
      }
      <span class="gap"></span>
      @for (screen of below(); track screen.path) {
        <ng-container [ngTemplateOutlet]="entry" [ngTemplateOutletContext]="{ $implicit: screen }" />
      }
    </nav>
    <ng-template #entry let-screen>
      <a
        class="entry"
        [routerLink]="'/' + screen.path"
        routerLinkActive="here"
        ariaCurrentWhenActive="page"
        [attr.aria-label]="screen.label"
        [tlTip]="screen.label"
        [tlTipKeys]="screen.keys"
        tlTipSide="right"
      >
        <tl-icon [icon]="screen.icon" [size]="20" />
        <span class="name" aria-hidden="true">{{ screen.label }}</span>
      </a>
    </ng-template>
  `,
  styleUrl: './rail.component.scss',
})
export class RailComponent {
  readonly screens = input.required<readonly Screen[]>();
  protected readonly above = computed(() => this.screens().filter((screen) => !screen.below));
  protected readonly below = computed(() => this.screens().filter((screen) => screen.below));
}
