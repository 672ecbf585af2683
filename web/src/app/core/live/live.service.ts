import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { Permission } from '@threadline/contracts';
import { LiveConnection, browserNetwork, browserWakes, type ConnectionStatus } from '@threadline/live';
import { distinctUntilChanged, filter, map, merge, skip, type Observable } from 'rxjs';
import { Ticker } from '../../shared/format';
import { Session } from '../session';
import { LogPages } from './log-pages.service';

/** What the services of the log take. */
const HEARING = ['events:read', 'leads:read', 'messages:read', 'drafts:read'] as const satisfies readonly Permission[];

const RECHECK_MS = 5_000;

/**
 * The one live connection of this page. Stores take `connection` into their LiveStore; the shell shows `status`.
 * It runs while somebody is signed in.
 */
@Injectable({ providedIn: 'root' })
export class Live {
  private readonly pages = inject(LogPages);
  private readonly session = inject(Session);
  private readonly ticker = inject(Ticker);

  readonly connection = new LiveConnection({
    url: '',
    token: () => this.session.token(),
    events: (after) => this.pages.after(after),
    wake$: browserWakes(window),
    network: browserNetwork(window),
  });
  /** Emits whenever the server was reached again, after a socket was lost or nothing could be had at all. */
  readonly back$: Observable<unknown> = merge(
    this.connection.connections$.pipe(skip(1)),
    this.connection.status$.pipe(
      map(({ kind }) => kind === 'live'),
      distinctUntilChanged(),
      skip(1),
      filter(Boolean),
    ),
  );
  readonly status = toSignal<ConnectionStatus, ConnectionStatus>(this.connection.status$, {
    initialValue: { kind: 'connecting', since: new Date(this.ticker.now()) },
  });
  /** Whether the person's role hears of anything in the log; if not, nothing on screen is live. */
  readonly follows = computed(() => HEARING.some((permission) => this.session.me()?.permissions.includes(permission)));
  /** Seconds between two readings of a page that asks for what is new by itself; null where none does. */
  readonly fetching = signal<number | null>(null);
  private readonly refused = toSignal(this.connection.signedOut$);
  private readonly connections = toSignal(this.connection.connections$, { initialValue: 0 });
  private readonly here = computed(() => this.session.me() !== null);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    effect(() => {
      const here = this.here();
      untracked(() => (here ? this.connection.connect() : this.connection.close()));
    });
    effect(() => {
      // The stream takes the socket away when rights change, and they may have changed while it was lost.
      if (this.connections() > 1) untracked(() => this.reread());
    });
    effect(() => {
      if (this.refused()) untracked(() => this.recheck());
    });
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.timer);
      this.connection.close();
    });
  }

  private reread(): void {
    clearTimeout(this.timer);
    this.session.reread().catch(() => (this.timer = setTimeout(() => this.reread(), RECHECK_MS)));
  }

  /** The stream refused the token: either the session is over, or a new token is due. */
  private recheck(): void {
    this.session.recheck().then(
      () => {
        if (this.session.me()) this.connection.connect();
      },
      () => (this.timer = setTimeout(() => this.recheck(), RECHECK_MS)),
    );
  }
}
