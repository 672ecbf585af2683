import { Injectable, inject } from '@angular/core';
import type { Member } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { lastValueFrom, map, type Observable } from 'rxjs';
import { Live } from '../../core/live';
import { MembersApi, type Owned } from './members.api';
import { reduceMembers, withMember } from './members.rules';

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
  readonly status$ = this.store.status$;
  /** By user id, as events and messages name them. */
  readonly byUser$: Observable<ReadonlyMap<string, Member>> = this.members$.pipe(
    map((members) => new Map(members.map((member) => [member.userId, member]))),
  );

  refresh(): void {
    this.store.refresh();
  }

  /** Shows at once; rejects, taken back, when the server refuses. */
  giveRole(member: Member, role: { id: string; name: string }): Promise<Member> {
    const after: Member = { ...member, roleId: role.id, role: role.name };
    const command = this.store.command(
      member.id,
      (members) => withMember(members, after),
      () => this.api.giveRole(member.id, role.id),
      {
        confirmedBy: (event) => event.type === 'member.role_changed' && event.data.member.id === member.id,
        answered: (members, answer) => withMember(members, answer),
      },
    );
    return lastValueFrom(command);
  }

  /** Waits for the server: what cannot be taken back is not shown before it is so. */
  remove(member: Member, reassignTo: string | null): Promise<void> {
    return this.api.remove(member.id, reassignTo);
  }

  /** What a person owns, counted to 200. Rejects for who may not see it. */
  owned(userId: string): Promise<Owned> {
    return this.api.owned(userId);
  }

  leave(): Promise<void> {
    return this.api.leave();
  }

  transferOwnership(userId: string): Promise<Member> {
    return this.api.transferOwnership(userId);
  }
}
