import { Injectable, effect, inject, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { Toasts } from '../../shared/toast';
import { isOpenToAll, returnUrl } from './return-url';
import { Session } from './session.service';

const ENROLMENT = '/second-factor';

/** Moves between the gate and the app when the session begins or ends by itself: in another tab, or on the server. */
@Injectable({ providedIn: 'root' })
export class SessionRouting {
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);

  /** Called once by the root component, in its injection context. */
  follow(): void {
    let before = this.session.state().kind;
    let rights: string | undefined;
    effect(() => {
      const state = this.session.state();
      const had = rights;
      rights = state.kind === 'signed in' ? [...state.me.permissions].sort().join() : undefined;
      if (state.kind === 'signed in' && had !== undefined && had !== rights) {
        const { role } = state.me;
        untracked(() => void this.lookAgain(role));
      }
      const was = before;
      before = state.kind;
      // The workspace has begun to ask for a second factor while the person was here.
      if (state.kind === 'signed in' && state.me.secondFactorMissing && was === 'signed in') {
        untracked(() => this.toEnrolment());
      }
      if (state.kind === was) return;
      untracked(() => {
        if (state.kind === 'signed out' && was === 'signed in') this.toGate(state.ended);
        if (state.kind === 'signed in' && was === 'signed out') this.fromGate();
      });
    });
  }

  /** What the person may do has changed: a page that they may see no longer is left. */
  private async lookAgain(role: string): Promise<void> {
    // Whoever adds a second factor goes on by themselves, once they have seen their recovery codes.
    if (this.router.url.startsWith(ENROLMENT)) return;
    this.toasts.show({ text: `What you may do has changed: your role is now ${role}` });
    await this.router.navigateByUrl(this.router.url, { onSameUrlNavigation: 'reload', replaceUrl: true });
    // A page that is theirs no longer is not there for them; they have not mistyped anything.
    if (this.nothingHere()) await this.router.navigateByUrl('/', { replaceUrl: true });
  }

  private nothingHere(): boolean {
    let route = this.router.routerState.snapshot.root;
    while (route.firstChild) route = route.firstChild;
    return route.routeConfig?.path === '**';
  }

  private toEnrolment(): void {
    const to = this.router.url;
    if (to.startsWith(ENROLMENT)) return;
    void this.router.navigate([ENROLMENT], { queryParams: { to } });
  }

  private toGate(ended: boolean): void {
    if (isOpenToAll(this.router.url)) return;
    const queryParams = ended ? { to: this.router.url, ended: true } : {};
    void this.router.navigate(['/sign-in'], { queryParams });
  }

  private fromGate(): void {
    const here = this.router.parseUrl(this.router.url);
    const at = here.root.children['primary']?.segments[0]?.path;
    if (at !== 'sign-in' && at !== 'register') return;
    void this.router.navigateByUrl(returnUrl(here.queryParamMap.get('to'), location.origin));
  }
}
