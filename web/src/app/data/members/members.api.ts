import { Injectable, inject } from '@angular/core';
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
    return this.api.get<MemberList>('/api/members');
  }
}
