import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, OpenWhileEnrolling, Require } from '../../../platform/access';
import { cameFrom, RefreshCookie, SignedInDto } from '../../auth';
import { NewWorkspaceDto, OwnWorkspaceDto, OwnWorkspaceListDto, OwnWorkspaceParams } from './workspaces.dto';
import { Workspaces } from './workspaces.service';

@Controller('api/workspaces')
export class WorkspacesController {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly cookie: RefreshCookie,
  ) {}

  /**
   * The workspaces the caller is a member of. While only an identity provider vouches for the caller: this one, and others
   * that have the same provider.
   */
  @Get()
  @Require('signed-in')
  @OpenWhileEnrolling()
  async own(@CurrentActor() actor: Actor): Promise<OwnWorkspaceListDto> {
    return { items: await this.workspaces.own(actor), nextCursor: null };
  }

  /** Makes a further workspace that the caller owns; they stay signed in where they are. */
  @Post()
  @Require('signed-in')
  create(@CurrentActor() actor: Actor, @Body() { name }: NewWorkspaceDto): Promise<OwnWorkspaceDto> {
    return this.workspaces.create(actor, name);
  }

  /**
   * Goes to another of one's workspaces: the session here ends and goes on there. 404 `not_found` for one the caller is
   * no member of; 403 `sso_required`.
   */
  @Post(':id/switch')
  @HttpCode(200)
  @Require('signed-in')
  @OpenWhileEnrolling()
  async switch(
    @CurrentActor() actor: Actor,
    @Param() { id }: OwnWorkspaceParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    this.cookie.refuseOtherSites(request);
    const { user, workspace, tokens } = await this.workspaces.switchTo(actor, id, cameFrom(request));
    const { accessToken, expiresIn, refreshToken } = tokens;
    this.cookie.set(reply, refreshToken);
    return { accessToken, expiresIn, user, workspace };
  }
}
