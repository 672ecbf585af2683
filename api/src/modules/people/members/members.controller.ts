import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { type Actor, CurrentActor, NeedsProof, Require } from '../../../platform/access';
import { readHead } from '../../../platform/log';
import { UnitOfWork } from '../../../platform/work';
import { MembersQueries } from '../../auth';
import { ChangeMemberDto, MemberDto, MemberListDto, MemberParams, OwnershipDto, RemovalParams } from './members.dto';
import { MembersService } from './members.service';

@Controller('api')
export class MembersController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly members: MembersService,
    private readonly queries: MembersQueries,
  ) {}

  /** Everybody in the workspace, by name. */
  @Get('members')
  @Require('members:read')
  list(@CurrentActor() actor: Actor): Promise<MemberListDto> {
    return this.work.read(actor, async (tx) => ({
      items: await this.queries.members(tx),
      nextCursor: null,
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }

  /**
   * Gives a member another role. 403 `forbidden` for who may do more than the caller, for a role that gives more than
   * the caller has, and for owners unless the caller is one; 409 `last_owner`.
   */
  @Patch('members/:id')
  @Require('members:write')
  change(
    @CurrentActor() actor: Actor,
    @Param() { id }: MemberParams,
    @Body() { roleId }: ChangeMemberDto,
  ): Promise<MemberDto> {
    return this.work.run(actor, (tx) => this.members.giveRole(tx, id, roleId));
  }

  /**
   * Removes a member: their sessions end at once, and their leads and conversations go to `reassignTo`, or to nobody.
   * 403 `forbidden`, 409 `last_owner`.
   */
  @Delete('members/:id')
  @HttpCode(204)
  @Require('members:write')
  remove(
    @CurrentActor() actor: Actor,
    @Param() { id }: MemberParams,
    @Query() { reassignTo }: RemovalParams,
  ): Promise<void> {
    return this.work.run(actor, (tx) => this.members.remove(tx, id, reassignTo ?? null));
  }

  /** The caller leaves the workspace. 409 `last_owner`. */
  @Post('workspace/leave')
  @HttpCode(204)
  @Require('signed-in')
  leave(@CurrentActor() actor: Actor): Promise<void> {
    return this.work.run(actor, (tx) => this.members.leave(tx));
  }

  /**
   * Hands the ownership to another member; the caller becomes an admin. Answers the new owner. 403 `forbidden` unless
   * the caller is an owner.
   */
  @Post('workspace/ownership')
  @HttpCode(200)
  @Require('workspace:write')
  @NeedsProof()
  transferOwnership(@CurrentActor() actor: Actor, @Body() { userId }: OwnershipDto): Promise<MemberDto> {
    return this.work.run(actor, (tx) => this.members.transferOwnership(tx, userId));
  }
}
