import { Injectable } from '@nestjs/common';
import type { StateMessages, StateService, STATE_MESSAGES } from '@threadline/contracts';
import { type Observable, Subject } from 'rxjs';
import type { Actor } from '../access';

/** What a service of states sends. */
export type StateOf<S extends StateService> = StateMessages[(typeof STATE_MESSAGES)[S]];

/** A state of the moment, for the screens of a workspace that are subscribed to its service. */
export type StateNews = {
  [S in StateService]: {
    workspaceId: string;
    service: S;
    type: (typeof STATE_MESSAGES)[S];
    data: StateOf<S>;
    /** Only for this person's screens. */
    userId?: string;
    /** Also for screens on other nodes (they hear it by Redis); without it, for this process's only. */
    everywhere?: boolean;
  };
}[StateService];

/** Answers a service's state as it is now; null when there is none to show. */
export type NewestState<S extends StateService> = (actor: Actor) => Promise<StateOf<S> | null>;

/**
 * Where states of the moment are handed to whoever shows them. Nothing is kept: what nobody listens to is gone, and
 * who joins later is given the newest state by its owner.
 */
@Injectable()
export class Broadcast {
  private readonly said = new Subject<StateNews>();
  private readonly newest = new Map<StateService, (actor: Actor) => Promise<unknown>>();
  private listened: (workspaceId: string, service: StateService) => boolean = () => false;

  /** Everything that was published in this process. */
  readonly news$: Observable<StateNews> = this.said.asObservable();

  publish(news: StateNews): void {
    this.said.next(news);
  }

  /** Whether a screen connected to this process would show it: a state that nobody sees need not be computed. */
  hasListeners(workspaceId: string, service: StateService): boolean {
    return this.listened(workspaceId, service);
  }

  /** Called by the outlet that holds the screens. */
  listenersAre(listened: (workspaceId: string, service: StateService) => boolean): void {
    this.listened = listened;
  }

  /** Registers what a screen that subscribes to `service` is given at once. One per service. */
  onJoin<S extends StateService>(service: S, newest: NewestState<S>): void {
    if (this.newest.has(service)) throw new Error(`The newest state of ${service} has an owner already`);
    this.newest.set(service, newest);
  }

  /** The state that `actor` is shown on joining; null when nobody owns one. */
  async newestFor<S extends StateService>(service: S, actor: Actor): Promise<StateOf<S> | null> {
    const newest = this.newest.get(service) as NewestState<S> | undefined;
    return newest ? await newest(actor) : null;
  }
}
