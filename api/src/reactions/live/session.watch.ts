import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Permission, SignedOut } from '@threadline/contracts';
import { type Actor, Authenticator } from '../../platform/access';
import { LiveLimits } from './live.limits';
import type { Screen } from './screen';
import { Screens } from './screens';

/** The session, or the permissions it came with. */
export type Lost = SignedOut['code'];

/** Sessions looked up in one query. */
const PAGE = 1_000;

/**
 * Looks all screens' sessions up again every few seconds: the belt for whatever ends a session or changes rights
 * without an event that this process has followed.
 */
@Injectable()
export class SessionWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('live');
  private timer?: NodeJS.Timeout;
  private looking = false;
  private asked = new Set<string>();
  private answer?: Promise<Map<string, Actor>>;

  constructor(
    private readonly authenticator: Authenticator,
    private readonly screens: Screens,
    private readonly limits: LiveLimits,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), this.limits.recheckEvery);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /**
   * Why a screen may no longer be here; null when it may. Asked after the screen was registered, so that an end of its
   * session is either seen here or applied by its event. Questions of the same moment share a query.
   */
  async lost(screen: Screen): Promise<Lost | null> {
    this.asked.add(screen.sessionId);
    this.answer ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      const sessionIds = [...this.asked];
      this.asked = new Set();
      this.answer = undefined;
      return this.authenticator.stillGood('session', sessionIds);
    });
    const actors = await this.answer;
    return whatIsLost(screen, actors.get(screen.sessionId));
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      const sessionIds = this.screens.sessions();
      for (let from = 0; from < sessionIds.length; from += PAGE) await this.lookAt(sessionIds.slice(from, from + PAGE));
    } catch (error) {
      this.log.warn(`sessions could not be looked up: ${error instanceof Error ? error.message : 'unknown'}`);
    } finally {
      this.looking = false;
    }
  }

  private async lookAt(sessionIds: readonly string[]): Promise<void> {
    const actors = await this.authenticator.stillGood('session', sessionIds);
    for (const sessionId of sessionIds) {
      for (const screen of this.screens.ofSession(sessionId)) {
        const lost = whatIsLost(screen, actors.get(sessionId));
        if (lost) this.screens.end([screen], lost);
      }
    }
  }
}

function whatIsLost(screen: Screen, actor: Actor | undefined): Lost | null {
  if (!actor) return 'session_ended';
  const unchanged =
    same(actor.permissions, screen.actor.permissions) &&
    actor.scopes.leads === screen.actor.scopes.leads &&
    actor.scopes.conversations === screen.actor.scopes.conversations &&
    actor.teamIds.join() === screen.actor.teamIds.join();
  return unchanged ? null : 'forbidden';
}

function same(one: ReadonlySet<Permission>, other: ReadonlySet<Permission>): boolean {
  return one === other || (one.size === other.size && [...one].every((permission) => other.has(permission)));
}
