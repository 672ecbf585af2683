import type { Member } from '@threadline/contracts';
import { Id, MayBeAbsent } from '../../../platform/http';

export class MemberDto implements Member {
  id: string;
  userId: string;
  name: string;
  email: string;
  roleId: string;
  /** The built-in role's word, or the custom role's name. */
  role: string;
  teamIds: string[];
  /** True when they have a second factor. */
  secondFactor: boolean;
  joinedAt: string;
}

export class MemberListDto {
  items: MemberDto[];
  /** Always null: a workspace's members come as one page. */
  nextCursor: string | null;
  /** The log's position that this page contains. */
  asOf: number;
}

export class MemberParams {
  @Id()
  id: string;
}

export class ChangeMemberDto {
  @Id()
  roleId: string;
}

export class RemovalParams {
  /** The user id of the member who takes over the leads and conversations; nobody when absent. */
  @MayBeAbsent()
  @Id()
  reassignTo?: string;
}

export class OwnershipDto {
  /** The user id of the member who becomes the owner. */
  @Id()
  userId: string;
}
