import { Component, DestroyRef, computed, inject } from '@angular/core';
import { Router, RouterOutlet } from '@angular/router';
import { asProblem } from '../../core/api';
import { Theme, type ThemeChoice } from '../../core/browser';
import { ShortcutsSheet, useShortcuts } from '../../core/keys';
import { Live } from '../../core/live';
import { Palette, usePaletteActions } from '../../core/palette';
import { Preferences } from '../../core/preferences';
import { developerPlacesOf, screensOf, settingsPlacesOf } from '../../core/screens';
import { Rights, Session } from '../../core/session';
import { Drafts } from '../../data/drafts';
import { SearchApi } from '../../data/search';
import { Toasts } from '../../shared/toast';
import { OutgoingDecision } from './outgoing-decision.service';
import { OutgoingNoticeComponent } from './outgoing-notice.component';
import { RailComponent } from './rail.component';
import {
  placePaletteItems,
  shellPaletteItems,
  shellProviders,
  shellShortcuts,
  type ShellActions,
} from './shell.commands';
import { TopLineComponent } from './top-line.component';
import { OwnWorkspaces } from './workspaces.service';

/** The frame around every screen: rail, top line, and on phones a bar at the foot. */
@Component({
  selector: 'tl-shell-page',
  imports: [OutgoingNoticeComponent, RouterOutlet, RailComponent, TopLineComponent],
  template: `
    <a class="skip" href="#tl-main" (click)="skip($event, main)">Skip to the content</a>
    @if (me(); as me) {
      <tl-rail [screens]="screens()" />
      <tl-top-line
        [workspace]="me.workspace.name"
        [demo]="me.workspace.demo"
        [workspaces]="workspaces.all()"
        [person]="me.user"
        [status]="live.status()"
        [follows]="live.follows()"
        [fetching]="live.fetching()"
        [theme]="theme.choice()"
        (askWorkspaces)="workspaces.load()"
        (goTo)="workspaces.goTo($event)"
        (newWorkspace)="workspaces.create()"
        (openSearch)="actions.search()"
        (chooseTheme)="chooseTheme($event)"
        (showShortcuts)="actions.showShortcuts()"
        (signOut)="signOut()"
      />
    }
    <main id="tl-main" tabindex="-1" #main>
      @if (me()) {
        @if (outgoing.paused(); as pause) {
          <tl-outgoing-notice
            [pause]="pause"
            [mayDecide]="outgoing.mayDecide"
            [busy]="outgoing.busy()"
            (resumed)="outgoing.resume($event)"
          />
        }
        <router-outlet />
      }
    </main>
  `,
  styleUrl: './shell.page.scss',
})
export class ShellPage {
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly preferences = inject(Preferences);
  private readonly palette = inject(Palette);
  private readonly sheet = inject(ShortcutsSheet);
  protected readonly workspaces = inject(OwnWorkspaces);
  protected readonly outgoing = inject(OutgoingDecision);
  protected readonly live = inject(Live);
  protected readonly theme = inject(Theme);

  protected readonly me = this.session.me;
  protected readonly screens = computed(() => screensOf(this.me()));
  protected readonly actions: ShellActions = {
    go: (path) => void this.router.navigateByUrl(path),
    openBeside: (address) => void open(address, '_blank', 'noopener'),
    search: () => void this.palette.open(),
    showShortcuts: () => void this.sheet.open(),
    chooseTheme: (choice) => this.chooseTheme(choice),
    signOut: () => void this.signOut(),
    canUndo: () => this.toasts.shown().some((toast) => toast.action),
    undo: () => this.toasts.undoNewest(),
  };

  constructor() {
    const rights = inject(Rights);
    // Sends what an earlier visit could not save, whichever screen is opened.
    inject(Drafts);
    const screens = this.screens();
    useShortcuts(shellShortcuts(screens, this.actions));
    const mayDo = {
      send: rights.can('messages:send') && rights.can('drafts:write'),
      addLeads: rights.can('leads:write'),
    };
    usePaletteActions(shellPaletteItems(screens, this.actions, mayDo));
    const me = this.me();
    usePaletteActions(placePaletteItems(settingsPlacesOf(me), developerPlacesOf(me), this.actions));
    const may = { leads: rights.can('leads:read'), conversations: rights.can('conversations:read') };
    for (const provider of shellProviders(inject(SearchApi), this.actions.go, may)) {
      inject(DestroyRef).onDestroy(this.palette.addProvider(provider));
    }
  }

  protected skip(event: Event, main: HTMLElement): void {
    event.preventDefault();
    main.focus();
  }

  protected chooseTheme(choice: ThemeChoice): void {
    this.theme.choose(choice);
    this.preferences.save({ theme: choice }).catch(() => {
      this.toasts.show({ text: 'The theme is kept on this device only: the server could not be told', tone: 'bad' });
    });
  }

  protected async signOut(): Promise<void> {
    try {
      await this.session.signOut();
      // A fresh page: nothing of the person's work stays in its memory.
      location.assign('/sign-in');
    } catch (error) {
      const problem = asProblem(error);
      this.toasts.show({
        text: problem.away ? 'Not signed out: the server can’t be reached' : `Not signed out: ${problem.detail}`,
        tone: 'bad',
        action: { label: 'Try again', run: () => void this.signOut() },
      });
    }
  }
}
