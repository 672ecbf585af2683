import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, input } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { Ellipsis } from 'lucide';
import type { Screen } from '../../core/screens';
import { IconComponent, MarkComponent, TipDirective } from '../../shared/ui';

/** A bar at the foot of a phone has room for so many names. */
const ROOM_ON_PHONES = 5;

/**
 * The screens, as icons with their names on hover and focus; on phones a bar at the foot with the names below, and what
 * has no room there in a menu.
 */
@Component({
  selector: 'tl-rail',
  imports: [
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    IconComponent,
    MarkComponent,
    NgTemplateOutlet,
    RouterLink,
    RouterLinkActive,
    TipDirective,
  ],
  template: `
    <nav aria-label="Screens">
      <a class="mark" routerLink="/" aria-label="Threadline, to the start"><tl-mark [size]="28" /></a>
      @for (screen of above(); track screen.path) {
        <ng-container [ngTemplateOutlet]="entry" [ngTemplateOutletContext]="{ $implicit: screen }" />
      }
      <span class="gap"></span>
      @for (screen of below(); track screen.path) {
        <ng-container [ngTemplateOutlet]="entry" [ngTemplateOutletContext]="{ $implicit: screen, folds: folds() }" />
      }
      @if (folds()) {
        <button class="entry more" type="button" [cdkMenuTriggerFor]="rest">
          <tl-icon [icon]="ellipsis" [size]="20" />
          <span class="name">More</span>
        </button>
      }
    </nav>
    <ng-template #rest>
      <div class="tl-menu" cdkMenu>
        @for (screen of below(); track screen.path) {
          <a class="tl-menu-item" cdkMenuItem [routerLink]="'/' + screen.path">
            <tl-icon [icon]="screen.icon" /> {{ screen.label }}
          </a>
        }
      </div>
    </ng-template>
    <ng-template #entry let-screen let-folds="folds">
      <a
        class="entry"
        [class.folded]="folds"
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
  /** The lower ones go into a menu on phones. */
  protected readonly folds = computed(() => this.screens().length > ROOM_ON_PHONES && this.below().length > 1);
  protected readonly ellipsis = Ellipsis;
}
