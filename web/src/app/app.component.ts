import { Component, computed, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { Proof, Session, SessionRouting } from './core/session';
import { AwayComponent } from './features/away';
import { ToastOutletComponent } from './shared/toast';

/** The root: the page, or what there is to say while there can be none, and the messages over both. */
@Component({
  selector: 'tl-root',
  imports: [RouterOutlet, AwayComponent, ToastOutletComponent],
  template: `
    @if (away(); as state) {
      <tl-away [code]="state.problem.code" [requestId]="state.problem.requestId" (again)="again()" />
    }
    <router-outlet />
    <tl-toasts />
  `,
  styles: `
    :host {
      display: block;
      height: 100%;
    }
  `,
})
export class AppComponent {
  private readonly session = inject(Session);
  protected readonly away = computed(() => {
    const state = this.session.state();
    return state.kind === 'away' ? state : null;
  });

  constructor() {
    inject(SessionRouting).follow();
    inject(Proof);
  }

  protected again(): void {
    void this.session.start();
  }
}
