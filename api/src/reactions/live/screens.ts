import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { SignedOut } from '@threadline/contracts';
import type { Credential } from '../../platform/access';
import { LiveLimits } from './live.limits';
import type { Ending } from './live.table';
import type { Screen } from './screen';

/** How often slow readers are looked for, in ms. */
const LOOK_MS = 500;

/** All screens connected to this process, by person and by credential. */
@Injectable()
export class Screens implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly all = new Set<Screen>();
  private readonly byPerson = new Map<string, Set<Screen>>();
  private readonly byCredential = new Map<string, Set<Screen>>();
  private readonly log = new Logger('live');
  private timer?: NodeJS.Timeout;

  constructor(private readonly limits: LiveLimits) {}

  get size(): number {
    return this.all.size;
  }

  add(screen: Screen): void {
    this.all.add(screen);
    put(this.byPerson, person(screen.actor.workspaceId, screen.actor.id), screen);
    put(this.byCredential, screen.credential.id, screen);
  }

  remove(screen: Screen): void {
    this.all.delete(screen);
    take(this.byPerson, person(screen.actor.workspaceId, screen.actor.id), screen);
    take(this.byCredential, screen.credential.id, screen);
  }

  list(): Screen[] {
    return [...this.all];
  }

  /** What the screens came in by, each once. */
  credentials(): Credential[] {
    return [...this.byCredential.values()].flatMap(([screen]) => (screen ? [screen.credential] : []));
  }

  ofCredential(credentialId: string): Screen[] {
    return [...(this.byCredential.get(credentialId) ?? [])];
  }

  ofPerson(workspaceId: string, userId: string): Screen[] {
    return [...(this.byPerson.get(person(workspaceId, userId)) ?? [])];
  }

  /** Takes down the screens whose right to be here an event of this workspace ended, or changed. */
  apply(workspaceId: string, ending: Ending): void {
    const here = (screens: Screen[]) => screens.filter(({ actor }) => actor.workspaceId === workspaceId);
    if ('credentialId' in ending) return this.end(here(this.ofCredential(ending.credentialId)), 'session_ended');
    const people: readonly (string | null)[] = 'changed' in ending ? ending.changed : [ending.userId];
    if (people.length === 0) return;
    const theirs = this.list().filter(({ actor }) => people.includes(actor.userId));
    this.end(here(theirs), 'changed' in ending ? 'forbidden' : 'session_ended');
  }

  end(screens: readonly Screen[], code: SignedOut['code']): void {
    for (const screen of screens) screen.end(code, DETAILS[code]);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.cutLaggards(), LOOK_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Cuts off whoever reads so slowly that too much waits. */
  private cutLaggards(): void {
    const { queued, queuedAtMost } = this.limits;
    for (const screen of this.all) {
      if (!screen.lags(queued, queuedAtMost)) continue;
      this.log.warn({ workspaceId: screen.actor.workspaceId, userId: screen.actor.id }, 'a slow reader is cut off');
      screen.cut();
    }
  }
}

const DETAILS: Record<SignedOut['code'], string> = {
  session_ended: 'This session has ended. Sign in again.',
  forbidden: 'What you may do has changed. Connect again.',
};

function person(workspaceId: string, userId: string): string {
  return `${workspaceId}:${userId}`;
}

function put(index: Map<string, Set<Screen>>, key: string, screen: Screen): void {
  const screens = index.get(key) ?? new Set();
  index.set(key, screens.add(screen));
}

function take(index: Map<string, Set<Screen>>, key: string, screen: Screen): void {
  const screens = index.get(key);
  screens?.delete(screen);
  if (screens?.size === 0) index.delete(key);
}
