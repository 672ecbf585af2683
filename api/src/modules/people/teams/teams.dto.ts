import type { Team } from '@threadline/contracts';
import { ArrayMaxSize, IsArray, IsUUID, Length } from 'class-validator';
import { Id, Line, MayBeAbsent } from '../../../platform/http';
import { MAX_TEAM } from './team.rules';

const UUIDS = { each: true, message: 'each of memberIds must be a UUID' };

export class CreateTeamDto {
  /** No two teams of a workspace share one, in whatever case. */
  @Line()
  @Length(1, 60)
  name: string;

  /** User ids of members. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_TEAM)
  @IsUUID('all', UUIDS)
  memberIds?: string[];
}

export class ChangeTeamDto {
  @MayBeAbsent()
  @Line()
  @Length(1, 60)
  name?: string;

  /** User ids of members; replaces the whole list. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_TEAM)
  @IsUUID('all', UUIDS)
  memberIds?: string[];
}

export class TeamParams {
  @Id()
  id: string;
}

export class TeamDto implements Team {
  id: string;
  name: string;
  /** User ids. */
  memberIds: string[];
  createdAt: string;
}

export class TeamListDto {
  items: TeamDto[];
  /** Always null: a workspace's teams come as one page. */
  nextCursor: string | null;
  /** The log's position that this page contains. */
  asOf: number;
}
