import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Permission, SignedOut } from '@threadline/contracts';
import { type Actor, Authenticator, type Credential, mayComeFrom } from '../../platform/access';
import { LiveLimits } from './live.limits';
import type { Screen } from './screen';
import { Screens } from './screens';

/** The session, or the permissions it came with. */
export type Lost = SignedOut['code'];

/** Credentials looked up in one query. */
const PAGE = 1_000;

/**
 * Looks all screens' sessions and API keys up again every few seconds: the belt for whatever ends one or changes rights
 * without an event that this process has followed.
 */
@Injectable()
export class CredentialWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('live');
  private timer?: NodeJS.Timeout;
  private looking = false;
  private asked: Credential[] = [];
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
    this.asked.push(screen.credential);
    this.answer ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      const { asked } = this;
      this.asked = [];
      this.answer = undefined;
      return this.stillGood(asked);
    });
    const actors = await this.answer;
    return whatIsLost(screen, actors.get(screen.credential.id));
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      const credentials = this.screens.credentials();
      for (let from = 0; from < credentials.length; from += PAGE) {
        await this.lookAt(credentials.slice(from, from + PAGE));
      }
    } catch (error) {
      this.log.warn(`credentials could not be looked up: ${error instanceof Error ? error.message : 'unknown'}`);
    } finally {
      this.looking = false;
    }
  }

  private async lookAt(credentials: readonly Credential[]): Promise<void> {
    const actors = await this.stillGood(credentials);
    for (const { id } of credentials) {
      for (const screen of this.screens.ofCredential(id)) {
        const lost = whatIsLost(screen, actors.get(id));
        if (lost) this.screens.end([screen], lost);
      }
    }
  }

  /** The actors of those that are still good, by credential id: one question for each kind. */
  private async stillGood(credentials: readonly Credential[]): Promise<Map<string, Actor>> {
    const byKind = new Map<Credential['kind'], Set<string>>();
    for (const { kind, id } of credentials) byKind.set(kind, (byKind.get(kind) ?? new Set()).add(id));
    const answers = await Promise.all([...byKind].map(([kind, ids]) => this.authenticator.stillGood(kind, [...ids])));
    return new Map(answers.flatMap((actors) => [...actors]));
  }
}

function whatIsLost(screen: Screen, actor: Actor | undefined): Lost | null {
  if (!actor) return 'session_ended';
  if (!mayComeFrom(actor, screen.socket.data)) return 'forbidden';
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
