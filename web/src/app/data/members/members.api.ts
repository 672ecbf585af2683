import { Injectable, inject } from '@angular/core';
import {
  conversationsList,
  leadsList,
  membersChange,
  membersLeave,
  membersList,
  membersRemove,
  membersTransferOwnership,
} from '@threadline/api-client';
import type { Member } from '@threadline/contracts';
import { Api } from '../../core/api';

interface MemberList {
  items: Member[];
  asOf: number;
}

/** So many, and whether there are more. */
export interface Counted {
  count: number;
  more: boolean;
}

/** What somebody owns. */
export interface Owned {
  leads: Counted;
  conversations: Counted;
}

/** Counted so far; beyond it the number matters less than that there are many. */
const COUNT_TO = 200;

@Injectable({ providedIn: 'root' })
export class MembersApi {
  private readonly api = inject(Api);

  list(): Promise<MemberList> {
    return this.api.run(membersList<true>, {});
  }

  /** @param id of the membership */
  giveRole(id: string, roleId: string): Promise<Member> {
    return this.api.run(membersChange<true>, { path: { id }, body: { roleId } });
  }

  /** @param reassignTo the user id of who takes over; null for nobody */
  async remove(id: string, reassignTo: string | null): Promise<void> {
    await this.api.run(membersRemove<true>, { path: { id }, query: reassignTo === null ? {} : { reassignTo } });
  }

  /** What a person owns, counted to 200. Rejects for who may not see it. */
  async owned(userId: string): Promise<Owned> {
    const [leads, conversations] = await Promise.all([
      this.api.run(leadsList<true>, { query: { ownerId: userId, limit: COUNT_TO } }),
      this.api.run(conversationsList<true>, { query: { assigneeId: userId, limit: COUNT_TO } }),
    ]);
    return { leads: counted(leads), conversations: counted(conversations) };
  }

  async leave(): Promise<void> {
    await this.api.run(membersLeave<true>, {});
  }

  /** Answers the new owner. */
  transferOwnership(userId: string): Promise<Member> {
    return this.api.run(membersTransferOwnership<true>, { body: { userId } });
  }
}

function counted({ items, nextCursor }: { items: readonly unknown[]; nextCursor: string | null }): Counted {
  return { count: items.length, more: nextCursor !== null };
}
