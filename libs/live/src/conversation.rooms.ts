import { ref, type Presence, type StateMessages } from '@threadline/contracts';
import {
  combineLatest,
  concat,
  filter,
  groupBy,
  map,
  mergeMap,
  NEVER,
  Observable,
  of,
  ReplaySubject,
  scan,
  share,
  startWith,
  switchMap,
  timer,
  type SchedulerLike,
} from 'rxjs';
import type { LiveSocket } from './live.socket';
import type { StateTopics } from './state.topics';
import { LiveRefusal } from './trouble';

export interface Typist {
  userId: string;
  name: string;
}

/** Who is in a conversation's room, and who of them is typing. Best effort; never stored, never replayed. */
export interface RoomState {
  people: Presence[];
  typing: Typist[];
}

/** Milliseconds after which typing that was not repeated is over. */
export const TYPING_FOR = 6_000;
/** Milliseconds between two notices of one and the same typing. */
const TYPING_EVERY = 3_000;

/** The rooms of single conversations: entered while somebody looks, entered again on each new socket. */
export class ConversationRooms {
  private readonly rooms = new Map<string, Observable<RoomState>>();
  private readonly said = new Map<string, number>();

  /** @param socket$ the open socket, or null while there is none; replays the latest */
  constructor(
    private readonly socket$: Observable<LiveSocket | null>,
    private readonly topics: StateTopics,
    private readonly scheduler: SchedulerLike,
  ) {}

  /** Enters while there is a subscriber, leaves after the last. Errors with LiveRefusal when it may not be entered. */
  room(conversationId: string): Observable<RoomState> {
    return new Observable<RoomState>((subscriber) => {
      const shared = this.rooms.get(conversationId) ?? this.shared(conversationId);
      this.rooms.set(conversationId, shared);
      return shared.subscribe(subscriber);
    });
  }

  /**
   * Says that this person types in a conversation whose room is entered, or stopped. Call it at every key:
   * it is said at most every three seconds.
   */
  typing(socket: LiveSocket | null, conversationId: string, typing: boolean): void {
    const last = this.said.get(conversationId);
    if (typing && last !== undefined && this.scheduler.now() - last < TYPING_EVERY) return;
    if (!typing && last === undefined) return;
    if (typing) this.said.set(conversationId, this.scheduler.now());
    else this.said.delete(conversationId);
    socket?.say('typing', { conversationId, typing }, { volatile: true });
  }

  private shared(conversationId: string): Observable<RoomState> {
    return combineLatest({ people: this.people(conversationId), typing: this.typists(conversationId) }).pipe(
      share({
        connector: () => new ReplaySubject(1),
        resetOnRefCountZero: () => {
          this.rooms.delete(conversationId);
          return of(true);
        },
      }),
    );
  }

  private people(conversationId: string): Observable<Presence[]> {
    const here = ref('conversation', conversationId);
    return new Observable<Presence[]>((subscriber) => {
      subscriber.next([]);
      subscriber.add(
        this.topics
          .heard('presence_updated')
          .pipe(
            filter((presence) => presence.ref === here),
            map((presence) => presence.people),
          )
          .subscribe(subscriber),
      );
      const entered = this.socket$.pipe(switchMap((socket) => (socket ? this.enter(socket, conversationId) : NEVER)));
      subscriber.add(entered.subscribe({ error: (error: unknown) => subscriber.error(error) }));
    });
  }

  /** Emits nothing; leaves on unsubscribing. */
  private enter(socket: LiveSocket, conversationId: string): Observable<never> {
    return new Observable<never>((subscriber) => {
      socket.ask('enter', { conversationId }, (answer) => {
        if (answer.type === 'error') subscriber.error(new LiveRefusal(answer.code, answer.detail));
      });
      return () => socket.say('leave', { conversationId });
    });
  }

  private typists(conversationId: string): Observable<Typist[]> {
    return this.topics.heard('typing').pipe(
      filter((notice) => notice.conversationId === conversationId),
      groupBy((notice) => notice.userId),
      mergeMap((notices) => notices.pipe(switchMap((notice) => this.lasting(notice)))),
      scan((typists: Typist[], { userId, name, typing }) => {
        const others = typists.filter((typist) => typist.userId !== userId);
        return typing ? [...others, { userId, name }] : others;
      }, []),
      startWith([]),
    );
  }

  private lasting(notice: StateMessages['typing']): Observable<StateMessages['typing']> {
    if (!notice.typing) return of(notice);
    const over = timer(TYPING_FOR, this.scheduler).pipe(map(() => ({ ...notice, typing: false })));
    return concat(of(notice), over);
  }
}
