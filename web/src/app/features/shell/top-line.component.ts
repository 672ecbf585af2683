import { CdkMenu, CdkMenuGroup, CdkMenuItem, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, input, output } from '@angular/core';
import type { User } from '@threadline/contracts';
import type { ConnectionStatus } from '@threadline/live';
import { Check, Keyboard, LogOut, Monitor, Moon, Search, Sun } from 'lucide';
import type { ThemeChoice } from '../../core/browser';
import { AvatarComponent, BadgeComponent, IconComponent, KbdComponent, TipDirective } from '../../shared/ui';
import { FreshnessComponent } from './freshness.component';

/** Workspace, search and commands, freshness, and the person with their menu. */
@Component({
  selector: 'tl-top-line',
  imports: [
    AvatarComponent,
    BadgeComponent,
    CdkMenu,
    CdkMenuGroup,
    CdkMenuItem,
    CdkMenuItemRadio,
    CdkMenuTrigger,
    FreshnessComponent,
    IconComponent,
    KbdComponent,
    TipDirective,
  ],
  templateUrl: './top-line.component.html',
  styleUrl: './top-line.component.scss',
  host: { role: 'banner' },
})
export class TopLineComponent {
  readonly workspace = input.required<string>();
  readonly demo = input(false);
  readonly person = input.required<User>();
  readonly status = input.required<ConnectionStatus>();
  readonly theme = input.required<ThemeChoice>();
  readonly openSearch = output();
  readonly chooseTheme = output<ThemeChoice>();
  readonly showShortcuts = output();
  readonly signOut = output();

  protected readonly icons = { search: Search, keyboard: Keyboard, leave: LogOut, check: Check };
  protected readonly themes = [
    { choice: 'system', label: 'As the system', icon: Monitor },
    { choice: 'light', label: 'Light', icon: Sun },
    { choice: 'dark', label: 'Dark', icon: Moon },
  ] as const satisfies readonly { choice: ThemeChoice; label: string; icon: unknown }[];
}
