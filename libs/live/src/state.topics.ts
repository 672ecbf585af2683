import { STATE_MESSAGES, type StateMessage, type StateMessages, type StateService } from '@threadline/contracts';
import { filter, map, Observable, Subject } from 'rxjs';
import type { LiveRefusal } from './trouble';

/** The messages that a state service sends. */
export type StateName = (typeof STATE_MESSAGES)[StateService];

/** Reference-counted interest in states of the moment, and their messages. */
export class StateTopics {
  private readonly counts = new Map<StateService, number>();
  private readonly messages = new Subject<StateMessage>();
  private readonly refused = new Subject<{ services: readonly string[] | undefined; refusal: LiveRefusal }>();
  private readonly joined = new Subject<readonly StateService[]>();
  private readonly changed = new Subject<void>();
  readonly changed$ = this.changed.asObservable();

  get services(): StateService[] {
    return [...this.counts.keys()];
  }

  /** The states of one kind, from now on. Ends with a LiveRefusal when the server does not allow its service. */
  of<T extends StateName>(name: T): Observable<StateMessages[T]> {
    const service = serviceOf(name);
    return new Observable((subscriber) => {
      subscriber.add(() => this.count(service, -1));
      subscriber.add(this.heard(name).subscribe(subscriber));
      subscriber.add(
        this.refused
          .pipe(filter(({ services }) => !services || services.includes(service)))
          .subscribe(({ refusal }) => subscriber.error(refusal)),
      );
      this.count(service, +1);
    });
  }

  /** Messages of one kind as they come, without asking for them. */
  heard<T extends keyof StateMessages>(name: T): Observable<StateMessages[T]> {
    return this.messages.pipe(
      filter((message): message is StateMessage<T> => message.type === name),
      map((message) => message.data),
    );
  }

  /** Emits when the subscription to one kind took effect: whatever happened before was perhaps not heard. */
  joinedTo(name: StateName): Observable<void> {
    const service = serviceOf(name);
    return this.joined.pipe(
      filter((services) => services.includes(service)),
      map(() => undefined),
    );
  }

  /** The server sends these from now on. */
  join(services: readonly StateService[]): void {
    this.joined.next(services);
  }

  joinedAll(): void {
    this.join(this.services);
  }

  accept(message: StateMessage): void {
    this.messages.next(message);
  }

  /** Answers whether anybody was interested. */
  refuse(services: readonly string[] | undefined, refusal: LiveRefusal): boolean {
    const concerned = this.services.some((service) => !services || services.includes(service));
    this.refused.next({ services, refusal });
    return concerned;
  }

  private count(service: StateService, by: 1 | -1): void {
    const count = (this.counts.get(service) ?? 0) + by;
    if (count > 0) this.counts.set(service, count);
    else this.counts.delete(service);
    this.changed.next();
  }
}

const SERVICES_OF_STATES = Object.fromEntries(
  Object.entries(STATE_MESSAGES).map(([service, name]) => [name, service]),
) as Record<StateName, StateService>;

function serviceOf(name: StateName): StateService {
  return SERVICES_OF_STATES[name];
}
