import { Injectable } from '@nestjs/common';
import { ref, type User } from '@threadline/contracts';
import { Refusal } from '../../../platform/refusal';
import type { Tx } from '../../../platform/work';
import { MembersQueries, Registration } from '../../auth';
import { MembersService } from '../../people';

/** Two accounts of one person become one. */
@Injectable()
export class AccountMoves {
  constructor(
    private readonly members: MembersQueries,
    private readonly membersService: MembersService,
    private readonly registration: Registration,
  ) {}

  /**
   * In the workspace of the unit of work, which runs as the account that ends there: the other one takes its place, with
   * its role and everything it owns, and its sessions end. Who is a member already keeps their role, unless the
   * workspace would be left without its owner. Events `user.account_merged`, `member.joined` or `member.role_changed`,
   * `member.removed`.
   */
  async move(tx: Tx, from: User, into: User): Promise<void> {
    const member = await this.members.member(tx, { userId: from.id });
    if (!member) throw new Refusal('invalid_token');
    const there = await this.members.member(tx, { userId: into.id });
    if (!there) await this.registration.join(tx, into, { id: member.roleId, name: member.role }, member.teamIds);
    else if (member.role === 'owner') await this.membersService.giveRole(tx, there.id, member.roleId);
    tx.append({
      type: 'user.account_merged',
      subject: { type: 'user', id: from.id },
      about: [ref('user', from.id), ref('user', into.id)],
      data: { userId: from.id, into: into.id },
    });
    await this.membersService.remove(tx, member.id, into.id);
  }
}
