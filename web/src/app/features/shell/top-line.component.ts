import { CdkMenu, CdkMenuGroup, CdkMenuItem, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, input, output } from '@angular/core';
import type { OwnWorkspace, User } from '@threadline/contracts';
import type { ConnectionStatus } from '@threadline/live';
import { Check, ChevronsUpDown, Keyboard, LogOut, Monitor, Moon, Plus, Search, Sun } from 'lucide';
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
  /** The person's workspaces; asked for when the menu opens. */
  readonly workspaces = input<readonly OwnWorkspace[]>([]);
  readonly person = input.required<User>();
  readonly status = input.required<ConnectionStatus>();
  /** Whether the person's role hears anything of what happens. */
  readonly follows = input(true);
  /** Seconds between two readings of a page that asks by itself. */
  readonly fetching = input<number | null>(null);
  readonly theme = input.required<ThemeChoice>();
  readonly askWorkspaces = output();
  readonly goTo = output<string>();
  readonly newWorkspace = output();
  readonly openSearch = output();
  readonly chooseTheme = output<ThemeChoice>();
  readonly showShortcuts = output();
  readonly signOut = output();

  protected readonly icons = {
    search: Search,
    keyboard: Keyboard,
    leave: LogOut,
    check: Check,
    switch: ChevronsUpDown,
    add: Plus,
  };
  protected readonly themes = [
    { choice: 'system', label: 'As the system', icon: Monitor },
    { choice: 'light', label: 'Light', icon: Sun },
    { choice: 'dark', label: 'Dark', icon: Moon },
  ] as const satisfies readonly { choice: ThemeChoice; label: string; icon: unknown }[];
}
