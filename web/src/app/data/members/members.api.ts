import { Injectable, inject } from '@angular/core';
import { workspaceMembers } from '@threadline/api-client';
import type { Member } from '@threadline/contracts';
import { Api } from '../../core/api';

interface MemberList {
  items: Member[];
  asOf: number;
}

@Injectable({ providedIn: 'root' })
export class MembersApi {
  private readonly api = inject(Api);

  list(): Promise<MemberList> {
    return this.api.run(workspaceMembers<true>, {});
  }
}
