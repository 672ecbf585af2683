import { Injectable, inject } from '@angular/core';
import type { Member } from '@threadline/contracts';
import { type EventOfStore, LiveStore } from '@threadline/live';
import { map, type Observable } from 'rxjs';
import { Live } from '../../core/live';
import { MembersApi } from './members.api';

/** Pure: the members after an event. */
export function reduceMembers(members: readonly Member[], event: EventOfStore<'activity'>): readonly Member[] {
  if (event.type !== 'member.joined') return members;
  const { member } = event.data;
  const others = members.filter(({ id }) => id !== member.id);
  return [...others, member].sort((a, b) => a.name.localeCompare(b.name));
}

/** Everybody in the workspace, by name. */
@Injectable({ providedIn: 'root' })
export class MembersStore {
  private readonly api = inject(MembersApi);
  private readonly store = new LiveStore<readonly Member[], 'activity'>({
    source: inject(Live).connection,
    services: ['activity'],
    snapshot: () => this.api.list().then(({ items, asOf }) => ({ state: items, asOf })),
    reduce: reduceMembers,
  });

  readonly members$ = this.store.state$;
  /** By user id, as events and messages name them. */
  readonly byUser$: Observable<ReadonlyMap<string, Member>> = this.members$.pipe(
    map((members) => new Map(members.map((member) => [member.userId, member]))),
  );
}
