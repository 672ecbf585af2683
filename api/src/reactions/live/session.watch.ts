import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Permission } from '@threadline/contracts';
import { SessionDirectory } from '../../modules/auth';
import type { Actor } from '../../platform/access';
import { LiveLimits } from './live.limits';
import type { Screen } from './screen';
import { Screens } from './screens';

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
    private readonly directory: SessionDirectory,
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
   * Whether a screen still has the right to be here; one that has not is closed. Asked after the screen was
   * registered, so that an end of its session is either seen here or applied by its event. Questions of the same moment share a query.
   */
  async confirm(screen: Screen): Promise<boolean> {
    this.asked.add(screen.sessionId);
    this.answer ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      const sessionIds = [...this.asked];
      this.asked = new Set();
      this.answer = undefined;
      return this.directory.lookUp(sessionIds);
    });
    const actors = await this.answer;
    return this.judge(screen, actors.get(screen.sessionId));
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
    const actors = await this.directory.lookUp(sessionIds);
    for (const sessionId of sessionIds) {
      for (const screen of this.screens.ofSession(sessionId)) this.judge(screen, actors.get(sessionId));
    }
  }

  private judge(screen: Screen, actor: Actor | undefined): boolean {
    if (!actor) this.screens.end([screen], 'session_ended');
    else if (!same(actor.permissions, screen.actor.permissions)) this.screens.end([screen], 'forbidden');
    else return true;
    return false;
  }
}

function same(one: ReadonlySet<Permission>, other: ReadonlySet<Permission>): boolean {
  return one === other || (one.size === other.size && [...one].every((permission) => other.has(permission)));
}
