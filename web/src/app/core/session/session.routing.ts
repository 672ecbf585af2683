import { Injectable, effect, inject, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { isOpenToAll, returnUrl } from './return-url';
import { Session } from './session.service';

const ENROLMENT = '/second-factor';

/** Moves between the gate and the app when the session begins or ends by itself: in another tab, or on the server. */
@Injectable({ providedIn: 'root' })
export class SessionRouting {
  private readonly session = inject(Session);
  private readonly router = inject(Router);

  /** Called once by the root component, in its injection context. */
  follow(): void {
    let before = this.session.state().kind;
    let rights: string | undefined;
    effect(() => {
      const state = this.session.state();
      const had = rights;
      rights = state.kind === 'signed in' ? [...state.me.permissions].sort().join() : undefined;
      if (had !== undefined && rights !== undefined && had !== rights) untracked(() => this.lookAgain());
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
  private lookAgain(): void {
    // Whoever adds a second factor goes on by themselves, once they have seen their recovery codes.
    if (this.router.url.startsWith(ENROLMENT)) return;
    void this.router.navigateByUrl(this.router.url, { onSameUrlNavigation: 'reload', replaceUrl: true });
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
