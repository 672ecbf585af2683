import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, Authenticator, CurrentActor, Public, Require } from '../../../platform/access';
import { readHead } from '../../../platform/log';
import { Refusal } from '../../../platform/refusal';
import { UnitOfWork } from '../../../platform/work';
import { cameFrom, RefreshCookie, SignedInDto } from '../../auth';
import {
  AcceptInvitationDto,
  InvitationDto,
  InvitationListDto,
  InvitationParams,
  InvitationPreviewDto,
  InvitationTokenDto,
  InviteDto,
} from './invitations.dto';
import { InvitationsQueries } from './invitations.queries';
import { InvitationsService } from './invitations.service';
import { Joining } from './joining.service';

@Controller('api/invitations')
export class InvitationsController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly invitations: InvitationsService,
    private readonly queries: InvitationsQueries,
    private readonly joining: Joining,
    private readonly authenticator: Authenticator,
    private readonly cookie: RefreshCookie,
  ) {}

  /** The open invitations, and those that ended within the last month. */
  @Get()
  @Require('members:read')
  list(@CurrentActor() actor: Actor): Promise<InvitationListDto> {
    return this.work.read(actor, async (tx) => ({
      items: await this.queries.list(tx),
      nextCursor: null,
      asOf: await readHead(tx.query, tx.workspaceId),
    }));
  }

  /**
   * Invites an address by mail, with a link that works for seven days; one that has an open invitation gets a new one in
   * its place. 403 `forbidden` for a role that gives more than the caller has, or a team that is not the caller's to
   * give; 403 `domain_not_allowed`, 409 `already_member`.
   */
  @Post()
  @Require('members:write')
  async invite(@CurrentActor() actor: Actor, @Body() body: InviteDto): Promise<InvitationDto> {
    await this.invitations.admit(actor, body.email);
    return this.work.run(actor, (tx) => this.invitations.invite(tx, body));
  }

  /** What a link is an invitation to. 400 `invalid_token`, whatever is wrong with it. */
  @Post('preview')
  @HttpCode(200)
  @Public()
  preview(@Body() { token }: InvitationTokenDto): Promise<InvitationPreviewDto> {
    return this.joining.preview(token);
  }

  /**
   * Accepts an invitation and signs in: as the account of this address that is signed in or whose password it is, or as a
   * new one. 400 `invalid_token`, also once its sender may not invite like that any longer, or once somebody of the
   * address has left since; 403 `wrong_account` for somebody signed in with another address; 401
   * `invalid_credentials` when the link came by mail, the address has an account and the password is not its own; 409
   * `wrong_state` when that account has a second factor and nobody is signed in.
   */
  @Post('accept')
  @Public()
  async accept(
    @Body() body: AcceptInvitationDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    this.cookie.refuseOtherSites(request);
    const signedIn = await this.caller(request);
    const { user, workspace, tokens } = await this.joining.accept(body, signedIn, cameFrom(request));
    const { accessToken, expiresIn, refreshToken } = tokens;
    this.cookie.set(reply, refreshToken);
    return { accessToken, expiresIn, user, workspace };
  }

  /**
   * Mails it once more, with a new link; the earlier one stops working, and it is the caller's invitation from then on. 409
   * `wrong_state` when it has ended.
   */
  @Post(':id/resend')
  @HttpCode(200)
  @Require('members:write')
  async resend(@CurrentActor() actor: Actor, @Param() { id }: InvitationParams): Promise<InvitationDto> {
    const { email } = await this.work.read(actor, (tx) => this.queries.one(tx, id));
    await this.invitations.admit(actor, email);
    return this.work.run(actor, (tx) => this.invitations.resend(tx, id));
  }

  /** Takes it back. 409 `wrong_state` when it has ended. */
  @Delete(':id')
  @HttpCode(204)
  @Require('members:write')
  revoke(@CurrentActor() actor: Actor, @Param() { id }: InvitationParams): Promise<void> {
    return this.work.run(actor, (tx) => this.invitations.revoke(tx, id));
  }

  /** Who sent the request, when anybody is signed in: the route is open to those who are not. */
  private async caller(request: FastifyRequest): Promise<Actor | null> {
    const { authorization } = request.headers;
    if (authorization === undefined) return null;
    const token = /^Bearer ([^\s]+)$/i.exec(authorization)?.[1];
    const actor = token && (await this.authenticator.authenticate(token, { ip: request.ip }));
    if (!actor || actor.credential?.kind !== 'session') throw new Refusal('unauthenticated');
    return actor;
  }
}
